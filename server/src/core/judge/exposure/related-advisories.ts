import type { Lockfile } from '../../read/lockfile/model/lockfile.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import type { Related } from '../../read/text/finding.ts';
import { groupBy } from '../../read/text/group-by.ts';
import { packageLine, restLine, wayLine } from './advisory-words.ts';
import type { ExposedPlace } from './exposed-place.ts';
import type { ToldAdvisory } from './told-advisories.ts';

/** An editor shows them one below the other. */
const MOST = 5;

/**
 * Each package with its advisories at its entry, and the way to it; of an entry also what brings it. What the message of a
 * single advisory says is not said again.
 */
export function relatedAdvisories(
  place: ExposedPlace,
  told: readonly ToldAdvisory[],
  file: CheckedFile,
  lockfile: Lockfile | undefined,
): readonly Related[] {
  const related: Related[] = [...place.related];
  // One advisory on what nothing brings is all in the message, at this very entry.
  const isAllSaid = place.kind === 'entry' && told.length === 1 && told[0]!.of.path.length === 1;
  if (isAllSaid) return related;
  const packages = [...groupBy(told, ({ of }) => of)];
  const at = ({ entry }: ToldAdvisory['of']): Pick<Related, 'uri' | 'span'> =>
    entry === undefined || lockfile === undefined
      ? { uri: file.uri!, span: place.span }
      : { uri: lockfile.uri, span: entry.keySpan };
  for (const [of, all] of packages.slice(0, MOST)) {
    related.push({ ...at(of), message: lineOf(all, told.length === 1) });
  }
  const bringer = place.kind === 'entry' ? place.own?.bringer : undefined;
  if (bringer !== undefined && lockfile !== undefined) {
    related.push({ uri: lockfile.uri, span: bringer.keySpan, message: `${place.own!.path[0]} pulls it in.` });
  }
  const rest = packages.slice(MOST);
  if (rest.length > 0) {
    const message = restLine(rest.map(([, all]) => all.map(({ facts }) => facts)));
    related.push({ ...at(rest[0]![0]), message });
  }
  return related;
}

function lineOf(all: readonly ToldAdvisory[], isOnly: boolean): string {
  return isOnly ? wayLine(all[0]!.facts) : packageLine(all.map(({ facts }) => facts));
}
