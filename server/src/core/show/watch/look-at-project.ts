import semver from 'semver';
import type { Facts } from '../../judge/check/rule.ts';
import { isPrivate, wouldBeChosen } from '../../judge/check/selected-versions.ts';
import { aboutOf } from '../../judge/exposure/about-advisory.ts';
import { foundAdvisory } from '../../judge/exposure/advisory-facts.ts';
import { clearingVersion, ownFix } from '../../judge/exposure/clearing-version.ts';
import { isAccepted } from '../../judge/policy/ignored.ts';
import type { SourcedAdvisories } from '../../know/advisory/advisories.ts';
import type { Advisory } from '../../know/advisory/advisory.ts';
import { npmRange } from '../../know/advisory/osv/npm-range.ts';
import type { PopularNames } from '../../know/identity/popular-names.ts';
import type { Fact, UnavailableReason } from '../../know/registry/documents/fact.ts';
import type { Packument } from '../../know/registry/documents/packument.ts';
import { newestInRange } from '../../know/registry/releases/candidate-version.ts';
import { publisherSigns } from '../../know/registry/releases/publisher-signs.ts';
import { isSecurityHolding } from '../../know/registry/releases/security-holding.ts';
import { trustLevel } from '../../know/registry/releases/trust-level.ts';
import { shownText } from '../../read/lockfile/model/shown-text.ts';
import { plainOf } from '../../read/manifest/plain-specifier.ts';
import { dayOf } from '../../read/policy-file/day.ts';
import { askCooldown, cooldownOf } from '../../read/project/manager/cooldown.ts';
import type { Project } from '../../read/project/project.ts';
import { relativeUri } from '../../read/text/paths/uri.ts';
import type { DirectDependency } from './direct-dependencies.ts';
import type {
  NewestVersion,
  WatchedAccount,
  WatchedAdvisory,
  WatchedDependency,
  WatchedLine,
  WatchedLookAlike,
  WatchedPublisher,
  WatchedRelease,
  WatchedVersion,
  WatchRecord,
} from './watch-record.ts';

