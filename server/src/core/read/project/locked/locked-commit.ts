import type { LockEntry } from '../../lockfile/model/lockfile.ts';
import type { GitSpecifier } from '../../manifest/git-ref.ts';

const COMMIT = '([0-9a-f]{40}|[0-9a-f]{64})';
/** `#<commit>`, in Yarn 2 and later `#commit=<commit>`, possibly among other parameters. */
const IN_FRAGMENT = new RegExp(`#(?:[^#]*&)?(?:commit=)?${COMMIT}(?:&|$)`, 'i');
/** In a code host's archive of a commit: `/tar.gz/<commit>`, `/archive/<commit>.tar.gz`, `?ref=<commit>`. */
const IN_ARCHIVE = new RegExp(
  `(?:/(?:tar\\.gz|archive|get)/|[?&]ref=|-)${COMMIT}(?:\\.tar\\.gz|\\.tgz)?$`,
  'i',
);

/**
 * Returns the full commit of a git package, from its entry's URL; pnpm also records it separately. After the URL of an
 * archive Yarn 1 writes the hash of the archive, which is not a commit.
 */
export function lockedCommit(entry: Pick<LockEntry, 'resolved'>): string | undefined {
  const stated = 'commit' in entry ? entry.commit : undefined;
  if (typeof stated === 'string') return isFull(stated) ? stated : undefined;
  const address = entry.resolved?.value ?? '';
  return IN_ARCHIVE.exec(withoutFragment(address))?.[1] ?? fragmentCommit(address);
}

function fragmentCommit(address: string): string | undefined {
  return isArchive(withoutFragment(address)) ? undefined : IN_FRAGMENT.exec(address)?.[1];
}

function isFull(commit: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(commit);
}

function isArchive(address: string): boolean {
  return /^https?:/.test(address) && /\/tar\.gz\/|\.tar\.gz(?:$|\?)/.test(address);
}

/** Checks whether the lockfile's URL has the same owner and project: hosts and schemes are written in many ways. */
export function isSameRepository(
  { address }: GitSpecifier,
  { resolved }: Pick<LockEntry, 'resolved'>,
): boolean {
  return projectPath(address) === projectPath(withoutFragment(resolved?.value ?? ''));
}

function projectPath(address: string): string {
  const segments = decoded(address)
    // The suffixes of code hosts for an archive of a project.
    .replace(/\/(?:-\/archive|archive|tar\.gz|legacy\.tar\.gz|get|repository)\/.*$/, '')
    .replace(/\/tree\/?$/, '')
    .replace(/\.git\/?$/, '')
    .split(/[/:]/)
    .filter((segment) => segment !== '');
  return segments.slice(-2).join('/').toLowerCase();
}

function withoutFragment(address: string): string {
  const hash = address.indexOf('#');
  return hash === -1 ? address : address.slice(0, hash);
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
