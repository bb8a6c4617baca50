import { readSpecifier } from '../../manifest/read-specifier.ts';
import type { LockSource } from '../model/lockfile.ts';

/**
 * Returns where npm takes a package from, by the `resolved` of its lockfile entry, which npm reads like a dependency
 * specifier. A URL in the layout of registry tarballs (`…/name/-/name-1.0.0.tgz`) belongs to the registry; so does a
 * missing URL, which npm omits for bundled packages and with `omit-lockfile-registry-resolved`. Unknown text counts as
 * a URL.
 */
export function sourceOfResolved(resolved: string | undefined): LockSource {
  if (resolved === undefined || resolved === '') return 'registry';
  if (resolved.charCodeAt(resolved.length - 41) === 35 && GIT_ADDRESS.test(resolved)) return 'git';
  if (/^https?:\/\//.test(resolved) && resolved.includes('/-/')) return 'registry';
  const { type } = readSpecifier('', resolved);
  switch (type) {
    case 'git':
    case 'file':
    case 'directory':
      return type;
    case 'alias':
    case 'version':
    case 'range':
    case 'tag':
      return 'registry';
    default:
      return resolved.includes('/-/') ? 'registry' : 'tarball';
  }
}

/** A repository without `git+`, as npm 7 writes it: it ends in `.git` and a commit. */
const GIT_ADDRESS = /\.git#[\da-f]{40}$/;
