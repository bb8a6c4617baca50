import type { GeneratedFile } from './generated-file.ts';
import { count, list, object, one, text } from './schema-parts.ts';

const notRead = list(object({ subject: text, reason: text }));
const $schema = 'http://json-schema.org/draft-07/schema#';

/** The JSON of `dephygiene inventory`, version 1. */
const REPORT = {
  $schema,
  title: 'Report of "dephygiene inventory", version 1',
  ...object({
    version: { const: 1 },
    folder: text,
    repositories: list(
      object({
        repository: text,
        path: text,
        commit: { type: ['string', 'null'] },
        state: one('written', 'unchanged', 'not-read'),
        lockfiles: count,
        packages: count,
        notRead,
      }),
    ),
    notRead,
  }),
};

/** The JSON of `dephygiene inventory query`, version 1. Rows have their values in the order of the columns. */
const ANSWER = {
  $schema,
  title: 'Answer of "dephygiene inventory query", version 1',
  ...object({ version: { const: 1 }, columns: list(text), rows: list({ type: 'array' }) }),
};

/** Returns the schemas as files. */
export function inventorySchemas(): readonly GeneratedFile[] {
  return [
    { path: 'server/schema/inventory-report.schema.json', text: `${JSON.stringify(REPORT, undefined, 2)}\n` },
    { path: 'server/schema/inventory-answer.schema.json', text: `${JSON.stringify(ANSWER, undefined, 2)}\n` },
  ];
}
