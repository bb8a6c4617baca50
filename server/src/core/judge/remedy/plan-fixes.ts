import type { DependencyGraph, NodeNumber } from '../../read/graph/dependency-graph.ts';
import { nodesNamed } from '../../read/graph/nodes-by-name.ts';
import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';
import { knownFix } from '../exposure/clearing-version.ts';
import type { BadPackage, RemedyContext } from './bad-package.ts';
import { bundlersOf } from './bundlers.ts';
import { type CombinedRemedies, combineRemedies } from './combine-remedies.ts';
import { planRemedies } from './plan-remedies.ts';
import { projectGraph } from './project-graph.ts';
import type { Remedy } from './remedy.ts';

/** A bad version that remains after a plan, and why. */
export interface LeftPackage {
  readonly bad: BadPackage;
  /**
   * major: only another major version helps; bundled: it, or copies of it, stay in the tarballs of `bundlers`; partial:
   * `advisories` affect its replacement; override: `fixedIn` is known, but neither a range nor a possible override
   * leads there; unknown: no record states where it is fixed; none: nothing is known to help.
   */
  readonly reason: 'major' | 'bundled' | 'partial' | 'override' | 'unknown' | 'none';
  /** The change that would help, if there is one. */
  readonly title: string | undefined;
  readonly bundlers: readonly LockEntry[];
  /** Ids of the advisories that remain after the chosen fix. */
  readonly advisories: readonly string[];
  readonly fixedIn: string | undefined;
  /** The direct dependencies that pull it in. */
  readonly introducers: readonly string[];
}

/** The changes for all bad versions of a project together. */
export interface FixPlan extends CombinedRemedies {
  readonly chosen: readonly Remedy[];
  readonly left: readonly LeftPackage[];
}

/**
 * Plans one remedy for each bad version: the first one the light bulb offers, without major updates unless
 * `isMajorAllowed`.
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
  const introducers = graph === undefined ? [] : directIntroducers(graph, bad);
  return { ...NOTHING, bad, reason: 'override', fixedIn: fix.version, introducers };
}

const NOTHING = {
  ...{ title: undefined, bundlers: [], advisories: [], fixedIn: undefined, introducers: [] },
} as const;

/** Returns what remains after a fix. */
function remainderOf({ bad, bundlers, leaves }: Remedy): readonly LeftPackage[] {
  const left: LeftPackage[] = [];
  if (bundlers.length > 0) left.push({ ...NOTHING, bad, reason: 'bundled', bundlers });
  if (leaves.length > 0) left.push({ ...NOTHING, bad, reason: 'partial', advisories: leaves });
  return left;
}

/** Returns the names of direct dependencies that pull in a version, shortest path first, except itself. */
function directIntroducers(graph: DependencyGraph, { name, version }: BadPackage): readonly string[] {
  const { packages, edges } = graph;
  const waiting: NodeNumber[] = [...nodesNamed(graph, name)].filter(
    (node) => packages[node]!.version === version,
  );
  const seen = new Set(waiting);
  const names = new Set<string>();
  for (let at = 0; at < waiting.length; at++) {
    const node = waiting[at]!;
    for (let place = edges.incomingStarts[node]!; place < edges.incomingStarts[node + 1]!; place++) {
      const from = edges.from[edges.incoming[place]!]!;
      if (from >= packages.length) names.add(packages[node]!.name);
      else if (!seen.has(from)) waiting.push(from);
      seen.add(from);
    }
  }
  names.delete(name);
  return [...names];
}
