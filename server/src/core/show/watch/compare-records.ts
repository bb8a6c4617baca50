import semver from 'semver';
import { trustRank } from '../../know/registry/releases/trust-level.ts';
import { newPackages } from './new-packages.ts';
import { WATCH_EVENT_KINDS, type WatchEvent } from './watch-event.ts';
import type {
  NewestVersion,
  WatchedAdvisory,
  WatchedDependency,
  WatchedRelease,
  WatchedVersion,
  WatchRecord,
} from './watch-record.ts';

/**
 * Returns the news about dependencies in both records, most urgent first. Only known facts can change, so it reports
 * nothing about dependencies or versions missing from the first record, or about anything unknown in either record.
 *
 * @param critical the packages of which every new version is news
 */
export function compareRecords(
  before: WatchRecord,
  now: WatchRecord,
  critical: ReadonlySet<string> = new Set(),
): readonly WatchEvent[] {
  const known = new Map(before.dependencies.map((dependency) => [dependency.name, dependency]));
  const events = now.dependencies.flatMap((dependency) => {
    const earlier = known.get(dependency.name);
    const news = earlier === undefined ? [] : [...newsOf(earlier, dependency, critical)];
    // A registry decides how much is news about one package, but not how many lines it fills.
    return news.sort((a, b) => urgency(a) - urgency(b)).slice(0, MOST_OF_DEPENDENCY);
  });
  events.push(...newLookAlikes(before, now), ...newPackages(before, now));
  return events.sort((a, b) => urgency(a) - urgency(b));
}

const MOST_OF_DEPENDENCY = 20;

function* newsOf(
  before: WatchedDependency,
  now: WatchedDependency,
  critical: ReadonlySet<string>,
): Generator<WatchEvent> {
  const { name, newest } = now;
  const isRemoved = before.isListed === true && now.isListed === false;
  const inUse = now.versions.at(-1)?.version ?? before.versions.at(-1)?.version;
  if (isRemoved && inUse !== undefined) yield { kind: 'removed', what: 'package', name, version: inUse };
  for (const each of now.versions) {
    const { version } = each;
    const earlier = before.versions.find((other) => other.version === version);
    if (earlier === undefined) continue;
    for (const advisory of newAdvisories(earlier, each)) {
      yield { kind: advisory.isMalware ? 'malware' : 'advisory', name, version, advisory };
    }
    if (earlier.deprecated === false && typeof each.deprecated === 'string') {
      yield { kind: 'deprecated', name, version, reason: each.deprecated, newer: laterThan(version, newest) };
    }
    if (!isRemoved && earlier.isListed === true && each.isListed === false)
      yield { kind: 'removed', what: 'version', name, version };
  }
  yield* otherPublisher(before, now);
  yield* otherReleases(before, now, critical.has(name));
  yield* newMaintainers(before, now);
  yield* newVersion(before, now, critical.has(name));
}

/** Compares the newest version, and what updates within the lines in use would install, with those before. */
function* otherReleases(
  before: WatchedDependency,
  { name, release, lines, versions }: WatchedDependency,
  isCritical: boolean,
): Generator<WatchEvent> {
  if (before.release !== null && release !== null) yield* otherRelease(name, before.release, release);
  const known = [...(before.lines ?? []), ...(before.release === null ? [] : [before.release])];
  for (const line of before.lines === null ? [] : (lines ?? [])) {
    const isSame = (each: WatchedRelease) => semver.satisfies(line.version, `^${each.version}`);
    const [earlier] = known.filter(isSame).sort((a, b) => semver.rcompare(a.version, b.version));
    if (earlier === undefined) continue;
    yield* otherRelease(name, earlier, line);
    const inUse = versions.findLast(({ version }) => semver.satisfies(line.version, `^${version}`))?.version;
    if (isCritical && inUse !== undefined && semver.gt(line.version, earlier.version))
      yield {
        ...{ kind: 'version', name, version: inUse },
        ...{ newest: line.version, waitsUntil: line.waitsUntil },
      };
  }
}

