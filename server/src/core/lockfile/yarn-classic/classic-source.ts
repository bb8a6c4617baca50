import type { LockSource } from '../lockfile.ts';

/**
 * Where Yarn 1 takes a package from: by its `resolved`, or without one by what its declaration says behind the name.
 * An address without a scheme is relative to the registry, but the name of a file alone is one of an offline mirror.
 * Archives of a commit that code hosts serve (`…/tar.gz/<commit>`) are git's: Yarn 1 downloads so what is declared as git.
 */
export function classicSource(resolved: string | undefined, range: string): LockSource {
  if (range.startsWith('link:')) return 'link';
  const address = resolved ?? withoutAlias(range);
  if (isGit(address)) return 'git';
  if (/^https?:/.test(address)) {
    if (isCommitArchive(address)) return 'git';
    return address.includes('/-/') ? 'registry' : 'tarball';
  }
  if (resolved === undefined && !/^(?:file:|\.{0,2}\/)/.test(address)) return 'registry';
  if (/^[@%\w][^:#]*\/-\//.test(address)) return 'registry';
  return /\.(?:tgz|tar|tar\.gz)(?:#.*)?$/i.test(address.slice(-300)) ? 'file' : 'directory';
}

function withoutAlias(range: string): string {
  return range.startsWith('npm:') ? '' : range;
}

function isGit(address: string): boolean {
  if (/^(?:git[+:@]|ssh:|(?:github|gitlab|bitbucket|gist):)/.test(address)) return true;
  const hash = address.indexOf('#');
  return /^https?:/.test(address) && address.slice(0, hash === -1 ? undefined : hash).endsWith('.git');
}

function isCommitArchive(address: string): boolean {
  const end = address.slice(-200);
  return (
    /\/tar\.gz\/[^/?#]+(?:#[\da-f]*)?$/i.test(end) ||
    /\/repository\/archive\.tar\.gz\?ref=[^/?#]+(?:#[\da-f]*)?$/i.test(end) ||
    /\/get\/[\da-f]{7,64}\.tar\.gz(?:#[\da-f]*)?$/i.test(end)
  );
}
