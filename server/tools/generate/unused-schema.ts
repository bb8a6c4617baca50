import { SEVERITIES } from '../../src/core/read/text/finding.ts';
import type { GeneratedFile } from './generated-file.ts';
import { count, list, object, one, text } from './schema-parts.ts';

/** The JSON of `dephygiene unused`, version 1. */
const UNUSED_SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Report of "dephygiene unused", version 1',
  ...object({
    version: { const: 1 },
    findings: list(
      object({
        kind: one('unused', 'missing', 'development-only', 'published-development'),
        rule: one('unused-dependency', 'missing-dependency'),
        severity: one(...SEVERITIES),
        package: text,
        path: text,
        line: count,
        column: count,
        'seen?': object({ path: text, line: count }),
        message: text,
      }),
    ),
    manifests: list(
      object({
        path: text,
        code: count,
        configuration: count,
        'arePeersKnown?': { const: false },
        'gap?': text,
      }),
    ),
    coverage: object({ state: one('checked', 'partly', 'not-checked'), gaps: list({ type: 'object' }) }),
  }),
};

/** Returns the schema as a file. */
export function unusedSchema(): GeneratedFile {
  return {
    path: 'server/schema/unused-report.schema.json',
    text: `${JSON.stringify(UNUSED_SCHEMA, undefined, 2)}\n`,
  };
}