export interface LookedAt {
  readonly project: Project;
  /** What is watched: direct dependencies, or all that is locked. */
  readonly dependencies: readonly DirectDependency[];
  readonly facts: Facts;
  readonly advisories: SourcedAdvisories;
  readonly popular: PopularNames;
  readonly lookAlikes?: readonly WatchedLookAlike[];
  readonly accounts?: readonly WatchedAccount[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A dependency for which the registry returned nothing, or nothing current. */
export interface UnseenPackage {
  readonly name: string;
  readonly reason: UnavailableReason;
  /** A clause. */
  readonly detail: string;
}

export interface ProjectLook {
  readonly record: WatchRecord;
  readonly unseen: readonly UnseenPackage[];
}

const LONGEST_TEXT = 300;
const MOST_IDS = 20;

/** Returns the current facts about a project's direct dependencies. Requests nothing. */
export function lookAtProject(looked: LookedAt): ProjectLook {
  const dependencies: WatchedDependency[] = [];
  const unseen: UnseenPackage[] = [];
  for (const dependency of looked.dependencies) {
    const fact = looked.facts.packument(dependency.name);
    const gap = gapOf(fact);
    if (gap !== undefined) unseen.push({ name: dependency.name, ...gap });
    const isListed = isListedIn(fact);
    dependencies.push({
      ...lookAt(dependency, fact.state === 'ready' ? fact.value : undefined, looked),
      isListed,
    });
  }
  const { now: takenAt, lookAlikes = [], accounts = [] } = looked;
  return { record: { takenAt, dependencies, lookAlikes, accounts }, unseen };
}

/** Checks whether the registry has the package, as far as that is known for certain now. */
function isListedIn(fact: Fact<Packument>): boolean | null {
  if (fact.state === 'absent') return false;
  if (fact.state !== 'ready' || fact.notRefreshed !== undefined) return null;
  const { unpublished, versions } = fact.value;
  return unpublished === undefined && versions.size > 0 && !isSecurityHolding(fact.value);
}

function gapOf(fact: Fact<Packument>): Omit<UnseenPackage, 'name'> | undefined {
  switch (fact.state) {
    case 'ready':
      return fact.notRefreshed;
    case 'pending':
      return { reason: 'failed', detail: 'no answer from its registry' };
    case 'absent':
      return { reason: 'not-provided', detail: 'its registry has no such package' };
    case 'unavailable':
      return { reason: fact.reason, detail: fact.detail };
  }
}

function lookAt(
  dependency: DirectDependency,
  packument: Packument | undefined,
  looked: LookedAt,
): Omit<WatchedDependency, 'isListed'> {
  const { name, isUpdatable } = dependency;
  const newest = packument === undefined ? null : newestOf(packument, looked);
  const versions = versionsOf(dependency, packument, looked);
  return {
    name,
    versions: versions.map((version) => lookAtVersion(name, version, packument, looked)),
    newest: isUpdatable ? newest : null,
    publisher: packument === undefined || newest === null ? null : publisherOf(packument, newest, looked),
    release: packument === undefined || newest === null ? null : releaseOf(packument, newest),
    lines: packument === undefined ? null : linesOf(packument, isUpdatable ? versions : [], newest, looked),
    maintainers: packument === undefined ? null : maintainersOf(packument),
  };
}

/** Returns what the package manager would install, if nothing is locked. */
function versionsOf(
  { locked, specifiers }: DirectDependency,
  packument: Packument | undefined,
  { project, facts, now }: LookedAt,
): readonly string[] {
  const chosen =
    project.lockfiles.length > 0
      ? []
      : specifiers.map((specifier) => {
          const plain = plainOf(specifier);
          if (plain?.type === 'version') return plain.range;
          if (plain === undefined || packument === undefined) return undefined;
          if (plain.type === 'tag') return packument.distTags.get(plain.tag);
          return wouldBeChosen(plain.range, packument, { project, facts, now });
        });
  const versions = [...locked, ...chosen.filter((version) => version !== undefined)];
  return [...new Set(versions)].filter((version) => semver.valid(version) === version).sort(semver.compare);
}

function lookAtVersion(
  name: string,
  version: string,
  packument: Packument | undefined,
  { advisories, project, popular, now }: LookedAt,
): WatchedVersion {
  const known = packument?.versions.get(version);
  const place = project.lockfile?.uri ?? project.rootManifest?.uri ?? project.root;
  const path = relativeUri(project.policyBase, place);
  const watched = (advisory: Advisory): WatchedAdvisory => {
    const { id, aliases, source, severity, isMalware, range } = advisory;
    const rule = isMalware ? 'malicious-version' : 'vulnerable-dependency';
    const found = { ...foundAdvisory({ name, version }, advisory, advisories.of(name)), rule, path };
    return {
      ids: [id, ...aliases].slice(0, MOST_IDS).map((each) => shownText(each, LONGEST_TEXT)),
      source,
      severity: severity ?? null,
      about: aboutOf(advisory) || null,
      fixedIn: ownFix(advisory, version) ?? clearingVersion(advisories, name, version) ?? null,
      isMalware,
      isDoubtful: isMalware && npmRange(range).isEverything && popular.downloads(name) !== undefined,
      isAccepted: isAccepted(project.policy, found, dayOf(now)),
    };
  };
  return {
    version,
    isListed: packument === undefined || packument.versions.size === 0 ? null : known !== undefined,
    advisories: advisories.affecting(name, version).map(watched),
    toldBy: advisories.toldBy(name, version),
    deprecated:
      known === undefined
        ? null
        : known.deprecated !== undefined && shownText(known.deprecated, LONGEST_TEXT),
  };
}

function releaseOf({ versions }: Packument, { version }: NewestVersion): WatchedRelease | null {
  const known = versions.get(version);
  if (known === undefined) return null;
  const hasScript = known.installScripts.size > 0 ? true : (known.hasInstallScript ?? null);
  return { version, hasScript, trust: trustLevel(known) ?? null };
}

/** Returns what updates within the lines of the versions in use would install, without the newest version. */
function linesOf(
  packument: Packument,
  versions: readonly string[],
  newest: NewestVersion | null,
  looked: LookedAt,
): readonly WatchedLine[] {
  const found = new Map<string, WatchedLine>();
  for (const version of versions) {
    const highest = newestOf(packument, looked, version);
    const release = highest === null ? null : releaseOf(packument, highest);
    if (highest === null || release === null || highest.version === newest?.version) continue;
    found.set(highest.version, { ...release, waitsUntil: highest.waitsUntil });
  }
  return [...found.values()].slice(0, MOST_LINES);
}

const MOST_LINES = 50;

/** More accounts are no list of people. */
const MOST_MAINTAINERS = 200;

function maintainersOf({ maintainers }: Packument): readonly string[] | null {
  if (maintainers === undefined || maintainers.length > MOST_MAINTAINERS) return null;
  return [...new Set(maintainers.map(({ name }) => shownText(name, LONGEST_TEXT)))].sort();
}

/** @param inUse a version whose line is meant; otherwise all are */
function newestOf(packument: Packument, { project, now }: LookedAt, inUse?: string): NewestVersion | null {
  const newest = newestInRange({ packument, range: inUse === undefined ? '*' : `^${inUse}` });
  if (newest === undefined || newest.deprecated !== undefined) return null;
  const { version } = newest;
  const coolDown = cooldownOf(project);
  const publishedAt = packument.times.get(version);
  const waits = askCooldown(coolDown, packument.name, version, publishedAt, now) === 'waits';
  if (!waits || publishedAt === undefined) return { version, waitsUntil: null };
  // A version excluded by npm's `before` never becomes news.
  return coolDown.wait === 0 ? null : { version, waitsUntil: publishedAt + coolDown.wait };
}

/** Skips private packages, for which it is no news which colleague published one. */
function publisherOf(
  packument: Packument,
  { version }: NewestVersion,
  { project }: LookedAt,
): WatchedPublisher | null {
  const publisher = packument.versions.get(version)?.publishedBy;
  if (publisher === undefined || isPrivate(packument.name, project)) return null;
  const signs = publisherSigns(packument, version);
  return {
    version,
    name: shownText(publisher.name, LONGEST_TEXT),
    // People change email addresses far more often than addresses change owners.
    isUnlikeBefore: signs.some(({ type }) => type !== 'address-changed'),
  };
}
