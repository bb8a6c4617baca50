import semver from 'semver';
import { WATCH_EVENT_KINDS, type WatchEvent } from './watch-event.ts';
import type {
  NewestVersion,
  WatchedAdvisory,
  WatchedDependency,
  WatchedVersion,
  WatchRecord,
} from './watch-record.ts';

/**
 * Returns the news about dependencies in both records, most urgent first. Only known facts can change, so it reports
 * nothing about dependencies or versions missing from the first record, or about anything unknown in either record.
 */
export function compareRecords(before: WatchRecord, now: WatchRecord): readonly WatchEvent[] {
  const known = new Map(before.dependencies.map((dependency) => [dependency.name, dependency]));
  const events = now.dependencies.flatMap((dependency) => {
    const earlier = known.get(dependency.name);
    return earlier === undefined ? [] : [...newsOf(earlier, dependency)];
  });
  return events.sort((a, b) => urgency(a) - urgency(b));
}

function* newsOf(before: WatchedDependency, now: WatchedDependency): Generator<WatchEvent> {
  const { name, newest } = now;
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
  }
  yield* otherPublisher(before, now);
  yield* newMajor(before, now);
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

function* newMajor(before: WatchedDependency, { name, versions, newest }: WatchedDependency) {
  if (before.newest === null || newest === null) return;
  const major = semver.major(newest.version);
  if (semver.major(before.newest.version) >= major) return;
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
