import semver from 'semver';
import type { Affected } from '../../server/src/core/know/advisory/advisory.ts';
import type { OsvAffected, OsvRecord } from './advisory-data.ts';

const OPTIONS = { includePrerelease: true, loose: true };

/** The content of some records about one package, judged with semver alone. */
export interface OracleAdvisory {
  readonly ids: ReadonlySet<string>;
  readonly name: string;
  readonly isMalware: boolean;
  /** Every version in the records. */
  readonly written: readonly string[];
  affects(version: semver.SemVer): Affected;
}

/** One record's content about a package: ranges with an end, without one, and with a lost end, and listed versions. */
interface Claim {
  readonly ending: readonly semver.Range[];
  readonly open: readonly semver.Range[];
  readonly lost: readonly semver.Range[];
  readonly listed: readonly semver.SemVer[];
  /** The last affected version, or the first unaffected one. */
  readonly ends: readonly string[];
  readonly isReviewed: boolean;
}

/**
 * Returns the content of all records, by package: records that share an id are about the same thing, except for those
 * of GitHub and CVE that have ranges of their own and name several records. Withdrawn ones are ignored.
 */
export function oracleAdvisories(records: readonly OsvRecord[]): ReadonlyMap<string, OracleAdvisory[]> {
  const byName = new Map<string, OracleAdvisory[]>();
  for (const group of groupsOf(records.filter(({ withdrawn }) => withdrawn === undefined))) {
    const names = new Set(group.flatMap((record) => record.affected.map((each) => each.package.name)));
    for (const name of names) {
      const all = group.filter(({ affected }) => affected.some((each) => each.package.name === name));
      const advisories = apart(name, all).map((records) => advisoryOf(name, records));
      byName.set(name, [...(byName.get(name) ?? []), ...advisories]);
    }
  }
  return byName;
}

function groupsOf(records: readonly OsvRecord[]): readonly (readonly OsvRecord[])[] {
  const byId = new Map<string, OsvRecord[]>();
  for (const record of records) {
    for (const id of idsOf(record)) byId.set(id, [...(byId.get(id) ?? []), record]);
  }
  const seen = new Set<OsvRecord>();
  const groups: OsvRecord[][] = [];
  for (const record of records) {
    if (seen.has(record)) continue;
    const group: OsvRecord[] = [];
    const waiting = [record];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      group.push(next);
      waiting.push(...idsOf(next).flatMap((id) => byId.get(id) ?? []));
    }
    groups.push(group);
  }
  return groups;
}

/** Returns the ids, without GitHub's own records of similar issues, which are not the same. */
function idsOf({ id, aliases = [] }: OsvRecord): readonly string[] {
  return [id, ...aliases.filter((alias) => !(id.startsWith('GHSA-') && alias.startsWith('GHSA-')))];
}

/** Splits a group, which in the data only happens to GitHub's and CVE's own records. */
function apart(name: string, records: readonly OsvRecord[]): readonly (readonly OsvRecord[])[] {
  const ids = new Set(records.flatMap(idsOf));
  const count = (prefix: string) => [...ids].filter((id) => id.startsWith(prefix)).length;
  const isOne = count('GHSA-') < 2 && count('CVE-') < 2;
  const versions = new Set(records.map((record) => versionsOf(name, record)));
  if (records.length === 1 || records.some(saysMalware) || isOne || versions.size === 1) return [records];
  for (const { id } of records) if (!/^(?:GHSA|CVE)-/.test(id)) throw new Error(`${id} of ${name}: by hand`);
  return records.map((record) => [record]);
}

function versionsOf(name: string, { affected }: OsvRecord): string {
  return affected
    .filter((each) => each.package.name === name)
    .map(({ ranges, versions }) => JSON.stringify([ranges, versions]))
    .sort()
    .join();
}

function advisoryOf(name: string, records: readonly OsvRecord[]): OracleAdvisory {
  const claims = records.map((record) => claimOf(name, record));
  const isMalware = records.some(saysMalware);
  return {
    ids: new Set(records.flatMap(idsOf)),
    name,
    isMalware,
    written: records.flatMap((record) => record.affected.flatMap(versionsIn)),
    affects: (version) => (isMalware ? malwareVerdict(claims, version) : verdict(claims, version)),
  };
}

