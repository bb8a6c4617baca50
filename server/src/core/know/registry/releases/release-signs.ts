import semver from 'semver';
import { memoizeFor } from '../access/remember-for.ts';
import type { Packument, PackumentVersion } from '../documents/packument.ts';
import { publishTimes } from '../documents/publish-times.ts';
import { isTrustedPublish } from '../documents/publisher.ts';
import { earlierVersions, previousVersion } from './earlier-versions.ts';
import { changesBetween } from './version-changes.ts';

/** A property of a release that honest ones seldom have. Each occurs alone; two together are rare. */
export type ReleaseSign =
  | { readonly type: 'awakened'; readonly days: number }
  | { readonly type: 'burst'; readonly count: number; readonly minutes: number; readonly majors: number }
  | { readonly type: 'latest-moved-down'; readonly from: string }
  | { readonly type: 'major-jump'; readonly from: string }
  | { readonly type: 'grown'; readonly before: number; readonly after: number }
  | { readonly type: 'repository-changed'; readonly before: string; readonly after: string | undefined }
  | { readonly type: 'shadowing-command'; readonly command: string }
  | { readonly type: 'above-latest'; readonly latest: string };

type Times = ReadonlyMap<string, number>;

const MINUTE = 60_000;
const DAY = 86_400_000;
const LONG_SILENCE = 365 * DAY;
const JUST_AWAKENED = 30 * DAY;
const BURST = 15 * MINUTE;
const MANY = 3;
const JUMP = 10;
const TIMES_LARGER = 5;
const GROWTH = 2_000_000;
/** A few hundred bytes become thousands when a file is added. */
const SMALL = 20_000;

/** Commands that everybody has and nobody expects from a package. */
const COMMON_COMMANDS: ReadonlySet<string> = new Set([
  ...[
    'node',
    'npm',
    'npx',
    'corepack',
    'yarn',
    'pnpm',
    'bun',
    'git',
    'ssh',
    'scp',
    'curl',
    'wget',
    'sh',
    'bash',
  ],
  ...[
    'zsh',
    'cmd',
    'powershell',
    'pwsh',
    'sudo',
    'su',
    'ls',
    'cd',
    'cp',
    'mv',
    'rm',
    'cat',
    'ps',
    'env',
    'find',
  ],
  ...[
    'grep',
    'sed',
    'awk',
    'tar',
    'make',
    'python',
    'python3',
    'pip',
    'docker',
    'gh',
    'code',
    'open',
    'which',
  ],
]);

/**
 * Returns what is unusual about a version as a release. Facts that the registry does not provide give no sign.
 * @param now milliseconds since 1970
 */
export function releaseSigns(packument: Packument, version: string, now: number): readonly ReleaseSign[] {
  return memoizeFor(packument, `release ${version} ${now}`, () => findSigns(packument, version, now));
}

function findSigns(packument: Packument, version: string, now: number): readonly ReleaseSign[] {
  const own = packument.versions.get(version);
  const times = publishTimes(packument);
  const time = times.get(version);
  if (own === undefined || time === undefined || semver.valid(version) === null) return [];
  const signs = [
    awakened(times, time, now),
    burst(times, version, time),
    latestMovedDown(packument, version, time),
    majorJump(packument, version),
    grown(packument, own),
    repositoryChange(packument, own),
    shadowing(packument, own),
    aboveLatest(packument, version, time),
  ];
  return signs.filter((sign) => sign !== undefined);
}

/** Checks whether a CI service trusted by the package published it, from the same repository as before. */
export function isFromTrustedSource(packument: Packument, version: string): boolean {
  const own = packument.versions.get(version);
  if (own === undefined || !isTrustedPublish(own) || own.repository === undefined) return false;
  const before = versionBefore(packument, version);
  return before === undefined || changesBetween(before, own).repository === undefined;
}

function awakened(times: Times, time: number, now: number): ReleaseSign | undefined {
  if (now - time > JUST_AWAKENED) return undefined;
  // A burst awakens together: the silence before its first version counts.
  const begin = startOfBurst(times, time);
  const before = lastBefore(times, begin);
  if (before === undefined || begin - before <= LONG_SILENCE) return undefined;
  return { type: 'awakened', days: Math.floor((begin - before) / DAY) };
}

/** Returns the earliest time from which versions follow each other within a quarter of an hour, up to this one. */
function startOfBurst(times: Times, time: number): number {
  let start = time;
  for (const other of [...times.values()].filter((value) => value < time).sort((a, b) => b - a)) {
    if (start - other > BURST) break;
    start = other;
  }
  return start;
}

