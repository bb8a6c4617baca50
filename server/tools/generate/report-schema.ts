import { SEVERITIES } from '../../src/core/read/text/finding.ts';
import type { GeneratedFile } from './generated-file.ts';
import { count, list, object, one, ref, text } from './schema-parts.ts';

const DEFINITIONS = {
  Position: object({ line: count, character: count }),
  Range: object({ start: ref('Position'), end: ref('Position') }),
  Edit: object({ path: text, range: ref('Range'), newText: text }),
  Fix: object({
    title: text,
    applicability: one('safe', 'unsafe', 'display-only'),
    edits: list(ref('Edit')),
    'deletes?': list(text),
    'command?': text,
  }),
  Place: object({ path: text, range: ref('Range'), message: text }),
  Finding: object({
    rule: text,
    severity: one(...SEVERITIES),
    path: text,
    range: ref('Range'),
    message: text,
    'package?': text,
    'version?': text,
    'target?': text,
    related: list(ref('Place')),
    data: { type: 'object' },
    fixes: list(ref('Fix')),
  }),
  File: object({
    path: text,
    kind: text,
    status: text,
    'reason?': text,
    'entries?': object({ read: count, total: count }),
  }),
  Gap: object({
    kind: one('file', 'rules', 'package', 'advisory-source', 'advisories'),
    state: one('partly', 'not-checked'),
    reason: text,
    subject: text,
    detail: text,
    advice: text,
    'path?': text,
    'rules?': list(text),
    'packages?': list(text),
  }),
} as const;

/** The output of `check --format json`: see `JsonReport`. Tests hold real reports against it. */
export const REPORT_SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Report of "dephygiene check --format json"',
  description:
    'Version 1: members may be added, none is renamed or removed. Lines and characters count from 0.',
  definitions: DEFINITIONS,
  ...object({
    version: { const: 1 },
    root: text,
    files: list(ref('File')),
    findings: list(ref('Finding')),
    notChecked: list(object({ rule: text, reason: text, count })),
    excluded: list(object({ path: text, glob: text, by: object({ path: text, line: count }) })),
    gitFailures: list(object({ path: text, reason: text })),
    sources: list(
      object({
        kind: text,
        status: text,
        ...{ 'asOf?': text, 'completeTo?': text, 'source?': text, 'host?': text, 'reason?': text },
        'unanswered?': count,
      }),
    ),
    'nestedConfigurations?': count,
    'baseline?': object({ 'since?': text, known: count, gone: count }),
    'changes?': list({ type: 'object' }),
    summary: object({ errors: count, warnings: count, information: count, hints: count }),
    coverage: object({ state: one('checked', 'partly', 'not-checked'), gaps: list(ref('Gap')) }),
    exitReason: one('clean', 'below-threshold', 'incomplete', 'findings', 'unread', 'not-checked'),
  }),
};

/** Returns the schema as a file. */
export function reportSchema(): GeneratedFile {
  return {
    path: 'server/schema/check-report.schema.json',
    text: `${JSON.stringify(REPORT_SCHEMA, undefined, 2)}\n`,
  };
}
