import { askedNames } from '../../core/judge/check/asked-names.ts';
import type { Rule } from '../../core/judge/check/rule.ts';
import { isAccepted } from '../../core/judge/policy/ignored.ts';
import { type LookedEntries, runRules } from '../../core/judge/rules/run.ts';
import { type FactRequest, factKey, watchedFacts } from '../../core/know/facts/facts.ts';
import type { Fact, UnavailableReason } from '../../core/know/registry/documents/fact.ts';
import type { Finding } from '../../core/read/text/finding.ts';
import { relativeUri } from '../../core/read/text/paths/uri.ts';
import type { NotChecked } from '../session.ts';
import { ruleSettingsAt } from '../settings.ts';
import { type ProjectReads, recordReads } from './project-reads.ts';
import type { UnitInput } from './unit-input.ts';

/** Fact look-ups by key, with their results at that time. */
export type AskedFacts = ReadonlyMap<string, { readonly request: FactRequest; readonly fact: Fact<unknown> }>;

/** Everything that rules read besides the file. */
export interface Inputs {
  readonly reads: ProjectReads;
  readonly facts: AskedFacts;
  /** Whether a rule read the time. */
  readonly readsHour: boolean;
  /** Whether a rule read advisories. */
  readonly readsAdvisories: boolean;
}

export interface RecordedRun extends Inputs {
  readonly all: readonly Finding[];
  readonly missed: Missed;
}

/** The packages whose facts a rule could not get, for one reason. */
export interface Miss {
  readonly rule: string;
  readonly reason: UnavailableReason;
  readonly names: ReadonlySet<string>;
}

/** Facts that rules could not get. */
export interface Missed {
  readonly misses: readonly Miss[];
  /** Rules that need facts of every package, if no registry may be asked. */
  readonly unreachable: readonly Omit<Miss, 'names'>[];
}

/** The part of a run over a lockfile that is skipped. */
export interface Narrowing {
  /** Skipped rules. */
  readonly skipped?: ReadonlySet<string>;
  /** The entries that some rules check. */
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
  const { severities, preset } = ruleSettingsAt(input.settings, input.uri);
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
    severities,
    preset,
    moment: input.moment,
    text: input.text,
    accepts: (rule, advisory) =>
      project.policy.ignores.length > 0 &&
      input.settings.reportsAccepted !== true &&
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
  // Reads of fixes, which are planned later, must not be recorded here.
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

/** Returns the skipped checks. Computed on request: if no registry may be asked, all packages are counted. */
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
