import semver from 'semver';
import { updateLevel } from '../../know/registry/releases/update-level.ts';
import { installerOf } from '../../read/project/manager/installation.ts';
import type { FileEdit } from '../../read/text/finding.ts';
import type { BadPackage, RemedyContext } from './bad-package.ts';
import { type CheckedPlan, checkPlan, isGone, resultOf } from './check-plan.ts';
import { forgetEntries } from './forget-entries.ts';
import { isStale } from './is-stale.ts';
import { type Lift, lift, type Planning } from './lift.ts';
import { type OverridePlan, planOverride } from './overrides/plan-override.ts';
import { writeOverrides } from './overrides/write-override.ts';
import { projectGraph } from './project-graph.ts';
import type { RaisedRange } from './raised-range.ts';
import { editsOf, type RangeUpdate } from './range-updates.ts';
import { fitCommand, refreshCommand } from './refresh-command.ts';
import type { Remedy } from './remedy.ts';
import { overrideTitle, refreshTitle, type TitleFacts, updateTitle } from './titles.ts';
import { createVersionChoice, isMajorStep } from './version-choice.ts';

/**
 * Returns the remedies for a version, best first; empty if no better version is known, or the package manager has no
 * means. Versions within the ranges, or pulled in by newer parents, come before an override; beside a major update of a
 * parent the override is offered as well.
 */
export function planRemedies(context: RemedyContext, bad: BadPackage): readonly Remedy[] {
  if (semver.valid(bad.version) === null) return [];
  const planning = planningOf(context);
  const { choice } = planning;
  if (choice.affecting(bad.name, bad.version).length === 0) return [];
  if (isStale(bad, planning)) return [remedyOfInstall(bad, planning)].flatMap((remedy) => remedy ?? []);
  const lifted = lift(bad, planning);
  const first = lifted === undefined ? undefined : remedyOfLift(bad, lifted, planning);
  if (first !== undefined && !(first.kind === 'parent' && first.isMajor)) return [first];
  const overridden = planOverride(bad, planning);
  const second = overridden === undefined ? undefined : remedyOfOverride(bad, overridden, planning);
  return [first, second].filter((remedy) => remedy !== undefined);
}

const plannings = new WeakMap<object, Planning>();
const SAME = ['project', 'advisories', 'text', 'now', 'moment'] as const;

/** Memoized by the facts, which one run of a rule has in common: its findings are often about the same few packages. */
function planningOf(context: RemedyContext): Planning {
  const known = plannings.get(context.facts);
  if (known !== undefined && SAME.every((key) => known.context[key] === context[key])) return known;
  const graph = projectGraph(context);
  const planning = { context, graph, choice: createVersionChoice(context, graph) };
  plannings.set(context.facts, planning);
  return planning;
}

/** Returns the remedy for a version that only the lockfile still has: syncing it with the current declarations. */
function remedyOfInstall(bad: BadPackage, planning: Planning): Remedy | undefined {
  const command = fitCommand(planning.context.project, isGone(bad, planning));
  const checked = checkPlan(bad, [], [], planning);
  if (command === undefined || checked === undefined) return undefined;
  const facts = titleFacts(bad, checked, false, planning);
  return {
    ...{ kind: 'refresh', bad, isMalware: isMalicious(checked), edits: [], command, isMajor: false },
    ...{ title: refreshTitle(facts, undefined, command), ...resultOf(checked) },
    parts: { raised: [], refreshed: [], overrides: [] },
  };
}

