import semver from 'semver';
import { asObject, asText, type JsonObject, member } from '../../registry/documents/json-value.ts';
import type { RecordQuality } from '../advisory.ts';
import { hasMalwareSigns } from '../malware-signs.ts';
import { isLowId } from '../reports/advisory-ids.ts';
import type { AdvisoryReport, Bound, VersionInterval } from '../reports/advisory-report.ts';
import { ECOSYSTEM } from './ecosystem.ts';
import { osvIntervals, withLostEnd } from './osv-intervals.ts';
import { readSeverity, severityOfScore } from './severity.ts';

/** Returns the base score of a CVSS vector of version 3 or 4; undefined for an invalid one. */
export type ScoreOf = (vector: string) => number | undefined;

/** The content of one record. */
export interface OsvReading {
  /** One for each npm package that the record names; none if it is withdrawn. */
  readonly reports: readonly AdvisoryReport[];
  /** The id of a withdrawn record. */
  readonly withdrawn: string | undefined;
  /** What was unreadable, as a clause without the record's text; the readable rest is in the reports nevertheless. */
  readonly problem: string | undefined;
}

const MAX_ID = 120;
const MAX_IDS = 60;
const MAX_NAME = 300;
const MAX_TITLE = 300;
const MAX_AFFECTED = 20_000;
const MAX_RANGES = 1_000;
const MAX_VERSIONS = 50_000;
const MAX_VERSION = 256;
const MAX_CWES = 20;

/** Reads a record in the OSV format. Never throws, whatever the record is. */
export function readOsv(record: unknown, scoreOf?: ScoreOf): OsvReading {
  const object = asObject(record);
  const id = readId(member(object, 'id'));
  if (object === undefined || id === undefined) return nothing('it has no id');
  if (member(object, 'withdrawn') !== undefined && member(object, 'withdrawn') !== null)
    return { reports: [], withdrawn: id, problem: undefined };
  const affected = member(object, 'affected');
  if (!Array.isArray(affected)) return nothing('it names no packages');
  const facts = readFacts(object, id, scoreOf);
  const packages = new Map<string, AffectedVersions>();
  let problem = affected.length > MAX_AFFECTED ? 'it names too many packages' : undefined;
  for (const each of affected.slice(0, MAX_AFFECTED) as readonly unknown[]) {
    const entry = asObject(each);
    const at = asObject(member(entry, 'package'));
    if (member(at, 'ecosystem') !== ECOSYSTEM) continue;
    const name = asText(member(at, 'name'), MAX_NAME);
    if (entry === undefined || name === undefined) {
      problem ??= 'a package has no name';
      continue;
    }
    const versions = packages.get(name) ?? { intervals: [], versions: [] };
    packages.set(name, versions);
    if (!readAffected(entry, versions)) problem ??= 'some of its versions cannot be read';
  }
  const reports = [...packages].map(([name, versions]) => ({ ...facts, package: name, ...versions }));
  return { reports, withdrawn: undefined, problem };
}

function nothing(problem: string): OsvReading {
  return { reports: [], withdrawn: undefined, problem };
}

type Facts = Omit<AdvisoryReport, 'package' | 'intervals' | 'versions'>;

function readFacts(object: JsonObject, id: string, scoreOf: ScoreOf | undefined): Facts {
  const specific = asObject(member(object, 'database_specific'));
  const aliases = listOf(member(object, 'aliases'), MAX_IDS).map(readId);
  const ids: [string, ...string[]] = [id];
  for (const alias of aliases) {
    if (alias !== undefined && !ids.includes(alias) && !isOtherRecord(id, alias)) ids.push(alias);
  }
  const affected = listOf(member(object, 'affected'), MAX_AFFECTED).map(asObject);
  const cwes = cwesOf(specific, affected);
  const title = asText(member(object, 'summary'), MAX_TITLE, true);
  const isMalware =
    ids.some((each) => each.startsWith('MAL-')) ||
    member(specific, 'malicious-packages-origins') !== undefined ||
    hasMalwareSigns(cwes, title);
  const score = scoreOf && bestScore(object, affected, scoreOf);
  const said = readSeverity(member(specific, 'severity'));
  return {
    ids,
    severity: isMalware ? 'critical' : (said ?? (score === undefined ? undefined : severityOfScore(score))),
    score,
    cwes,
    isMalware,
    isReviewed: (member(specific, 'github_reviewed') ?? id.startsWith('GHSA-')) === true,
    isLow: isLowId(id),
    quality: qualityOf(specific, title),
    title,
    published: readDay(member(object, 'published')),
    modified: readDay(member(object, 'modified')),
  };
}

/** GitHub lists related records of its own as aliases: each has separate ranges. */
function isOtherRecord(id: string, alias: string): boolean {
  return id.startsWith('GHSA-') && alias.startsWith('GHSA-');
}