function saysMalware({ id, aliases = [], summary, database_specific }: OsvRecord): boolean {
  const weaknesses = database_specific.cwe_ids ?? [];
  return (
    [id, ...aliases].some((each) => each.startsWith('MAL-')) ||
    weaknesses.some((cwe) => Number(cwe.slice(4)) >= 506 && Number(cwe.slice(4)) <= 512) ||
    / is malware$|^(Embedded )?(malware|malicious code) in |^Malicious (Package|code|version)/i.test(summary)
  );
}

function versionsIn({ ranges = [], versions = [] }: OsvAffected): readonly string[] {
  return [...versions, ...ranges.flatMap(({ events }) => events.flatMap((event) => Object.values(event)))];
}

function claimOf(name: string, record: OsvRecord): Claim {
  const ending: string[] = [];
  const open: string[] = [];
  const lost: string[] = [];
  const listed: string[] = [];
  const ends: string[] = [];
  for (const { package: of, ranges = [], versions = [], database_specific } of record.affected) {
    if (of.name !== name) continue;
    listed.push(...versions);
    for (const { events } of ranges) {
      for (let at = 0; at < events.length; at += 2) {
        const from = events[at]!.introduced!;
        const start = from === '0' ? '' : `>=${from}`;
        const { fixed, last_affected: last } = events[at + 1] ?? {};
        if (fixed !== undefined) ending.push(`${start} <${fixed}`);
        else if (last !== undefined) ending.push(`${start} <=${last}`);
        else (database_specific?.upper_bound === 'unknown-in-source' ? lost : open).push(start);
        const end = fixed ?? last;
        if (end !== undefined) ends.push(end);
      }
    }
  }
  const rangesOf = (texts: readonly string[]) => texts.map((text) => new semver.Range(text, OPTIONS));
  return {
    ending: rangesOf(ending),
    open: rangesOf(open),
    lost: rangesOf(lost),
    listed: listed.map((version) => new semver.SemVer(version, OPTIONS)),
    ends,
    isReviewed: record.id.startsWith('GHSA-') || record.database_specific.github_reviewed === true,
  };
}

/** Judges malware: listed versions and ranges with an end take precedence. */
function malwareVerdict(claims: readonly Claim[], version: semver.SemVer): Affected {
  const ending = reviewedFirst(claims.filter((claim) => claim.ending.length > 0));
  const listing = claims.filter((claim) => claim.listed.length > 0);
  if (ending.length > 0 || listing.length > 0) {
    const isIn =
      ending.some((claim) => holds(claim.ending, version)) || listing.some((claim) => lists(claim, version));
    return isIn ? 'yes' : 'no';
  }
  if (claims.some(({ open }) => open.length > 0))
    return claims.some(({ open }) => holds(open, version)) ? 'yes' : 'no';
  return claims.some(({ lost }) => holds(lost, version)) ? 'unknown' : 'no';
}

/**
 * Judges a version. A range whose end is lost extends as far as another record says; without one, or above the listed
 * versions, it is unknown.
 */
function verdict(claims: readonly Claim[], version: semver.SemVer): Affected {
  const telling = claims.filter(
    ({ ending, open, listed }) => ending.length + open.length + listed.length > 0,
  );
  const deciding = reviewedFirst(telling);
  if (deciding.some((claim) => holds([...claim.ending, ...claim.open], version) || lists(claim, version)))
    return 'yes';
  const verdicts = claims.map((claim): Affected => {
    if (!holds(claim.lost, version)) return 'no';
    const others = telling.filter((other) => other !== claim);
    const start = claim.lost.map((range) => semver.minVersion(range)!).sort(semver.compare)[0]!;
    if (others.some(({ open }) => open.length > 0)) return 'yes';
    const ends = others.flatMap((other) => other.ends).filter((end) => semver.gt(end, start));
    if (ends.length > 0)
      return others.some(({ ending }) => ending.some((range) => !semver.gtr(version, range, OPTIONS)))
        ? 'yes'
        : 'no';
    const listed = others.flatMap((other) => other.listed);
    return listed.some((last) => semver.lte(version, last)) ? 'yes' : 'unknown';
  });
  return verdicts.includes('yes') ? 'yes' : verdicts.includes('unknown') ? 'unknown' : 'no';
}

function reviewedFirst(claims: readonly Claim[]): readonly Claim[] {
  const reviewed = claims.filter(({ isReviewed }) => isReviewed);
  return reviewed.length > 0 ? reviewed : claims;
}

function holds(ranges: readonly semver.Range[], version: semver.SemVer): boolean {
  return ranges.some((range) => range.test(version));
}

function lists({ listed }: Claim, version: semver.SemVer): boolean {
  return listed.some((each) => each.compare(version) === 0);
}
