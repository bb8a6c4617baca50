import { parseWebAddress } from '../../text/web-address.ts';

/** A git repository, however its URL is written. */
export interface Repository {
  /** Lower-case, without a port, as that depends on the protocol. */
  readonly host: string;
  /** Lower-case, without slashes at its ends, `.git`, and what code hosts put behind it for an archive. */
  readonly path: string;
}

/**
 * Returns the repository that a specifier or a lockfile's URL names: `owner/name`, `github:owner/name`, `git@host:path`,
 * any URL, or the archive that a code host makes of a commit. Undefined where no host can be read.
 */
export function repositoryOf(address: string): Repository | undefined {
  const [bare = ''] = address.trim().split('#', 1);
  const short =
    /^(?:(github|gitlab|bitbucket|gist|sourcehut):(?!\/\/)|(?=[^\s@:/.~][^\s@:/]*\/[^\s@:/]+$))(.*)$/i.exec(
      bare,
    );
  if (short !== null) {
    const host = SHORTCUTS[(short[1] ?? 'github').toLowerCase() as keyof typeof SHORTCUTS];
    return { host, path: pathOf(host, short[2]!) };
  }
  const scp = /^(?:[a-z+]+:\/\/)?(?:[^@\s/:]+@)([^:\s/]+):(?!\d+(?:\/|$))(.*)$/i.exec(bare);
  const url = parseWebAddress(bare.replace(/^git\+(?=https?:)/i, ''));
  const host = hostOf(scp?.[1] ?? url?.host ?? '');
  if (host === '') return undefined;
  return { host, path: pathOf(host, scp?.[2] ?? url?.rest ?? '') };
}

/** Tells whether both name one repository; undefined where that cannot be read of one of them. */
export function namesSameRepository(a: string, b: string): boolean | undefined {
  const [left, right] = [repositoryOf(a), repositoryOf(b)];
  if (left === undefined || right === undefined) return undefined;
  return left.host === right.host && left.path === right.path;
}

const SHORTCUTS = {
  github: 'github.com',
  gitlab: 'gitlab.com',
  bitbucket: 'bitbucket.org',
  gist: 'gist.github.com',
  sourcehut: 'git.sr.ht',
} as const;

/** Archives come from a part of a code host, as pages do from `www.`. */
function hostOf(host: string): string {
  return host
    .toLowerCase()
    .replace(/\.+$/, '')
    .replace(/^(?:www|codeload|ssh)\./, '')
    .replace(/^altssh\./, '');
}

function pathOf(host: string, rest: string): string {
  const path = decoded(rest)
    .replace(/[?].*$/, '')
    .replace(/^\/?api\/v4\/projects\//, '')
    // What code hosts put behind a project for an archive of it, or for a page.
    .replace(
      /\/(?:-\/archive|archive|tar\.gz|legacy\.tar\.gz|zip|get|repository\/archive(?:\.tar\.gz)?)(?:\/.*)?$/,
      '',
    )
    .replace(/\/tree(?:\/.*)?$/, '')
    .replace(/\.git\/?$/, '')
    .split('/')
    .filter((segment) => segment !== '');
  // A gist is told by its id, with or without its owner.
  const own = host === SHORTCUTS.gist ? path.slice(-1) : path;
  return own.join('/').toLowerCase();
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