function* otherRelease(
  name: string,
  earlier: WatchedRelease,
  release: WatchedRelease,
): Generator<WatchEvent> {
  if (!semver.gt(release.version, earlier.version)) return;
  const { version, trust } = release;
  const versionBefore = earlier.version;
  if (release.hasScript === true && earlier.hasScript === false)
    yield { kind: 'script', name, version, versionBefore };
  if (trust !== null && earlier.trust !== null && trustRank(trust) < trustRank(earlier.trust))
    yield { kind: 'trust', name, version, trust, before: earlier.trust, versionBefore };
}

function* newMaintainers(before: WatchedDependency, now: WatchedDependency): Generator<WatchEvent> {
  const { name, maintainers, versions } = now;
  const version = versions.at(-1)?.version;
  if (before.maintainers === null || maintainers === null || version === undefined) return;
  const known = new Set(before.maintainers.map((account) => account.toLowerCase()));
  const added = maintainers.filter((account) => !known.has(account.toLowerCase()));
  if (added.length > 0) yield { kind: 'maintainer', name, version, added };
}

/** Returns names that no registry had before, and that one has now. */
function newLookAlikes(before: WatchRecord, now: WatchRecord): readonly WatchEvent[] {
  const free = new Set(before.lookAlikes.flatMap(({ name, version }) => (version === false ? [name] : [])));
  return now.lookAlikes.flatMap(({ name, like, version }): WatchEvent[] =>
    typeof version === 'string' && free.has(name) ? [{ kind: 'look-alike', name, version, like }] : [],
  );
}

/** Skips advisories of a source that had not answered before: they may be old. */
function newAdvisories(before: WatchedVersion, now: WatchedVersion): readonly WatchedAdvisory[] {
  return now.advisories.filter((advisory) => {
    if (advisory.isAccepted || !before.toldBy.includes(advisory.source)) return false;
    const earlier = before.advisories.filter(({ ids }) => ids.some((id) => advisory.ids.includes(id)));
    return earlier.length === 0 || (isCertainMalware(advisory) && !earlier.some(isCertainMalware));
  });
}

/** Checks for certain malware. A report of every version may later be narrowed to the malicious ones, which is news. */
function isCertainMalware({ isMalware, isDoubtful }: WatchedAdvisory): boolean {
  return isMalware && !isDoubtful;
}

function* otherPublisher(before: WatchedDependency, { name, publisher }: WatchedDependency) {
  const earlier = before.publisher;
  if (earlier === null || publisher === null || !publisher.isUnlikeBefore) return;
  if (!semver.gt(publisher.version, earlier.version)) return;
  if (publisher.name.toLowerCase() === earlier.name.toLowerCase()) return;
  yield {
    kind: 'publisher',
    name,
    version: publisher.version,
    publisher: publisher.name,
    before: earlier.name,
    versionBefore: earlier.version,
  } as const;
}

function* newVersion(
  before: WatchedDependency,
  { name, versions, newest }: WatchedDependency,
  isCritical: boolean,
): Generator<WatchEvent> {
  if (before.newest === null || newest === null) return;
  const major = semver.major(newest.version);
  if (semver.major(before.newest.version) >= major) {
    const version = versions.at(-1)?.version;
    if (isCritical && version !== undefined && semver.gt(newest.version, before.newest.version))
      yield { kind: 'version', name, version, newest: newest.version, waitsUntil: newest.waitsUntil };
    return;
  }
  const older = versions.map(({ version }) => version).filter((version) => semver.major(version) < major);
  const version = older.sort(semver.compare).at(-1);
  if (version === undefined) return;
  yield { kind: 'major', name, version, newest: newest.version, waitsUntil: newest.waitsUntil } as const;
}

function laterThan(version: string, newest: NewestVersion | null): string | null {
  const isOpen = newest !== null && newest.waitsUntil === null;
  return isOpen && semver.gt(newest.version, version) ? newest.version : null;
}

const SEVERITIES = ['critical', 'high', 'moderate', null, 'low', 'info'] as const;

function urgency(event: WatchEvent): number {
  const kind = WATCH_EVENT_KINDS.indexOf(event.kind) * SEVERITIES.length;
  return event.kind === 'advisory' ? kind + SEVERITIES.indexOf(event.advisory.severity) : kind;
}
