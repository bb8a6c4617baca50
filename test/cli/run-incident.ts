import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Schema, Validator } from '@cfworker/json-schema';
import { createHistory, FORMATS, type History } from './lockfile-histories.ts';
import { makeProject, runCli } from './run-cli.ts';

/** A finding of the JSON report. */
export interface Found {
  readonly package: string;
  readonly packageVersion: string;
  readonly lockfile: string;
  readonly now: readonly string[];
  readonly from: string | null;
  readonly to: string | null;
  readonly events: readonly {
    readonly type: string;
    readonly commit: string;
    readonly merge: boolean;
    readonly moved: string | null;
    readonly branches: readonly string[] | null;
  }[];
  readonly installable: string;
  readonly development: boolean | null;
  readonly installScript: boolean | null;
  readonly dependencyPath: readonly string[] | null;
  readonly jobs: readonly { readonly path: string; readonly job: string; readonly command: string }[] | null;
  readonly installed: readonly { readonly place: string; readonly shared: boolean; readonly path: string }[];
}

/** What one repository showed. */
export interface Searched {
  readonly path: string;
  readonly verdict: string;
  readonly lockfiles: number;
  readonly findings: readonly Found[];
  readonly notRead: readonly { readonly subject: string; readonly reason: string }[];
}

export interface IncidentJson {
  readonly code: number | null;
  readonly repositories: readonly Searched[];
  readonly notRead: readonly { readonly subject: string; readonly reason: string }[];
  readonly nextSteps: readonly string[];
}

const SCHEMA = join(import.meta.dirname, '../../server/schema/incident-report.schema.json');
const validator = new Validator(JSON.parse(readFileSync(SCHEMA, 'utf8')) as Schema, '7', false);

/** Runs `incident` and returns its JSON, which must be everything that it prints. */
export function incident(args: readonly string[], env: Readonly<Record<string, string>> = {}): IncidentJson {
  const ended = runCli(['incident', ...args, '--json'], { env });
  assert.equal(ended.error, '');
  const report = JSON.parse(ended.out) as IncidentJson;
  assert.deepEqual(validator.validate(report).errors, []);
  return { ...report, code: ended.code };
}

/** Starts a repository. */
export const history = (name = 'one'): History => createHistory(join(makeProject({}), name));
/** A package-lock.json of npm 7 and later. */
export const lockfile = FORMATS[1]![2];
