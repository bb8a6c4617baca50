import type { PopularNames } from '../core/identity/popular-names.ts';
import { isIgnored } from '../core/policy/ignored.ts';
import type { Project } from '../core/project/project.ts';
import type { Fact } from '../core/registry/fact.ts';
import type { Packument } from '../core/registry/packument.ts';
import type { CheckedFile, Facts, Rule } from '../core/rules/rule.ts';
import { runRules } from '../core/rules/run.ts';
import { relativeUri, type Uri } from '../core/text/uri.ts';
import type { Diagnosis, NotChecked } from './session.ts';
import type { EngineSettings } from './settings.ts';

/** What one unit of work, a file within its project, needs to run. */
export interface UnitInput {
  readonly uri: Uri;
  readonly file: CheckedFile;
  readonly project: Project;
  readonly facts: Facts;
  readonly popular: PopularNames;
  readonly settings: EngineSettings;
  /** `YYYY-MM-DD`: ignores expire. */
  readonly today: string;
  text(uri: Uri): string | undefined;
}

export interface UnitResult extends Diagnosis {
  /** Packages whose packument was asked for and is not known yet. */
  readonly wanted: readonly string[];
}

interface UnitRecord {
  readonly file: CheckedFile;
  readonly settings: EngineSettings;
  readonly today: string;
  readonly inputs: ReadonlyMap<keyof Project, unknown>;
  readonly facts: ReadonlyMap<string, Fact<Packument>>;
  readonly result: UnitResult;
}

/** Remembers each unit's result with what it read, and runs it again only when one of those changed. */
export interface Units {
  run(input: UnitInput): UnitResult;
  forget(uri: Uri): void;
  /** How many units ran so far, for tests of what an edit costs. */
  readonly runs: number;
}

export function createUnits(rules: readonly Rule[]): Units {
  const records = new Map<Uri, UnitRecord>();
  let runs = 0;
  return {
    get runs() {
      return runs;
    },
    forget: (uri) => void records.delete(uri),
    run(input) {
      const known = records.get(input.uri);
      if (known !== undefined && isCurrent(known, input)) return known.result;
      runs++;
      const record = runUnit(rules, input);
      records.set(input.uri, record);
      return record.result;
    },
  };
}

function isCurrent(record: UnitRecord, input: UnitInput): boolean {
  if (record.file !== input.file || record.settings !== input.settings || record.today !== input.today) return false;
  for (const [key, value] of record.inputs) if (input.project[key] !== value) return false;
  for (const [name, fact] of record.facts) if (input.facts.packument(name) !== fact) return false;
  return true;
}

function runUnit(rules: readonly Rule[], input: UnitInput): UnitRecord {
  const inputs = new Map<keyof Project, unknown>();
  const facts = new Map<string, Fact<Packument>>();
  const missing = new Map<string, NotChecked>();
  const recordingFacts = {
    packument(name: string) {
      const fact = input.facts.packument(name);
      facts.set(name, fact);
      return fact;
    },
  };
  const all = runRules(rules, {
    file: input.file,
    uri: input.uri,
    project: recording(input.project, inputs),
    popular: input.popular,
    facts: recordingFacts,
    severities: input.settings.severities,
    text: input.text,
    onMissing(rule, reason) {
      const key = `${rule} ${reason}`;
      missing.set(key, { rule, reason, count: (missing.get(key)?.count ?? 0) + 1 });
    },
  });
  const { policy, root } = input.project;
  inputs.set('policy', policy);
  const path = relativeUri(root, input.uri);
  const kept = all.filter((finding) => !isIgnored(policy, { ...finding, path }, input.today));
  const wanted = [...facts].filter(([, fact]) => fact.state === 'pending').map(([name]) => name);
  const result: UnitResult = {
    uri: input.uri,
    findings: kept,
    notChecked: [...missing.values()],
    provisional: wanted.length > 0,
    wanted,
  };
  return { file: input.file, settings: input.settings, today: input.today, inputs, facts, result };
}

const PROJECT_MEMBERS: readonly (keyof Project)[] = [
  'root',
  'rootManifest',
  'members',
  'memberNames',
  'manager',
  'lockfile',
  'lockfiles',
  'npmConfig',
  'policy',
  'scopeEvidence',
  'exoticNames',
  'gitIgnore',
];

class RecordingProject {
  readonly project: Project;
  readonly inputs: Map<keyof Project, unknown>;

  constructor(project: Project, inputs: Map<keyof Project, unknown>) {
    this.project = project;
    this.inputs = inputs;
  }
}
for (const member of PROJECT_MEMBERS) {
  Object.defineProperty(RecordingProject.prototype, member, {
    get(this: RecordingProject) {
      const value = this.project[member];
      this.inputs.set(member, value);
      return value;
    },
  });
}

function recording(project: Project, inputs: Map<keyof Project, unknown>): Project {
  return new RecordingProject(project, inputs) as unknown as Project;
}
