import { USE_KINDS } from '../../src/core/know/monitored/record.ts';
import type { GeneratedFile } from './generated-file.ts';
import { count, list, object, one, text } from './schema-parts.ts';

const textOrNull = { type: ['string', 'null'] };

/** The JSON of `dephygiene monitor`, version 1. */
const MONITOR_SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Report of "dephygiene monitor --json"',
  description: 'Version 1: members may be added, none is renamed or removed. Lines count from 1.',
  ...object({
    version: { const: 1 },
    command: text,
    exitCode: count,
    processes: count,
    workers: count,
    packages: list(
      object({
        type: one('package', 'program', 'unknown'),
        name: textOrNull,
        version: textOrNull,
        folder: textOrNull,
        uses: list(
          object({
            kind: one(...USE_KINDS),
            detail: textOrNull,
            'place?': one('inside', 'outside'),
            count,
            stack: list(object({ function: text, file: text, line: count })),
          }),
        ),
      }),
    ),
    permission: { anyOf: [list(text), { type: 'null' }] },
    notObserved: list(text),
  }),
};

/** Returns the schema as a file. */
export function monitorSchema(): GeneratedFile {
  return {
    path: 'server/schema/monitor-report.schema.json',
    text: `${JSON.stringify(MONITOR_SCHEMA, undefined, 2)}\n`,
  };
}
