import type { GeneratedFile } from './generated-file.ts';
import { count, list, object, one, text } from './schema-parts.ts';

/** The JSON of `dephygiene maintainers`, version 1. */
const MAINTAINERS_SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Report of "dephygiene maintainers", version 1',
  ...object({
    version: { const: 1 },
    packages: count,
    recentSince: text,
    accounts: list(
      object({
        name: text,
        packages: list(text),
        alone: count,
        reach: count,
        through: list(text),
        production: { type: 'boolean' },
        changes: list(
          object({
            kind: one('added', 'first-release'),
            package: text,
            'since?': text,
            'version?': text,
            at: { type: ['string', 'null'] },
          }),
        ),
      }),
    ),
    unknown: list(object({ package: text, reason: text, detail: text })),
    coverage: object({ state: one('checked', 'partly', 'not-checked'), gaps: list({ type: 'object' }) }),
  }),
};

/** Returns the schema as a file. */
export function maintainersSchema(): GeneratedFile {
  return {
    path: 'server/schema/maintainers-report.schema.json',
    text: `${JSON.stringify(MAINTAINERS_SCHEMA, undefined, 2)}\n`,
  };
}
