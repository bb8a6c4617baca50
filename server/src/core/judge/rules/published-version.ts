import type { Facts } from '../../know/facts/facts.ts';
import type { PackumentVersion } from '../../know/registry/documents/packument.ts';

/**
 * Returns what the registry says of a version, undefined where that is not known. Not every registry has a document for a
 * single version: then it is taken from that of the package.
 */
export function publishedVersion(
  facts: Facts,
  name: string,
  version: string | undefined,
): PackumentVersion | undefined {
  if (version === undefined) return undefined;
  const own = facts.version(name, version);
  if (own.state === 'ready') return own.value;
  if (own.state !== 'absent') return undefined;
  const packument = facts.packument(name);
  return packument.state === 'ready' ? packument.value.versions.get(version) : undefined;
}
