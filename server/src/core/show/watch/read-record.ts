import semver from 'semver';
import type { AdvisorySeverity, AdvisorySource } from '../../know/advisory/advisory.ts';
import { parseJson } from '../../know/registry/documents/document-kind.ts';
import {
  asCount,
  asObject,
  asText,
  type JsonObject,
  member,
} from '../../know/registry/documents/json-value.ts';
import type { TrustLevel } from '../../know/registry/releases/trust-level.ts';
import type {
  NewestVersion,
  WatchedAccount,
  WatchedAdvisory,
  WatchedDependency,
  WatchedLine,
  WatchedLookAlike,
  WatchedPackage,
  WatchedPublisher,
  WatchedRelease,
  WatchedVersion,
  WatchRecord,
} from './watch-record.ts';

/** The version of the form, not of the program: records with another one are not read. */
const FORM = 2;
const MOST_DEPENDENCIES = 200_000;
const MOST_VERSIONS = 500;
const MOST_ADVISORIES = 1_000;
const MOST_IDS = 50;
const MOST_LOOK_ALIKES = 5_000;
const MOST_MAINTAINERS = 1_000;
const MOST_ACCOUNTS = 1_000;
const MOST_PACKAGES = 5_000;
const LONGEST = 500;

/** Returns the text without dependencies that could not be read again, as of an overlong name: one would lose all others. */
export function recordText(record: WatchRecord): string {
  const dependencies = record.dependencies.filter((each) => dependencyOf(each) !== undefined);
  const lookAlikes = record.lookAlikes.filter((each) => lookAlikeOf(each) !== undefined);
  const accounts = record.accounts.filter((each) => accountOf(each) !== undefined).slice(0, MOST_ACCOUNTS);
  return JSON.stringify({ form: FORM, ...record, dependencies, lookAlikes, accounts });
}

/** Returns undefined for anything not written by `recordText`: without a record, the next look is the first one. */
export function readRecord(text: string): WatchRecord | undefined {
  const object = asObject(parseJson(text));
  const takenAt = asCount(member(object, 'takenAt'));
  if (member(object, 'form') !== FORM || takenAt === undefined) return undefined;
  const dependencies = list(member(object, 'dependencies'), MOST_DEPENDENCIES, dependencyOf);
  const lookAlikes = list(member(object, 'lookAlikes'), MOST_LOOK_ALIKES, lookAlikeOf);
  // Records of a program that did not know accounts have none.
  const accounts = list(member(object, 'accounts') ?? [], MOST_ACCOUNTS, accountOf);
  return dependencies === undefined || lookAlikes === undefined || accounts === undefined
    ? undefined
    : { takenAt, dependencies, lookAlikes, accounts };
}

function dependencyOf(value: unknown): WatchedDependency | undefined {
  const object = asObject(value);
  const name = asText(member(object, 'name'), LONGEST);
  const versions = list(member(object, 'versions'), MOST_VERSIONS, versionOf);
  const newest = orNull(member(object, 'newest'), newestOf);
  const publisher = orNull(member(object, 'publisher'), publisherOf);
  if (name === undefined || versions === undefined) return undefined;
  const release = orNull(member(object, 'release'), releaseOf);
  const maintainers = orNull(member(object, 'maintainers'), (value) => list(value, MOST_MAINTAINERS, text));
  const isListed = orNull(member(object, 'isListed'), flag);
  // Records of a program that did not know lines have none.
  const lines = orNull(member(object, 'lines') ?? null, (value) => list(value, MOST_VERSIONS, lineOf));
  if (newest === undefined || publisher === undefined || release === undefined) return undefined;
  if (lines === undefined) return undefined;
  if (maintainers === undefined || isListed === undefined) return undefined;
  return { name, versions, newest, publisher, release, lines, maintainers, isListed };
}

function lookAlikeOf(value: unknown): WatchedLookAlike | undefined {
  const object = asObject(value);
  const name = text(member(object, 'name'));
  const like = text(member(object, 'like'));
  const raw = member(object, 'version');
  const version = raw === false ? raw : orNull(raw, text);
  return name === undefined || like === undefined || version === undefined
    ? undefined
    : { name, like, version };
}

function accountOf(value: unknown): WatchedAccount | undefined {
  const object = asObject(value);
  const name = text(member(object, 'name'));
  const host = text(member(object, 'host'));
  const packages = orNull(member(object, 'packages'), (value) => list(value, MOST_PACKAGES, packageOf));
  return name === undefined || host === undefined || packages === undefined
    ? undefined
    : { name, host, packages };
}

function packageOf(value: unknown): WatchedPackage | undefined {
  const object = asObject(value);
  const name = text(member(object, 'name'));
  const version = text(member(object, 'version'));
  return name === undefined || version === undefined ? undefined : { name, version };
}

