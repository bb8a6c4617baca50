import type { CapabilityRecord } from '../../../../server/src/core/know/capabilities/record.ts';
import { scanPackage } from '../../../../server/src/core/know/capabilities/scan-package.ts';
import { parseTyped } from '../../../../server/src/core/read/source/typed-source.ts';

/** Scans a package of these files; a text alone is its index.js. */
export function scan(
  files: string | Readonly<Record<string, string>>,
  manifest: object = {},
): CapabilityRecord {
  const texts = typeof files === 'string' ? { 'index.js': files } : files;
  const own = JSON.stringify({ name: 'sample', version: '1.0.0', ...manifest });
  return scanPackage(
    { files: new Map(Object.entries({ 'package.json': own, ...texts })), binaries: [], gaps: [] },
    parseTyped,
  );
}

/** Returns the capabilities with their details, without places. */
export function capabilities(record: CapabilityRecord): readonly string[] {
  return record.entries.map(({ capability, detail }) => `${capability}: ${detail}`);
}

export function signs(record: CapabilityRecord): readonly string[] {
  return record.signs.map(({ sign }) => sign);
}
