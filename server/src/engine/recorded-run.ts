import type { Finding } from '../core/finding.ts';
import type { Manifest } from '../core/manifest/manifest.ts';
import { narrowManifest } from '../core/manifest/narrow-manifest.ts';
import { isAccepted } from '../core/policy/ignored.ts';
import { askedNames } from '../core/registry/asked-names.ts';

import { factKey, watchedFacts } from '../core/rules/facts.ts';
import type { Rule } from '../core/rules/rule.ts';
import { runRules } from '../core/rules/run.ts';
import { groupBy } from '../core/text/group-by.ts';
import { relativeUri } from '../core/text/uri.ts';
import { type ProjectReads, recordReads } from './project-reads.ts';
import type { NotChecked } from './session.ts';
import type { UnitInput } from './unit-input.ts';
import type { AskedFact, Missing } from './unsure.ts';

/** Look-ups by their keys. */
export type AskedFacts = ReadonlyMap<string, AskedFact>;

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
  /** The manifest as rules saw it that look at each dependency by itself, where that was not all of it. */
  readonly looked: Manifest | undefined;
  /** What rules did not get to know. */
  readonly missing: readonly Missing[];
  /** Rules that ask for facts of each dependency, where no registry may be asked. */
  readonly unreachable: readonly Omit<Missing, 'name'>[];
}

/** Runs the rules and records what they read. With `names`, rules that look at each dependency by itself see only those. */
export function runRecorded(
  rules: readonly Rule[],
  input: UnitInput,
  names?: ReadonlySet<string>,
): RecordedRun {
  const facts = new Map<string, AskedFact>();
  const missing = new Map<string, Missing>();
  const { project, reads } = recordReads(input.project, input.file);
  const { file } = input;
  const path = relativeUri(project.policyBase, input.uri);
  let readsHour = false;
  let readsAdvisories = false;
  const unreachable: Omit<Missing, 'name'>[] = [];
  const looked = names === undefined || file.kind !== 'manifest' ? undefined : narrowManifest(file, names);
  const all = runRules(rules, {
    file,
    narrowed: looked,
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
    moment: input.moment,
    text: input.text,
    accepts: (rule, advisory) =>
      project.policy.ignores.length > 0 &&
      isAccepted(project.policy, { ...advisory, rule, path }, input.today),
    onUnreachable(rule, reason) {
      unreachable.push({ rule, reason });
    },
    onMissing(rule, reason, name) {
      const key = `${rule} ${reason} ${name}`;
      if (!missing.has(key)) missing.set(key, { rule, reason, name });
    },
  });
  // What fixes read later is none of the check's business, so it is not among these.
  const kept: ProjectReads = {
    members: new Map(reads.members),
    rootManifest: new Map(reads.rootManifest),
  };
  return {
    missing: [...missing.values()],
    unreachable,
    all,
    looked,
    reads: kept,
    facts: new Map(facts),
    readsHour,
    readsAdvisories,
  };
}

/**
 * Counts what rules did not get to know, in the order of the rules: where no registry may be asked these are all packages.
 * @param missing of this run and of earlier ones that still holds
 */
export function notCheckedOf(
  rules: readonly Rule[],
  { file, project }: UnitInput,
  { unreachable }: RecordedRun,
  missing: readonly Missing[],
): readonly NotChecked[] {
  const groups = groupBy(missing, ({ rule, reason }) => `${rule} ${reason}`);
  const ofNames = [...groups.values()].map((group): NotChecked => {
    const { rule, reason } = group[0]!;
    const packages = [...new Set(group.map(({ name }) => name))].sort();
    return { rule, reason, count: packages.length, packages };
  });
  const places = new Map(rules.map(({ id }, at) => [id, at]));
  const placeOf = ({ rule }: NotChecked) => places.get(rule) ?? 0;
  ofNames.sort((a, b) => placeOf(a) - placeOf(b) || (a.reason < b.reason ? -1 : 1));
  if (unreachable.length === 0) return ofNames;
  const packages = [...askedNames(file, project)];
  const count = packages.length;
  return count === 0 ? ofNames : [...ofNames, ...unreachable.map((rule) => ({ ...rule, count, packages }))];
}
