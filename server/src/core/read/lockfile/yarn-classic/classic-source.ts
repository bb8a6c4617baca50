import { canonicalUrl } from '../../text/paths/canonical-url.ts';
import type { Located } from '../../text/span.ts';
import type { LockSource } from '../model/lockfile.ts';
import {
  archiveSource,
  CONFIGURED_REGISTRY,
  gitSource,
  type InstalledSource,
  localSource,
  relativeSource,
  unknownSource,
  urlSource,
} from '../record/installed-source.ts';
import { isLocalPath } from '../record/local-path.ts';

/**
 * Returns where Yarn 1 takes a package from: by its `resolved`, or without one by what follows the name in its
 * descriptor. A URL without a scheme is relative to the registry, but a bare file name is one of an offline mirror.
 * Code hosts' archives of a commit (`…/tar.gz/<commit>`) count as git: this is how Yarn 1 downloads dependencies
 * declared as git.
 */
export function classicSource(resolved: string | undefined, range: string): LockSource {
  if (range.startsWith('link:')) return 'link';
  const address = resolved ?? withoutAlias(range);
  if (isGit(address)) return 'git';
  if (isWeb(address)) {
    if (isCommitArchive(address)) return 'git';
    return address.includes('/-/') ? 'registry' : 'tarball';
  }
  if (resolved === undefined && !/^(?:file:|\.{0,2}\/)/.test(address)) return 'registry';
  if (isRelative(address)) return 'registry';
  return /\.(?:tgz|tar|tar\.gz)(?:#.*)?$/i.test(address.slice(-300)) ? 'file' : 'directory';
}

/**
 * Returns the same as a record.
 * @param range the text after the name in the first descriptor of the key, with its span
 */
export function classicInstalled(
  resolved: Located<string> | undefined,
  range: Located<string>,
): InstalledSource {
  const source = classicSource(resolved?.value, range.value);
  const text = resolved ?? range;
  // The hash of the file is not part of the request.
  const hash = /#[\da-f]{40}$/i.exec(text.value)?.index;
  const address = hash === undefined ? text.value : text.value.slice(0, hash);
  switch (source) {
    case 'link':
      return localSource(range, range.value.slice('link:'.length), 'link');
    case 'git':
      return isCommitArchive(text.value) ? archiveSource(text) : gitSource(text);
    case 'registry':
    case 'tarball': {
      if (resolved === undefined && !isWeb(address)) return CONFIGURED_REGISTRY;
      const found = isWeb(address) ? urlSource(text, address) : relativeSource(text, address);
      // Yarn writes no other fragment, so how it would read one is unknown.
      const fragment = address.includes('#') ? address.slice(address.indexOf('#')) : '';
      return fragment === '' ? found : { ...found, identity: `${found.identity}${fragment}` };
    }
    case 'file':
    case 'directory':
      return address.includes(':') && !/^(?:file:|[a-z]:[/\\])/i.test(address)
        ? unknownSource(text)
        : localSource(text, address);
    default:
      return unknownSource(text);
  }
}

function withoutAlias(range: string): string {
  return range.startsWith('npm:') ? '' : range;
}

function isWeb(address: string): boolean {
  if (/^https?:\/\//.test(address)) return true;
  return /^\s*h\s*t\s*t\s*p/i.test(address) && canonicalUrl(address) !== undefined;
}

/** Checks whether Yarn requests it from the registry's host: `//host/…` is another host. */
function isRelative(address: string): boolean {
  if (/^[/\\]{2}[^/\\]/.test(address)) return true;
  return !isLocalPath(address) && /^[@%\w][^:#]*\/-\//.test(address);
}

function isGit(address: string): boolean {
  if (/^(?:git[+:@]|ssh:|(?:github|gitlab|bitbucket|gist):)/i.test(address)) return true;
  const hash = address.indexOf('#');
  return /^https?:/i.test(address) && address.slice(0, hash === -1 ? undefined : hash).endsWith('.git');
}

function isCommitArchive(address: string): boolean {
  const end = address.slice(-200);
  return (
    /\/tar\.gz\/[^/?#]+(?:#[\da-f]*)?$/i.test(end) ||
    /\/repository\/archive\.tar\.gz\?ref=[^/?#]+(?:#[\da-f]*)?$/i.test(end) ||
    /\/get\/[\da-f]{7,64}\.tar\.gz(?:#[\da-f]*)?$/i.test(end)
  );
}