function releaseOf(value: unknown): WatchedRelease | undefined {
  const object = asObject(value);
  const version = versionText(object);
  const hasScript = orNull(member(object, 'hasScript'), flag);
  const trust = orNull(member(object, 'trust'), (given) => TRUST_LEVELS.find((level) => level === given));
  if (version === undefined || hasScript === undefined || trust === undefined) return undefined;
  return { version, hasScript, trust };
}

function lineOf(value: unknown): WatchedLine | undefined {
  const release = releaseOf(value);
  const waitsUntil = orNull(member(asObject(value), 'waitsUntil'), asCount);
  return release === undefined || waitsUntil === undefined ? undefined : { ...release, waitsUntil };
}

const TRUST_LEVELS: readonly TrustLevel[] = ['none', 'provenance', 'trusted', 'approved'];

function flag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function versionOf(value: unknown): WatchedVersion | undefined {
  const object = asObject(value);
  const version = versionText(object);
  const advisories = list(member(object, 'advisories'), MOST_ADVISORIES, advisoryOf);
  const toldBy = list(member(object, 'toldBy'), SOURCES.length, sourceOf);
  const raw = member(object, 'deprecated');
  const deprecated = raw === false ? raw : orNull(raw, text);
  if (version === undefined || advisories === undefined) return undefined;
  const isListed = orNull(member(object, 'isListed'), flag);
  if (toldBy === undefined || deprecated === undefined || isListed === undefined) return undefined;
  return { version, advisories, toldBy, deprecated, isListed };
}

function advisoryOf(value: unknown): WatchedAdvisory | undefined {
  const object = asObject(value);
  const ids = list(member(object, 'ids'), MOST_IDS, text);
  const source = sourceOf(member(object, 'source'));
  const severity = orNull(member(object, 'severity'), severityOf);
  const about = orNull(member(object, 'about'), text);
  const fixedIn = orNull(member(object, 'fixedIn'), text);
  const [isMalware, isDoubtful, isAccepted] = [
    member(object, 'isMalware'),
    member(object, 'isDoubtful'),
    member(object, 'isAccepted'),
  ];
  if (ids === undefined || ids.length === 0 || source === undefined) return undefined;
  if (severity === undefined || about === undefined || fixedIn === undefined) return undefined;
  if (typeof isMalware !== 'boolean' || typeof isDoubtful !== 'boolean') return undefined;
  if (typeof isAccepted !== 'boolean') return undefined;
  return { ids, source, severity, about, fixedIn, isMalware, isDoubtful, isAccepted };
}

function newestOf(value: unknown): NewestVersion | undefined {
  const object = asObject(value);
  const version = versionText(object);
  const waitsUntil = orNull(member(object, 'waitsUntil'), asCount);
  return version === undefined || waitsUntil === undefined ? undefined : { version, waitsUntil };
}

function publisherOf(value: unknown): WatchedPublisher | undefined {
  const object = asObject(value);
  const version = versionText(object);
  const name = text(member(object, 'name'));
  const isUnlikeBefore = member(object, 'isUnlikeBefore');
  if (version === undefined || name === undefined || typeof isUnlikeBefore !== 'boolean') return undefined;
  return { version, name, isUnlikeBefore };
}

/** Returns a valid version, as versions are compared. */
function versionText(object: JsonObject | undefined): string | undefined {
  const version = text(member(object, 'version'));
  return version === undefined || semver.valid(version) === null ? undefined : version;
}

const SOURCES: readonly AdvisorySource[] = ['bundled', 'database', 'registry', 'osv'];
const SEVERITIES: readonly AdvisorySeverity[] = ['critical', 'high', 'moderate', 'low', 'info'];

function sourceOf(value: unknown): AdvisorySource | undefined {
  return SOURCES.find((source) => source === value);
}

function severityOf(value: unknown): AdvisorySeverity | undefined {
  return SEVERITIES.find((severity) => severity === value);
}

function text(value: unknown): string | undefined {
  return asText(value, LONGEST);
}

/** Returns undefined if it is neither null nor accepted by `read`. */
function orNull<T>(value: unknown, read: (value: unknown) => T | undefined): T | null | undefined {
  return value === null ? null : read(value);
}

/** Reads all or nothing: half a record would turn known facts into news. */
function list<T>(
  value: unknown,
  most: number,
  read: (value: unknown) => T | undefined,
): readonly T[] | undefined {
  if (!Array.isArray(value) || value.length > most) return undefined;
  const items = (value as readonly unknown[]).map(read);
  return items.every((item) => item !== undefined) ? (items as readonly T[]) : undefined;
}