/** A recorded response names its origin; a denied vulnerability has that in its title. */
function qualityOf(specific: JsonObject | undefined, title: string | undefined): RecordQuality {
  const source = asText(member(specific, 'source'), MAX_TITLE, true) ?? '';
  if (/\bbulk[- ]advisory response\b/i.test(source)) return 'partial';
  const isDisputed = member(specific, 'disputed') === true || /^\W*disputed\b/i.test(title ?? '');
  return isDisputed ? 'disputed' : 'complete';
}

interface AffectedVersions {
  readonly intervals: VersionInterval[];
  readonly versions: string[];
}

const EVERY_VERSION_PERHAPS: readonly VersionInterval[] = [{ start: undefined, end: 'lost' }];

/** Returns whether all of it was readable. */
function readAffected(entry: JsonObject, { intervals, versions }: AffectedVersions): boolean {
  const specific = asObject(member(entry, 'database_specific'));
  const isLost = member(specific, 'upper_bound') === 'unknown-in-source';
  const lastKnown = readLastKnown(member(specific, 'last_known_affected_version_range'));
  const ranges = member(entry, 'ranges') ?? [];
  const listed = member(entry, 'versions') ?? [];
  let isComplete = Array.isArray(ranges) && ranges.length <= MAX_RANGES;
  for (const range of listOf(ranges, MAX_RANGES)) {
    const read = osvIntervals(range, lastKnown);
    isComplete &&= read.isComplete;
    // An unreadable range may include any version.
    const held = read.isComplete || read.intervals.length > 0 ? read.intervals : EVERY_VERSION_PERHAPS;
    for (const interval of held)
      intervals.push(isLost && interval.end === 'open' ? withLostEnd(interval) : interval);
  }
  if (!Array.isArray(ranges)) intervals.push(...EVERY_VERSION_PERHAPS);
  isComplete &&= Array.isArray(listed) && listed.length <= MAX_VERSIONS;
  for (const each of listOf(listed, MAX_VERSIONS)) {
    const version = asText(each, MAX_VERSION);
    if (version === undefined) isComplete = false;
    else if (versions.length < MAX_VERSIONS) versions.push(version);
  }
  return isComplete;
}

/** GitHub's records of unfixed vulnerabilities have the last version known to be affected here: `<= 1.2.3`. */
function readLastKnown(value: unknown): Bound | undefined {
  const parts = typeof value === 'string' ? /^\s*<(=?)\s*(\S{1,256})\s*$/.exec(value) : null;
  const version = parts === null ? null : semver.parse(parts[2], { loose: true });
  return version === null ? undefined : { version: version.version, inclusive: parts![1] === '=' };
}

/** The records of ossf/malicious-packages have them in the affected package, as objects. */
function cwesOf(
  specific: JsonObject | undefined,
  affected: readonly (JsonObject | undefined)[],
): readonly string[] {
  const ids = listOf(member(specific, 'cwe_ids'), MAX_CWES);
  const [first] = affected;
  const others = listOf(member(asObject(member(first, 'database_specific')), 'cwes'), MAX_CWES);
  const all = [...ids, ...others.map((each) => member(asObject(each), 'cweId'))];
  return [
    ...new Set(all.filter((each) => typeof each === 'string' && /^CWE-\d{1,6}$/.test(each))),
  ] as string[];
}

/** Returns the rating in the newest version of CVSS that the record, or one of its packages, has. */
function bestScore(
  object: JsonObject,
  affected: readonly (JsonObject | undefined)[],
  scoreOf: ScoreOf,
): number | undefined {
  const rated = [object, ...affected].map((each) => listOf(member(each, 'severity'), 20));
  const vectors = (rated.find((list) => list.length > 0) ?? [])
    .map((each) => asText(member(asObject(each), 'score'), 300))
    .filter((vector) => vector?.startsWith('CVSS:') === true);
  for (const prefix of ['CVSS:4.', 'CVSS:3.']) {
    const vector = vectors.find((each) => each!.startsWith(prefix));
    const score = vector === undefined ? undefined : scoreOf(vector);
    if (score !== undefined) return score;
  }
  return undefined;
}

function readId(value: unknown): string | undefined {
  const id = asText(value, MAX_ID);
  if (id === undefined || !/^[\x21-\x7e]+$/.test(id)) return undefined;
  if (/^ghsa-/i.test(id)) return `GHSA-${id.slice(5).toLowerCase()}`;
  return /^(?:cve|mal)-/i.test(id) ? id.toUpperCase() : id;
}

function readDay(value: unknown): string | undefined {
  return typeof value === 'string' ? /^\d{4}-\d{2}-\d{2}(?=T|$)/.exec(value)?.[0] : undefined;
}

function listOf(value: unknown, max: number): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]).slice(0, max) : [];
}
