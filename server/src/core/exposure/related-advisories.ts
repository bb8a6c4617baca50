import type { Related } from '../finding.ts';
import type { Lockfile } from '../lockfile/lockfile.ts';
import type { CheckedFile } from '../rules/rule.ts';
import type { AdvisoryFacts } from './advisory-facts.ts';
import { advisoryLine } from './advisory-words.ts';
import type { ExposedPlace } from './exposed-place.ts';
import type { ToldAdvisory } from './told-advisories.ts';

/** An editor shows them one below the other. */
const MOST = 20;

/** Each advisory at the entry of the package that it affects, with the way to it; of an entry also what brings it. */
export function relatedAdvisories(
  place: ExposedPlace,
  told: readonly ToldAdvisory[],
  file: CheckedFile,
  lockfile: Lockfile | undefined,
): readonly Related[] {
  const here = { uri: file.uri!, span: place.span };
  const related: Related[] = [...place.related];
  // One advisory on what nothing brings is all in the message, at this very entry.
  const isAllSaid = place.kind === 'entry' && told.length === 1 && told[0]!.of.path.length === 1;
  if (isAllSaid) return related;
  for (const { facts, of } of told.slice(0, MOST)) {
    const { entry } = of;
    const there =
      entry === undefined || lockfile === undefined ? here : { uri: lockfile.uri, span: entry.keySpan };
    related.push({ ...there, message: lineOf(facts) });
  }
  const bringer = place.kind === 'entry' ? place.own?.bringer : undefined;
  if (bringer !== undefined && lockfile !== undefined) {
    related.push({ uri: lockfile.uri, span: bringer.keySpan, message: `${place.own!.path[0]} brings it.` });
  }
  const more = told.length - MOST;
  if (more > 0) related.push({ ...here, message: `And ${more} more.` });
  return related;
}

const lines = new WeakMap<AdvisoryFacts, string>();

function lineOf(facts: AdvisoryFacts): string {
  const line = lines.get(facts) ?? advisoryLine(facts);
  lines.set(facts, line);
  return line;
}
