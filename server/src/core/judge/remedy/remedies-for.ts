import type { Fix } from '../../read/text/finding.ts';
import { orderFixes } from '../check/fix-order.ts';
import type { BadPackage, RemedyContext } from './bad-package.ts';
import { planRemedies } from './plan-remedies.ts';
import type { Remedy } from './remedy.ts';
import { changeOf } from './same-change.ts';
import { advisoriesLeft, bundledLeft, fixTitle } from './titles.ts';

/** A dependency may bring dozens of bad packages; nobody reads a menu of more fixes. */
const MOST = 5;

/**
 * The ways out of vulnerable or malicious versions, the best first: edits that get other versions, each of which says the
 * exact result, and commands to copy. All dependents in the project are looked after, not only the one that a finding
 * stands at. What is wrong with a version is what `context.advisories` says of it. The graph is walked, so it is asked
 * for only when fixes are shown.
 * @param bad what a finding is about, the worst first; several where one dependency brings several
 */
export function remediesFor(context: RemedyContext, bad: readonly BadPackage[]): readonly Fix[] {
  // Several advisories may be about one version.
  const versions = new Map(bad.map((each) => [`${each.name}@${each.version}`, each]));
  const groups = new Map<string, Remedy[]>();
  for (const each of versions.values()) {
    for (const remedy of planned(context, each)) {
      const key = changeOf(remedy);
      const group = groups.get(key);
      if (group !== undefined) group.push(remedy);
      else if (groups.size < MOST) groups.set(key, [remedy]);
    }
    if (groups.size >= MOST) break;
  }
  const fixes = orderFixes(
    [...groups.values()].map((group) => fixOf(group, versions.size)),
    (fix) => fix,
  );
  const commands = new Set(fixes.flatMap(({ edits, command }) => (edits.length > 0 ? (command ?? []) : [])));
  return [...fixes, ...[...commands].map(copying)];
}

const plans = new WeakMap<object, Map<string, readonly Remedy[]>>();

/** A package that dozens of dependencies bring is a finding of each, and planned for once. */
function planned(context: RemedyContext, bad: BadPackage): readonly Remedy[] {
  const known = plans.get(context.moment) ?? new Map<string, readonly Remedy[]>();
  plans.set(context.moment, known);
  const key = `${context.project.root} ${bad.name}@${bad.version}`;
  const remedies = known.get(key) ?? planRemedies(context, bad);
  known.set(key, remedies);
  return remedies;
}

/**
 * The same change may help against several packages. Never safe: what is installed changes, and the lockfile has to follow.
 * @param count how many bad packages there are
 */
function fixOf(group: readonly Remedy[], count: number): Fix {
  const { edits, command } = group[0]!;
  const isComplete = group.length === count && group.every(isWhole);
  const left = [...new Set(group.flatMap(leftWords))];
  return {
    title: fixTitle(group),
    applicability: edits.length > 0 ? 'unsafe' : 'display-only',
    edits,
    ...(command === undefined ? {} : { command }),
    ...(left.length === 0 ? {} : { leaves: left }),
    effect: { type: 'security', isComplete, isMajor: group.some(({ isMajor }) => isMajor) },
  };
}

function isWhole({ leaves, bundlers }: Remedy): boolean {
  return leaves.length + bundlers.length === 0;
}

/** What stays after a remedy, as its title says it. */
function leftWords({ bad, leaves, bundlers }: Remedy): readonly string[] {
  const left = leaves.length === 0 ? [] : [advisoriesLeft(leaves)];
  return bundlers.length === 0 ? left : [...left, bundledLeft(bad, bundlers)];
}

function copying(command: string): Fix {
  return { title: `Copy: ${command}`, applicability: 'display-only', edits: [], command };
}
