import type { DependencyMap, Packument, PackumentVersion, Publisher } from '../documents/packument.ts';
import { isTrustedPublish, publisherName } from '../documents/publisher.ts';

/** A value before and after; both are known. */
export interface Change<T> {
  readonly before: T;
  readonly after: T;
}

/** The sections of a version's manifest from which something gets installed. */
export type InstalledSection = 'dependencies' | 'optionalDependencies';

export interface ChangedDependency {
  readonly section: InstalledSection;
  readonly name: string;
  /** Undefined if the earlier version does not have it in either section. */
  readonly before: string | undefined;
  /** Undefined if the later version does not have it in either section. */
  readonly after: string | undefined;
}

/** A lifecycle script that runs on install. */
export interface ChangedScript {
  readonly script: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/**
 * The differences between two versions of a package in the registry. Undefined means no known change: a fact that the
 * registry does not provide for one of the two is no change.
 */
export interface VersionChanges {
  readonly from: PackumentVersion;
  readonly to: PackumentVersion;
  /** Another account, or the same one with an address of another domain. */
  readonly publisher: Change<Publisher> | undefined;
  /** The accounts that could publish at the time. */
  readonly maintainers:
    | { readonly added: readonly string[]; readonly removed: readonly string[]; readonly kept: number }
    | undefined;
  /** Published by a CI service with the registry's trust before, and by an account now. */
  readonly lostTrustedPublishing: boolean;
  /** Another CI service than before. */
  readonly trustedPublisher: Change<string> | undefined;
  /** There was provenance before, and there is none now. */
  readonly lostProvenance: boolean;
  /** Scripts that run on install and were added, changed or removed. Empty if one of the two is unknown. */
  readonly installScripts: readonly ChangedScript[];
  /**
   * Whether the later version runs a script on install and the earlier one did not, even without a script of its own.
   */
  readonly gainedInstallScript: boolean;
  readonly dependencies: readonly ChangedDependency[];
  /** Commands that the later version installs and the earlier one did not. */
  readonly addedBins: readonly string[];
  /** Unpacked, in bytes. */
  readonly size: Change<number> | undefined;
  readonly license: Change<string> | undefined;
  /** Compares normalized URLs; `after` is undefined if it was removed. */
  readonly repository: { readonly before: string; readonly after: string | undefined } | undefined;
}

/**
 * Returns the changes from one version to another, in this order. Undefined if the registry no longer has one of them.
 */
export function versionChanges(packument: Packument, from: string, to: string): VersionChanges | undefined {
  const before = packument.versions.get(from);
  const after = packument.versions.get(to);
  return before === undefined || after === undefined ? undefined : changesBetween(before, after);
}

export function changesBetween(from: PackumentVersion, to: PackumentVersion): VersionChanges {
  return {
    from,
    to,
    publisher: publisherChange(from, to),
    maintainers: maintainerChange(from, to),
    lostTrustedPublishing: isTrustedPublish(from) && to.publishedBy !== undefined && !isTrustedPublish(to),
    trustedPublisher: different(from.trustedPublisher, to.trustedPublisher),
    lostProvenance:
      from.attestations !== undefined && to.attestations === undefined && to.tarball !== undefined,
    installScripts: scriptChanges(from, to),
    gainedInstallScript: from.hasInstallScript === false && to.hasInstallScript === true,
    dependencies: dependencyChanges(from, to),
    addedBins: to.bins.filter((bin) => !from.bins.includes(bin)),
    size: different(from.unpackedSize, to.unpackedSize),
    license: different(from.license, to.license),
    repository: repositoryChange(from, to),
  };
}

function different<T>(before: T | undefined, after: T | undefined): Change<T> | undefined {
  if (before === undefined || after === undefined || before === after) return undefined;
  return { before, after };
}

function publisherChange(from: PackumentVersion, to: PackumentVersion): Change<Publisher> | undefined {
  const [before, after] = [from.publishedBy, to.publishedBy];
  if (before === undefined || after === undefined) return undefined;
  const isSame = publisherName(before) === publisherName(after);
  const sameDomain =
    before.emailDomain === undefined ||
    after.emailDomain === undefined ||
    before.emailDomain === after.emailDomain;
  return isSame && sameDomain ? undefined : { before, after };
}

function maintainerChange(from: PackumentVersion, to: PackumentVersion): VersionChanges['maintainers'] {
  if (from.maintainers === undefined || to.maintainers === undefined) return undefined;
  const before = new Set(from.maintainers.map(({ name }) => name));
  const after = new Set(to.maintainers.map(({ name }) => name));
  const added = [...after].filter((name) => !before.has(name));
  const removed = [...before].filter((name) => !after.has(name));
  if (added.length === 0 && removed.length === 0) return undefined;
  return { added, removed, kept: before.size - removed.length };
}

/** Registries that omit scripts leave `hasInstallScript` unset or provide it alone: then scripts are unknown. */
function scriptChanges(from: PackumentVersion, to: PackumentVersion): readonly ChangedScript[] {
  if (!knowsScripts(from) || !knowsScripts(to)) return [];
  const names = new Set([...from.installScripts.keys(), ...to.installScripts.keys()]);
  return [...names]
    .map((script) => ({
      script,
      before: from.installScripts.get(script),
      after: to.installScripts.get(script),
    }))
    .filter(({ before, after }) => before !== after);
}

function knowsScripts({ hasInstallScript, installScripts }: PackumentVersion): boolean {
  return hasInstallScript === false || installScripts.size > 0;
}

function dependencyChanges(from: PackumentVersion, to: PackumentVersion): readonly ChangedDependency[] {
  const before = installedBy(from);
  const after = installedBy(to);
  const changes: ChangedDependency[] = [];
  for (const [name, { section, range }] of after) {
    const old = before.get(name)?.range;
    if (old !== range) changes.push({ section, name, before: old, after: range });
  }
  for (const [name, { section, range }] of before) {
    if (!after.has(name)) changes.push({ section, name, before: range, after: undefined });
  }
  return changes;
}

function installedBy(
  version: PackumentVersion,
): ReadonlyMap<string, { readonly section: InstalledSection; readonly range: string }> {
  const found = new Map<string, { section: InstalledSection; range: string }>();
  const add = (section: InstalledSection, map: DependencyMap) => {
    for (const [name, range] of map) found.set(name, { section, range });
  };
  add('dependencies', version.dependencies);
  add('optionalDependencies', version.optionalDependencies);
  return found;
}

function repositoryChange(from: PackumentVersion, to: PackumentVersion): VersionChanges['repository'] {
  const before = from.repository?.url;
  if (before === undefined) return undefined;
  const after = to.repository?.url;
  if (after !== undefined && sameRepository(before, after)) return undefined;
  return { before, after };
}

/** Checks whether two URLs are equivalent. */
export function sameRepository(a: string, b: string): boolean {
  return plainUrl(a) === plainUrl(b);
}

/**
 * Strips scheme, user, `.git` and case: `git+ssh://git@host/o/r.git`, `github:o/r` and `https://host/o/r` become equal.
 */
function plainUrl(url: string): string {
  const text = url.trim().toLowerCase();
  const path = text.replace(/^github:/, 'github.com/').replace(/^(?:git\+)?[a-z]{2,5}:\/\//, '');
  const short = /^[\w.-]+\/[\w.-]+$/.test(path) ? `github.com/${path}` : path;
  return short
    .replace(/^[^@/]*@/, '')
    .replace(/^www\./, '')
    .replace(/^([^/:]+):/, '$1/')
    .replace(/[#?].*$/, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
}
