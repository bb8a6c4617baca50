import { SIGNS } from '../../src/core/know/capabilities/capability.ts';
import { CAPABILITY_NAMES } from '../../src/core/know/capabilities/describe.ts';
import type { GeneratedFile } from './generated-file.ts';
import { count, list, object, one, text } from './schema-parts.ts';

const found = {
  signs: list(
    object({
      ...{ sign: one(...Object.keys(SIGNS)), weight: count, description: text, file: text, line: count },
    }),
  ),
  capabilities: list(
    object({ capability: one(...Object.keys(CAPABILITY_NAMES)), detail: text, file: text, line: count }),
  ),
};

/** The output of `inspect --format json`. Tests hold real reports against it. */
const INSPECT_SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Report of "dephygiene inspect --format json"',
  description: 'Version 1: members may be added, none is renamed or removed. Lines count from 1.',
  ...object({
    version: { const: 1 },
    subject: text,
    from: one('folder', 'installed', 'registry'),
    suspicious: { type: 'boolean' },
    score: count,
    threshold: count,
    ...found,
    since: { anyOf: [object({ subject: text, ...found }), { type: 'null' }] },
    notCompared: { type: ['string', 'null'] },
    files: count,
    parsed: count,
    notRead: list(object({ file: text, reason: text })),
  }),
};

/** Returns the schema as a file. */
export function inspectSchema(): GeneratedFile {
  return {
    path: 'server/schema/inspect.schema.json',
    text: `${JSON.stringify(INSPECT_SCHEMA, undefined, 2)}\n`,
  };
}
