import type { LockSource } from '../lockfile.ts';

/**
 * Where npm takes a package from, by the `resolved` of its lockfile entry. An address of the shape that registries
 * give their tarballs (`…/name/-/name-1.0.0.tgz`) is the registry's; so is no address at all, as npm leaves it out for
 * bundled packages and with `omit-lockfile-registry-resolved`.
 */
export function sourceOfResolved(resolved: string | undefined): LockSource {
  if (resolved === undefined || resolved === '') return 'registry';
  if (resolved.charCodeAt(resolved.length - 41) === 35 && GIT_ADDRESS.test(resolved)) return 'git';
  if (resolved.startsWith('https:')) return resolved.includes('/-/') ? 'registry' : 'tarball';
  if (/^git(?:[+:@]|hub:|lab:)/.test(resolved)) return 'git';
  if (resolved.startsWith('file:')) return /\.(?:tgz|tar|tar\.gz)$/i.test(resolved) ? 'file' : 'directory';
  return resolved.includes('/-/') ? 'registry' : 'tarball';
}

/** A repository without `git+`, as npm 7 writes it: it ends in `.git` and a commit. */
const GIT_ADDRESS = /\.git#[\da-f]{40}$/;
