import type { Advisory, Affected } from '../advisory.ts';
import type { AdvisoryLayer } from '../advisory-layer.ts';
import { npmRange } from '../osv/npm-range.ts';
import { compareIds } from './advisory-ids.ts';
import type { LayeredAdvisory } from './group-reports.ts';

/**
 * Combines what sources report on the same thing into one advisory. For versions that a live source was queried for,
 * its result counts; for others it may lack ranges, so that those of the next source count too.
 *
 * @param group best source first
 * @param live the live sources of the project, best first
 */
export function combinedAdvisory(
  group: readonly LayeredAdvisory[],
  live: readonly AdvisoryLayer[],
): Advisory {
  const all = group.map(({ advisory }) => advisory);
  const best = all[0]!;
  const ids = [...new Set(all.flatMap((each) => [each.id, ...each.aliases]))].sort(compareIds);
  const id = ids[0]!;
  const isMalware = all.some((each) => each.isMalware);
  const known = <K extends keyof Advisory>(member: K): Advisory[K] =>
    all.find((each) => each[member] !== undefined)?.[member] as Advisory[K];
  const said = known('severity') ?? (best.source === 'registry' ? 'high' : undefined);
  const deciding = decidingReports(group, isMalware);
  return {
    id,
    aliases: ids.slice(1).sort(),
    package: best.package,
    severity: isMalware ? 'critical' : said,
    score: known('score'),
    cwes: all.find(({ cwes }) => cwes.length > 0)?.cwes ?? [],
    isMalware,
    title: known('title'),
    published: known('published'),
    modified: known('modified'),
    range: rangeOf(deciding),
    isUnbounded: deciding.every(({ advisory }) => advisory.isUnbounded),
    quality: best.quality,
    isLow: all.every(({ isLow }) => isLow),
    fixedIn: all.find(({ fixedIn }) => fixedIn.length > 0)?.fixedIn ?? [],
    source: best.source,
    affects: (version) => verdict(deciding, live, isMalware, version),
  };
}

/**
 * Records of malware often claim every version there is, while others list the bad ones: then only the latter count.
 */
function decidingReports(group: readonly LayeredAdvisory[], isMalware: boolean): readonly LayeredAdvisory[] {
  if (!isMalware) return group;
  const exact = group.filter(({ advisory }) => !npmRange(advisory.range).isEverything);
  return exact.length > 0 ? exact : group;
}

/** For a live source that was queried for some versions only, adds the other ranges from the next one. */
function rangeOf(group: readonly LayeredAdvisory[]): string {
  const { advisory, layer } = group[0]!;
  const next = group.find((each) => each.layer.answered === undefined)?.advisory;
  if (layer.answered === undefined || next === undefined) return advisory.range;
  const range = npmRange(advisory.range);
  const others = npmRange(next.range).parts.filter((part) => !range.overlaps(part));
  return [advisory.range, ...others].join(' || ');
}

function verdict(
  group: readonly LayeredAdvisory[],
  live: readonly AdvisoryLayer[],
  isMalware: boolean,
  version: string,
): Affected {
  const name = group[0]!.advisory.package;
  const reported = group.filter(({ layer }) => layer.answered !== undefined);
  if (reported.some(({ advisory }) => advisory.affects(version) === 'yes')) return 'yes';
  const denying = reported.filter(({ advisory }) => advisory.affects(version) === 'no');
  if (denying.some(({ layer }) => layer.answered!(name, version))) return 'no';
  const built = group.filter(({ layer }) => layer.answered === undefined);
  for (const layer of new Set(built.map((each) => each.layer))) {
    const ofLayer = built.filter((each) => each.layer === layer).map(({ advisory }) => advisory);
    const verdicts = ofLayer.map((advisory) => advisory.affects(version));
    if (verdicts.includes('yes')) return 'yes';
    if (!verdicts.includes('unknown')) return 'no';
  }
  if (built.length === 0) return denying.length > 0 ? 'no' : 'unknown';
  // A live source knows the end of a range that others lost.
  const isCleared = !isMalware && live.some((layer) => layer.answered!(name, version));
  return isCleared ? 'no' : 'unknown';
}
