import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';
import { knownFix } from '../exposure/clearing-version.ts';
import type { BadPackage, RemedyContext } from './bad-package.ts';
import { bundlersOf } from './bundlers.ts';
import { type CombinedRemedies, combineRemedies } from './combine-remedies.ts';
import { directBringers } from './direct-bringers.ts';
import { planRemedies } from './plan-remedies.ts';
import { projectGraph } from './project-graph.ts';
import type { Remedy } from './remedy.ts';

/** A bad version that a plan leaves, and why. */
export interface LeftPackage {
  readonly bad: BadPackage;
  /**
   * major: only another major version helps; bundled: it lies, or copies of it stay, in the tarballs of `bundlers`; partial:
   * `advisories` affect what is taken in its place; override: `fixedIn` is known, but neither a range nor an override
   * that could be written leads there; unknown: no record says where it is fixed; none: nothing is known to help.
   */
  readonly reason: 'major' | 'bundled' | 'partial' | 'override' | 'unknown' | 'none';
  /** What would help, where something would. */
  readonly title: string | undefined;
  readonly bundlers: readonly LockEntry[];
  /** Ids of the advisories that the chosen fix leaves. */
  readonly advisories: readonly string[];
  readonly fixedIn: string | undefined;
  /** What the project depends on itself that pulls it in. */
  readonly bringers: readonly string[];
}

/** What is written for all bad versions of a project at once. */
export interface FixPlan extends CombinedRemedies {
  readonly chosen: readonly Remedy[];
  readonly left: readonly LeftPackage[];
}

/**
 * Plans one remedy for each bad version: the one that the light bulb offers first, without those that move to another major
 * version unless `isMajorAllowed`.
 */
export function planFixes(
  bad: readonly BadPackage[],
  context: RemedyContext,
  isMajorAllowed: boolean,
): FixPlan {
  const chosen: Remedy[] = [];
  const left: LeftPackage[] = [];
  for (const each of bad) {
    const remedies = [...planRemedies(context, each)].sort(
      (a, b) =>
        Number(a.leaves.length > 0) - Number(b.leaves.length > 0) || Number(a.isMajor) - Number(b.isMajor),
    );
    const taken = remedies.find(({ isMajor }) => isMajorAllowed || !isMajor);
    const [first] = remedies;
    if (taken === undefined) left.push(leftOf(each, first, context));
    else if (combineRemedies([...chosen, taken], context) === undefined)
      left.push(leftOf(each, undefined, context));
    else {
      chosen.push(taken);
      left.push(...remainderOf(taken));
    }
  }
  return { chosen, left, edits: [], command: undefined, ...combineRemedies(chosen, context) };
}

function leftOf(bad: BadPackage, major: Remedy | undefined, context: RemedyContext): LeftPackage {
  if (major !== undefined) return { ...NOTHING, bad, reason: 'major', title: major.title };
  const graph = projectGraph(context);
  const bundlers = graph === undefined ? [] : bundlersOf(graph, bad);
  if (bundlers.length > 0) return { ...NOTHING, bad, reason: 'bundled', bundlers };
  const fix = knownFix(context.advisories, bad.name, bad.version);
  if (fix.state !== 'fixed') return { ...NOTHING, bad, reason: fix.state };
  const bringers = graph === undefined ? [] : directBringers(graph, bad);
  return { ...NOTHING, bad, reason: 'override', fixedIn: fix.version, bringers };
}

const NOTHING = {
  ...{ title: undefined, bundlers: [], advisories: [], fixedIn: undefined, bringers: [] },
} as const;

/** What stays once a fix is written. */
function remainderOf({ bad, bundlers, leaves }: Remedy): readonly LeftPackage[] {
  const left: LeftPackage[] = [];
  if (bundlers.length > 0) left.push({ ...NOTHING, bad, reason: 'bundled', bundlers });
  if (leaves.length > 0) left.push({ ...NOTHING, bad, reason: 'partial', advisories: leaves });
  return left;
}
