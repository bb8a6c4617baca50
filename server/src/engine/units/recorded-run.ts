import { askedNames } from '../../core/judge/check/asked-names.ts';
import type { Rule } from '../../core/judge/check/rule.ts';
import { isAccepted } from '../../core/judge/policy/ignored.ts';
import { type LookedEntries, runRules } from '../../core/judge/rules/run.ts';
import { type FactRequest, factKey, watchedFacts } from '../../core/know/facts/facts.ts';
import type { Fact, UnavailableReason } from '../../core/know/registry/documents/fact.ts';
import type { Finding } from '../../core/read/text/finding.ts';
import { relativeUri } from '../../core/read/text/paths/uri.ts';
import type { NotChecked } from '../session.ts';
import { type ProjectReads, recordReads } from './project-reads.ts';
import type { UnitInput } from './unit-input.ts';

/** Look-ups by their keys, with what was known then. */
export type AskedFacts = ReadonlyMap<string, { readonly request: FactRequest; readonly fact: Fact<unknown> }>;

/** What rules read beside the file. */
export interface Inputs {
  readonly reads: ProjectReads;
  readonly facts: AskedFacts;
  /** Whether a rule looked at the time. */
  readonly readsHour: boolean;
  /** Whether a rule looked at advisories. */
  readonly readsAdvisories: boolean;
}

export interface RecordedRun extends Inputs {
  readonly all: readonly Finding[];
  readonly missed: Missed;
}

/** The packages of which a rule did not get to know what it asked for, for one reason. */
export interface Miss {
  readonly rule: string;
  readonly reason: UnavailableReason;
  readonly names: ReadonlySet<string>;
}

/** What rules did not get to know. */
export interface Missed {
  readonly misses: readonly Miss[];
  /** Rules that ask for facts of every package, where no registry may be asked. */
  readonly unreachable: readonly Omit<Miss, 'names'>[];
}

/** What of a run over a lockfile need not be done. */
export interface Narrowing {
  /** Rules that are left out. */
  readonly skipped?: ReadonlySet<string>;
  /** The entries that some rules look at. */
  readonly looked?: LookedEntries | undefined;
}

/** Runs the rules and records what they read. */
export function runRecorded(
  rules: readonly Rule[],
  input: UnitInput,
  { skipped, looked }: Narrowing = {},
): RecordedRun {
  const facts = new Map<string, { readonly request: FactRequest; readonly fact: Fact<unknown> }>();
  const missing = new Map<string, { rule: string; reason: UnavailableReason; names: Set<string> }>();
  const { project, reads } = recordReads(input.project, input.file);
  const path = relativeUri(project.policyBase, input.uri);
  let readsHour = false;
  let readsAdvisories = false;
  const unreachable: Omit<Miss, 'names'>[] = [];
  const all = runRules(rules, {
    file: input.file,
    skipped,
    looked,
    uri: input.uri,
    project,
    popular: input.popular,
    facts: watchedFacts(input.facts, (request, look) => {
      const fact = look();
      facts.set(factKey(request), { request, fact });
      return fact;
    }),
    get advisories() {
      readsAdvisories = true;
      return input.advisories;
    },
    now() {
      readsHour = true;
      return input.hour;
    },
    severities: input.settings.severities,
    preset: input.settings.preset,
    moment: input.moment,
    text: input.text,
    accepts: (rule, advisory) =>
      project.policy.ignores.length > 0 &&
      isAccepted(project.policy, { ...advisory, rule, path }, input.today),
    onUnreachable(rule, reason) {
      unreachable.push({ rule, reason });
    },
    onMissing(rule, reason, name) {
      const key = `${rule} ${reason}`;
      const known = missing.get(key);
      if (known === undefined) missing.set(key, { rule, reason, names: new Set([name]) });
      else known.names.add(name);
    },
  });
  // What fixes read later is none of the check's business, so it is not among these.
  const kept: ProjectReads = {
    members: new Map(reads.members),
    rootManifest: new Map(reads.rootManifest),
  };
  return {
    all,
    reads: kept,
    facts: new Map(facts),
    readsHour,
    readsAdvisories,
    missed: { misses: [...missing.values()], unreachable },
  };
}

/** Counted when somebody wants to know: where no registry may be asked these are all packages. */
export function notCheckedOf(
  { misses, unreachable }: Missed,
  { file, project }: Pick<UnitInput, 'file' | 'project'>,
): readonly NotChecked[] {
  const ofNames = misses.map(({ rule, reason, names }): NotChecked => {
    return { rule, reason, count: names.size, packages: [...names] };
  });
  if (unreachable.length === 0) return ofNames;
  const packages = [...askedNames(file, project)];
  const count = packages.length;
  return count === 0 ? ofNames : [...ofNames, ...unreachable.map((rule) => ({ ...rule, count, packages }))];
}
