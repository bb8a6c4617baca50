import type { Fix } from '../../read/text/finding.ts';
import { orderFixes } from '../check/fix-order.ts';
import type { BadPackage, RemedyContext } from './bad-package.ts';
import { planRemedies } from './plan-remedies.ts';
import type { Remedy } from './remedy.ts';
import { changeOf } from './remedy.ts';
import { advisoriesLeft, bundledLeft, fixTitle } from './titles.ts';

/** A dependency may pull in dozens of bad packages, but nobody reads a longer menu of fixes. */
const MOST = 5;

/**
 * Returns fixes for vulnerable or malicious versions, best first: edits that select other versions, each stating the
 * exact result, and commands to copy. Covers all dependents in the project, not only the one the finding is at. The
 * advisories come from `context.advisories`. Walks the graph, so call it only when fixes are displayed.
 * @param bad the versions reported by a finding, highest severity first; several if one dependency pulls in several
 */
export function remediesFor(context: RemedyContext, bad: readonly BadPackage[]): readonly Fix[] {
  // Several advisories may affect one version.
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

/** Caches plans, as a package pulled in by dozens of dependencies has a finding at each. */
function planned(context: RemedyContext, bad: BadPackage): readonly Remedy[] {
  const known = plans.get(context.moment) ?? new Map<string, readonly Remedy[]>();
  plans.set(context.moment, known);
  const key = `${context.project.root} ${bad.name}@${bad.version}`;
  const remedies = known.get(key) ?? planRemedies(context, bad);
  known.set(key, remedies);
  return remedies;
}

/**
 * Merges remedies with the same change, which may help against several packages. Never safe: it changes what is
 * installed, and the lockfile must follow.
 * @param count the number of bad packages
 */
function fixOf(group: readonly Remedy[], count: number): Fix {
  const { edits, command } = group[0]!;
  const isComplete = group.length === count && group.every(isWhole);
  const left = [...new Set(group.flatMap(describeLeft))];
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

/** Describes what remains after a remedy, for its title. */
function describeLeft({ bad, leaves, bundlers }: Remedy): readonly string[] {
  const left = leaves.length === 0 ? [] : [advisoriesLeft(leaves)];
  return bundlers.length === 0 ? left : [...left, bundledLeft(bad, bundlers)];
}

function copying(command: string): Fix {
  return { title: `Copy: ${command}`, applicability: 'display-only', edits: [], command };
}
