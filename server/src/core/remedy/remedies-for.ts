import type { Fix } from '../finding.ts';
import { planRemedies } from './plan-remedies.ts';
import type { BadPackage, Remedy, RemedyContext } from './remedy.ts';

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
  const edits = new Map<string, Fix>();
  const commands = new Map<string, Fix>();
  // Several advisories may be about one version.
  const versions = new Map(bad.map((each) => [`${each.name}@${each.version}`, each]));
  for (const each of versions.values()) {
    if (edits.size + commands.size >= MOST) break;
    for (const remedy of planned(context, each)) {
      if (remedy.edits.length > 0) edits.set(remedy.title, editing(remedy));
      if (remedy.command !== undefined) {
        const title = remedy.edits.length > 0 ? `Copy: ${remedy.command}` : remedy.title;
        if (!commands.has(remedy.command)) commands.set(remedy.command, copying(title, remedy.command));
      }
    }
  }
  return [...edits.values(), ...commands.values()];
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

/** Never safe: what is installed changes, and the lockfile has to follow. */
function editing({ title, edits, command }: Remedy): Fix {
  return { title, applicability: 'unsafe', edits, ...(command === undefined ? {} : { command }) };
}

function copying(title: string, command: string): Fix {
  return { title, applicability: 'display-only', edits: [], command };
}
