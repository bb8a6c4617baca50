import semver from 'semver';
import type { LockEntry, Lockfile } from '../../lockfile/model/lockfile.ts';
import { writerOf } from '../../lockfile/writer-of.ts';
import { type GitSpecifier, gitRefOf, isFullCommit } from '../../manifest/git-ref.ts';
import type { ManifestDependency } from '../../manifest/manifest.ts';
import type { Specifier } from '../../manifest/specifier.ts';
import { remember } from '../../text/remember.ts';
import { plainlySatisfies } from '../../text/satisfies.ts';
import { isSameRepository, lockedCommit } from './locked-commit.ts';

/**
 * How a frozen install handles what is locked for a dependency. fails: it does not satisfy the declaration; fits: it
 * does; other: its version does, but it is another package; member: it does not, but npm links a member for the root
 * whatever that declares; kept: it does not, but npm keeps the copy in a member's own folder; unknown: undecidable.
 */
export type FrozenInstall = 'fails' | 'fits' | 'other' | 'member' | 'kept' | 'unknown';

/** Returns how the lockfile's package manager handles what is locked for a dependency that was changed. */
export function frozenInstall(
  lockfile: Lockfile,
  path: string,
  dependency: ManifestDependency,
  entry: LockEntry | undefined,
): FrozenInstall {
  const install = installOfLocked(lockfile, path, dependency, entry);
  if (install !== 'fails' && install !== 'other') return install;
  const { compares } = writerOf(lockfile).commands;
  if (compares === 'versions')
    return install === 'fails' && path === '' && entry?.source === 'workspace' ? 'member' : install;
  if (compares === 'packages' && isLockedAnywhere(lockfile, dependency)) return 'unknown';
  return 'fails';
}

/** Returns the same for an unchanged declaration: how a frozen install handles what is locked anyway. */
export function installOfLocked(
  lockfile: Lockfile,
  path: string,
  dependency: ManifestDependency,
  entry: LockEntry | undefined,
): FrozenInstall {
  const fit = fitOfLocked(dependency, entry);
  const isOwn = path !== '' && entry?.key === `${path}/node_modules/${dependency.name}`;
  if (fit !== 'fails' || !isOwn || writerOf(lockfile).commands.compares !== 'versions') return fit;
  return installOfOwnCopy(dependency, entry, lockfile.resolve('', dependency.name));
}

/**
 * Returns what npm does with a mismatched copy in a member's own folder (npm 10 to 12): it looks for the newest
 * matching version, and never replaces a newer copy by an older version. It fails if it would have to place another
 * one, but not if a copy further out matches.
 */
function installOfOwnCopy(
  dependency: ManifestDependency,
  own: LockEntry,
  outer: LockEntry | undefined,
): FrozenInstall {
  const outerFit = outer === undefined ? undefined : fitOfLocked(dependency, outer);
  if (outerFit !== undefined && outerFit !== 'fits') return outerFit === 'unknown' ? 'unknown' : 'fails';
  switch (sideOf(own.version?.value, rangeOf(dependency.specifier, dependency.name)?.range)) {
    case 'above':
      return 'kept';
    case 'below':
      return outerFit === undefined ? 'fails' : 'unknown';
    default:
      return 'unknown';
  }
}

/** Returns on which side of a whole range a version is. */
function sideOf(version: string | undefined, range: string | undefined): 'above' | 'below' | undefined {
  const parsed = semver.parse(version, { loose: true });
  const isRange = range !== undefined && semver.validRange(range, { loose: true }) !== null;
  if (parsed === null || !isRange) return undefined;
  if (semver.gtr(parsed, range, { loose: true })) return 'above';
  return semver.ltr(parsed, range, { loose: true }) ? 'below' : undefined;
}

/** Checks whether what is locked satisfies the declaration, by its name and version. */
export function fitOfLocked(dependency: ManifestDependency, entry: LockEntry | undefined): FrozenInstall {
  const isOptional = dependency.section === 'optionalDependencies';
  if (dependency.specifier.type === 'git' && entry?.source === 'git') {
    return isLockedCommit(dependency.specifier, entry) ? 'fits' : 'unknown';
  }
  const range = rangeOf(dependency.specifier, dependency.name);
  if (range === undefined) return 'unknown';
  if (entry === undefined) return isOptional ? 'unknown' : 'fails';
  const locked = entry.version?.value;
  if (locked === undefined || (entry.source !== 'registry' && entry.source !== 'workspace')) return 'unknown';
  const isFit = plainlySatisfies(locked, range.range) ?? fits(locked, range.range);
  if (isFit === undefined) return 'unknown';
  const isNamed = entry.name === range.name;
  if (!isNamed && entry.source === 'workspace') return 'unknown';
  if (!isFit) return 'fails';
  return isNamed ? 'fits' : 'other';
}

/** Bun accepts a version that is locked for another dependent, unless the one locked here is no longer needed. */
function isLockedAnywhere({ entries }: Lockfile, { specifier, name }: ManifestDependency): boolean {
  const range = rangeOf(specifier, name);
  if (range === undefined) return false;
  return entries.some(
    (entry) =>
      entry.source === 'registry' &&
      entry.name === range.name &&
      entry.version !== undefined &&
      fits(entry.version.value, range.range) === true,
  );
}

/** Checks whether a version is in a range; undefined if that is undecidable. */
export function fits(version: string, range: string): boolean | undefined {
  const fit = fitOfPair(`${version.length} ${version}${range}`);
  return fit === 'unknown' ? undefined : fit;
}

/** Both in one text, prefixed with the version's length: each edit asks for nearly all again. */
const fitOfPair = remember(4096, (pair: string): boolean | 'unknown' => {
  const start = pair.indexOf(' ') + 1;
  const end = start + Number.parseInt(pair, 10);
  const version = semver.valid(pair.slice(start, end), { loose: true });
  return version === null ? 'unknown' : semver.satisfies(version, pair.slice(end), { loose: true });
});

/** Checks whether a full commit is declared and locked. */
function isLockedCommit(specifier: GitSpecifier, entry: LockEntry): boolean {
  const ref = gitRefOf(specifier)?.value;
  const locked = lockedCommit(entry);
  if (ref === undefined || locked === undefined || !isFullCommit(ref)) return false;
  return (
    ref.replace(/^commit=/, '').toLowerCase() === locked.toLowerCase() && isSameRepository(specifier, entry)
  );
}

function rangeOf(
  specifier: Specifier,
  name: string,
): { readonly name: string; readonly range: string } | undefined {
  switch (specifier.type) {
    case 'version':
    case 'range':
      return { name, range: specifier.range };
    case 'alias':
      return rangeOf(specifier.inner, specifier.target);
    default:
      return undefined;
  }
}
