import type { GeneratedFile } from './generated-file.ts';
import { count, list, object, one, text } from './schema-parts.ts';

const orNull = (type: string) => ({ type: [type, 'null'] });
const textOrNull = orNull('string');
const flagOrNull = orNull('boolean');
const flag = { type: 'boolean' };
const notRead = list(object({ subject: text, reason: text }));

const EVENT = object({
  type: one('entered', 'left'),
  commit: text,
  authored: text,
  merge: flag,
  moved: textOrNull,
  branches: { type: ['array', 'null'], items: text },
});

const FINDING = object({
  package: text,
  packageVersion: text,
  ids: list(text),
  reported: textOrNull,
  lockfile: text,
  now: list(text),
  from: textOrNull,
  to: textOrNull,
  events: list(EVENT),
  installable: one('yes', 'no', 'unknown'),
  installableDetail: text,
  detailsOf: textOrNull,
  development: flagOrNull,
  optional: flagOrNull,
  installScript: flagOrNull,
  dependencyPath: { type: ['array', 'null'], items: text },
  jobs: {
    type: ['array', 'null'],
    items: object({ path: text, job: text, command: text, isFrozen: flag }),
  },
  installed: list(object({ place: one('node_modules', 'cache'), shared: flag, path: text })),
});

/** The JSON of `dephygiene incident`, version 1. */
const INCIDENT_SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Report of "dephygiene incident", version 1',
  ...object({
    version: { const: 1 },
    incident: text,
    packages: count,
    history: flag,
    repositories: list(
      object({
        path: text,
        kind: one('repository', 'bare', 'folder'),
        verdict: one('hit-now', 'was-hit', 'not-hit', 'unknown'),
        head: textOrNull,
        commits: count,
        lockfiles: count,
        findings: list(FINDING),
        notRead,
      }),
    ),
    notRead,
    machine: list(text),
    nextSteps: list(text),
  }),
};

/** Returns the schema as a file. */
export function incidentSchema(): GeneratedFile {
  return {
    path: 'server/schema/incident-report.schema.json',
    text: `${JSON.stringify(INCIDENT_SCHEMA, undefined, 2)}\n`,
  };
}
