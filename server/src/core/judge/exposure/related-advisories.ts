import type { Lockfile } from '../../read/lockfile/model/lockfile.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import type { Related } from '../../read/text/finding.ts';
import { groupBy } from '../../read/text/group-by.ts';
import { packageLine, restLine, wayLine } from './describe-advisory.ts';
import type { ExposedPlace } from './exposed-place.ts';
import type { ShownAdvisory } from './shown-advisories.ts';

/** Editors list them vertically. */
const MOST = 5;

/**
 * Returns each package with its advisories and dependency path at its entry, and for an entry also the direct
 * dependency that pulls it in. Omits what the message of a single advisory already says.
 */
export function relatedAdvisories(
  place: ExposedPlace,
  reported: readonly ShownAdvisory[],
  file: CheckedFile,
  lockfile: Lockfile | undefined,
): readonly Related[] {
  const related: Related[] = [...place.related];
  // A single advisory on a direct dependency is fully covered by the message at this entry.
  const isAllSaid = place.kind === 'entry' && reported.length === 1 && reported[0]!.of.path.length === 1;
  if (isAllSaid) return related;
  const packages = [...groupBy(reported, ({ of }) => of)];
  const at = ({ entry }: ShownAdvisory['of']): Pick<Related, 'uri' | 'span'> =>
    entry === undefined || lockfile === undefined
      ? { uri: file.uri!, span: place.span }
      : { uri: lockfile.uri, span: entry.keySpan };
  for (const [of, all] of packages.slice(0, MOST)) {
    related.push({ ...at(of), message: lineOf(all, reported.length === 1) });
  }
  const introducer = place.kind === 'entry' ? place.own?.introducer : undefined;
  if (introducer !== undefined && lockfile !== undefined) {
    related.push({
      uri: lockfile.uri,
      span: introducer.keySpan,
      message: `${place.own!.path[0]} pulls it in.`,
    });
  }
  const rest = packages.slice(MOST);
  if (rest.length > 0) {
    const message = restLine(rest.map(([, all]) => all.map(({ facts }) => facts)));
    related.push({ ...at(rest[0]![0]), message });
  }
  return related;
}

function lineOf(all: readonly ShownAdvisory[], isOnly: boolean): string {
  return isOnly ? wayLine(all[0]!.facts) : packageLine(all.map(({ facts }) => facts));
}
