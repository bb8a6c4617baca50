import type { GeneratedFile } from './generated-file.ts';
import { count, list, object, one, text } from './schema-parts.ts';

const nullable = (type: string) => ({ type: [type, 'null'] });

/** The output of `policy show --format json`. Tests hold real reports against it. */
const POLICY_SHOW_SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Report of "dephygiene policy show --format json"',
  description: 'Version 1: members may be added, none is renamed or removed. Lines count from 1.',
  ...object({
    version: { const: 1 },
    policy: list(
      object({
        key: text,
        value: text,
        origin: one('file', 'above', 'default'),
        'path?': text,
        'line?': { anyOf: [count, { type: 'null' }] },
      }),
    ),
    overruled: list(object({ key: text, value: text, required: nullable('string') })),
    problems: list(object({ path: text, line: count, message: text })),
  }),
};

/** Returns the schema as a file. */
export function policyShowSchema(): GeneratedFile {
  return {
    path: 'server/schema/policy-show.schema.json',
    text: `${JSON.stringify(POLICY_SHOW_SCHEMA, undefined, 2)}\n`,
  };
}