function lastBefore(times: Times, time: number): number | undefined {
  let last: number | undefined;
  for (const other of times.values()) {
    if (other < time && (last === undefined || other > last)) last = other;
  }
  return last;
}

/** Counts stable versions within a quarter of an hour around it; prereleases are made by machines. */
function burst(times: Times, version: string, time: number): ReleaseSign | undefined {
  if (semver.prerelease(version) !== null) return undefined;
  const near = [...times].filter(
    ([other, otherTime]) =>
      Math.abs(otherTime - time) <= BURST &&
      semver.valid(other) !== null &&
      semver.prerelease(other) === null,
  );
  const majors = new Set(near.map(([other]) => semver.major(other))).size;
  const span = Math.max(...near.map(([, value]) => value)) - Math.min(...near.map(([, value]) => value));
  if (near.length < MANY && !(near.length > 1 && span <= MINUTE && majors > 1)) return undefined;
  return { type: 'burst', count: near.length, minutes: Math.max(1, Math.round(span / MINUTE)), majors };
}

/** Checks whether `latest` is this version, and a higher stable one was published before it. */
function latestMovedDown(
  { distTags, times, versions }: Packument,
  version: string,
  time: number,
): ReleaseSign | undefined {
  if (distTags.get('latest') !== version) return undefined;
  let highest: string | undefined;
  for (const other of versions.keys()) {
    const otherTime = times.get(other);
    if (otherTime === undefined || otherTime >= time || semver.valid(other) === null) continue;
    if (semver.prerelease(other) !== null || versions.get(other)?.deprecated !== undefined) continue;
    if (highest === undefined || semver.gt(other, highest)) highest = other;
  }
  if (highest === undefined) return undefined;
  const isLower = semver.lt(version, highest);
  return isLower || semver.prerelease(version) !== null
    ? { type: 'latest-moved-down', from: highest }
    : undefined;
}

/** Calendar versions, such as 2026.1.0, begin with a jump and are no sign. */
function majorJump(packument: Packument, version: string): ReleaseSign | undefined {
  let highest: string | undefined;
  for (const { version: other } of earlierVersions(packument, version)) {
    if (semver.prerelease(other) !== null) continue;
    if (highest === undefined || semver.gt(other, highest)) highest = other;
  }
  if (highest === undefined) return undefined;
  const major = semver.major(version);
  const isYear = major >= 2000 && major < 2100;
  return !isYear && major - semver.major(highest) >= JUMP ? { type: 'major-jump', from: highest } : undefined;
}

/** In a patch. */
function grown(packument: Packument, own: PackumentVersion): ReleaseSign | undefined {
  const before = previousVersion(packument, own.version);
  if (before === undefined || semver.minor(before.version) !== semver.minor(own.version)) return undefined;
  const { size } = changesBetween(before, own);
  if (size === undefined) return undefined;
  const isFive = size.after >= size.before * TIMES_LARGER && size.after - size.before > SMALL;
  return isFive || size.after - size.before > GROWTH ? { type: 'grown', ...size } : undefined;
}

function repositoryChange(packument: Packument, own: PackumentVersion): ReleaseSign | undefined {
  const before = versionBefore(packument, own.version);
  const change = before === undefined ? undefined : changesBetween(before, own).repository;
  return change === undefined ? undefined : { type: 'repository-changed', ...change };
}

function shadowing(packument: Packument, own: PackumentVersion): ReleaseSign | undefined {
  const before = versionBefore(packument, own.version);
  if (before === undefined) return undefined;
  const command = changesBetween(before, own).addedBins.find((bin) => COMMON_COMMANDS.has(bin));
  return command === undefined || command === packument.name
    ? undefined
    : { type: 'shadowing-command', command };
}

/** Published after `latest` and above it, but not made the latest: the publisher may have wanted it to go unnoticed. */
function aboveLatest({ distTags, times }: Packument, version: string, time: number): ReleaseSign | undefined {
  const latest = distTags.get('latest');
  const latestTime = latest === undefined ? undefined : times.get(latest);
  if (latest === undefined || latestTime === undefined || semver.valid(latest) === null) return undefined;
  if (semver.prerelease(version) !== null || time <= latestTime || !semver.gt(version, latest))
    return undefined;
  return { type: 'above-latest', latest };
}

/** Returns the one of the same major version, otherwise the one published last before it. */
function versionBefore(packument: Packument, version: string): PackumentVersion | undefined {
  return previousVersion(packument, version) ?? earlierVersions(packument, version)[0];
}
