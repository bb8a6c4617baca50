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
 * How a frozen install takes what is locked for a dependency. fails: it does not fit what is declared; fits: it does;
 * other: its version fits, but it is another package; member: it does not fit, but npm links a member for the root
 * whatever that declares; kept: it does not fit, but npm keeps the copy in a member's own folder; unknown: it cannot be
 * told.
 */
export type FrozenInstall = 'fails' | 'fits' | 'other' | 'member' | 'kept' | 'unknown';

/** What the lockfile's package manager makes of what is locked for a dependency that was changed. */
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

/** The same where what is declared did not change: how a frozen install takes what is locked all the same. */
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
 * What npm does with a copy in a member's own folder that does not fit (npm 10 to 12): it looks for the newest version that
 * does, and never replaces a newer copy by an older version. It fails where it would have to place another one, which
 * it need not where a copy further out fits.
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

/** On which side of a whole range a version is. */
function sideOf(version: string | undefined, range: string | undefined): 'above' | 'below' | undefined {
  const parsed = semver.parse(version, { loose: true });
  const isRange = range !== undefined && semver.validRange(range, { loose: true }) !== null;
  if (parsed === null || !isRange) return undefined;
  if (semver.gtr(parsed, range, { loose: true })) return 'above';
  return semver.ltr(parsed, range, { loose: true }) ? 'below' : undefined;
}

/** Whether what is locked fits what is declared, by its name and version. */
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

/** Bun takes a version that is locked for another dependent, unless what was locked here is needed no more. */
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

/** Whether a version is in a range, undefined where it cannot be told. */
export function fits(version: string, range: string): boolean | undefined {
  const fit = fitOfPair(`${version.length} ${version}${range}`);
  return fit === 'unknown' ? undefined : fit;
}

/** Both in one text behind the version's length: each edit asks for nearly all again. */
const fitOfPair = remember(4096, (pair: string): boolean | 'unknown' => {
  const start = pair.indexOf(' ') + 1;
  const end = start + Number.parseInt(pair, 10);
  const version = semver.valid(pair.slice(start, end), { loose: true });
  return version === null ? 'unknown' : semver.satisfies(version, pair.slice(end), { loose: true });
});

/** Whether a full commit is declared, and that one is locked. */
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