function remedyOfLift(bad: BadPackage, lifted: Lift, planning: Planning): Remedy | undefined {
  const { raised, refreshed, choices } = lifted;
  const { context } = planning;
  const { lockfile } = context.project;
  if (raised.length + refreshed.length === 0) return undefined;
  const isForgetting = refreshed.length > 0 && installerOf(context.project).lockfile.updatesByDeletion;
  const forgotten = isForgetting && lockfile !== undefined ? forgetEntries(lockfile, refreshed) : [];
  const edits = [...raisedEdits(raised, context), ...forgotten];
  // If nothing makes the lockfile forget them, they stay for dependents whose ranges admit them.
  if (refreshed.length > 0 && !isForgetting && refreshing(refreshed, planning) === undefined)
    return undefined;
  const command = commandFor(bad, refreshed, planning);
  if (edits.length === 0 && (command === undefined || isForgetting)) return undefined;
  const named = [...raised.map((each) => each.choice), ...choices];
  const checked = checkPlan(bad, choices, named, planning);
  if (checked === undefined) return undefined;
  const isMajor = raised.some(({ from, choice }) => isMajorStep(from, choice.version));
  const facts = titleFacts(bad, checked, isMajor, planning);
  const parts = { raised, refreshed, overrides: [] };
  const isMalware = isMalicious(checked);
  const result = { bad, isMalware, edits, command, parts, isMajor, ...resultOf(checked) };
  if (raised.length === 0) {
    const title = refreshTitle(facts, isForgetting ? lockfile?.uri : undefined, command);
    return { kind: 'refresh', title, ...result };
  }
  const isDirect = raised.every(({ place }) => place.target === bad.name);
  const title = updateTitle(facts, raised, isForgetting ? refreshed : []);
  return { kind: isDirect ? 'direct' : 'parent', title, ...result };
}

function remedyOfOverride(bad: BadPackage, plan: OverridePlan, planning: Planning): Remedy | undefined {
  const { lines, own, choices, isMajorForOthers } = plan;
  const { context } = planning;
  const { project } = context;
  const edits: FileEdit[] = [...raisedEdits(own.raised, context)];
  for (const field of new Set(lines.map((line) => line.field))) {
    const written = writeOverrides(
      project,
      field,
      lines.filter((line) => line.field === field),
    );
    if (written === undefined) return undefined;
    edits.push(...written);
  }
  const checked = checkPlan(bad, choices, choices, planning);
  if (checked === undefined) return undefined;
  const isMajor = isMajorForOthers || choices.some(({ version }) => isMajorStep(bad.version, version));
  const title = overrideTitle(titleFacts(bad, checked, isMajor, planning), lines, own.raised);
  const command = commandFor(bad, own.refreshed, planning);
  const parts = { raised: own.raised, refreshed: own.refreshed, overrides: lines };
  const isMalware = isMalicious(checked);
  const result = { bad, isMalware, edits, command, parts, isMajor, ...resultOf(checked) };
  return { kind: 'override', title, ...result };
}

function isMalicious({ clears }: CheckedPlan): boolean {
  return clears.some((advisory) => advisory.isMalware);
}

/** Returns a single command: one that forgets locked versions also syncs the lockfile with the manifests. */
function commandFor(
  bad: BadPackage,
  refreshed: readonly BadPackage[],
  planning: Planning,
): string | undefined {
  const { project } = planning.context;
  const refresh = installerOf(project).lockfile.updatesByDeletion
    ? undefined
    : refreshing(refreshed, planning);
  return refresh ?? fitCommand(project, isGone(bad, planning));
}

function refreshing(refreshed: readonly BadPackage[], { context }: Planning): string | undefined {
  const names = refreshed.map(({ name }) => name);
  return names.length === 0 ? undefined : refreshCommand(context.project, names);
}

function titleFacts(
  bad: BadPackage,
  checked: CheckedPlan,
  isMajor: boolean,
  { context, choice }: Planning,
): TitleFacts {
  return { ...checked, bad, isMajor, now: context.now, coolDown: choice.coolDown };
}

export function raisedEdits(
  raised: readonly RaisedRange[],
  { text }: Pick<RemedyContext, 'text'>,
): readonly FileEdit[] {
  const updates = raised.map(({ place, text: moved, from, choice }): RangeUpdate => {
    const level = updateLevel(from, choice.version);
    return { range: place, token: place.token!, version: choice.version, text: moved, level };
  });
  return editsOf(updates, text);
}
