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
  const text = resolved.trim();
  if (/^(?:git(?:[+:@]|hub:|lab:)|(?:gist|bitbucket|sourcehut|ssh):)/i.test(text)) return 'git';
  if (/^file:/i.test(text)) return TARBALL.test(text) ? 'file' : 'directory';
  // A letter alone is a drive of Windows.
  if (!/^[a-z][a-z\d+.-]+:/i.test(text)) return sourceOfBareText(text);
  return resolved.includes('/-/') ? 'registry' : 'tarball';
}

/** Of a text without a scheme (npm-package-arg): a tarball or a folder of this machine, or a repository in short. */
export function sourceOfBareText(text: string): LockSource {
  if (TARBALL.test(text)) return 'file';
  const isRepository = /^[^\s@:/\\.~][^\s@:/\\]*\/[^\s@:/\\#]+(?:#.*)?$/.test(text);
  return isRepository ? 'git' : 'directory';
}

const TARBALL = /\.(?:tgz|tar|tar\.gz)$/i;

/** A repository without `git+`, as npm 7 writes it: it ends in `.git` and a commit. */
const GIT_ADDRESS = /\.git#[\da-f]{40}$/;
