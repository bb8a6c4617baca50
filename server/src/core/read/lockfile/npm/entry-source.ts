import { readSpecifier } from '../../manifest/read-specifier.ts';
import type { LockSource } from '../model/lockfile.ts';

/**
 * Where npm takes a package from, by the `resolved` of its lockfile entry, which it reads like the value of a dependency.
 * An address of the shape that registries give their tarballs (`…/name/-/name-1.0.0.tgz`) is the registry's; so is no
 * address at all, as npm leaves it out for bundled packages and with `omit-lockfile-registry-resolved`. What is not
 * understood counts as an address.
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
