import { type CanonicalUrl, canonicalUrl } from '../../text/paths/canonical-url.ts';
import type { Located } from '../../text/span.ts';
import { readTarballUrl } from '../model/tarball-url.ts';
import { canonicalRepository, readArchive } from './canonical-repository.ts';
import { isArchivePath, localPath } from './local-path.ts';

/**
 * How a package manager gets the files of a package. registry: as the tarball of a registry; tarball: from any other
 * URL; file and directory: from this machine; exec: created by a script of the project; binary, variations: pnpm's
 * archives for kinds of machines; choice: has no files, but depends on one of several packages; unknown: a text that is
 * not understood.
 */
export type InstalledKind =
  | 'registry'
  | 'tarball'
  | 'git'
  | 'file'
  | 'directory'
  | 'link'
  | 'exec'
  | 'binary'
  | 'variations'
  | 'workspace'
  | 'root'
  | 'choice'
  | 'unknown';

/** Where the files of an installed package come from, in one spelling for equivalent texts. */
export interface InstalledSource {
  readonly kind: InstalledKind;
  /** Sources with the same identity give the same files, unless hashes prove otherwise. */
  readonly identity: string;
  /** For what is requested over http or https. */
  readonly url: CanonicalUrl | undefined;
  /** The name requested by the URL, an alias or a locator; undefined if it names none. */
  readonly saidName: string | undefined;
  /** The requested version, likewise. */
  readonly saidVersion: string | undefined;
  /** For git: `host/owner/project` of a known code host, otherwise a URL. */
  readonly repository: string | undefined;
  /** For git: the full commit, in lower case. */
  readonly commit: string | undefined;
  /** For a file, folder or link: the path, with slashes. */
  readonly path: string | undefined;
  /** The text of the source, as written; undefined for the configured registry. */
  readonly text: Located<string> | undefined;
}

const NOTHING = {
  url: undefined,
  saidName: undefined,
  saidVersion: undefined,
  repository: undefined,
  commit: undefined,
  path: undefined,
  text: undefined,
} as const;

/** The configured registry, without any URL. */
export const CONFIGURED_REGISTRY: InstalledSource = {
  ...NOTHING,
  kind: 'registry',
  identity: 'registry',
};

/** Returns the source of a kind without a request, such as a folder of the workspace. */
export function plainSource(
  kind: InstalledKind,
  identity: string,
  text: Located<string> | undefined,
): InstalledSource {
  return { ...NOTHING, kind, identity: `${kind}:${identity}`, text };
}

/** Returns the source of a text that is not understood: equal only to itself. */
export function unknownSource(
  text: Located<string> | undefined,
  identity = text?.value ?? '',
): InstalledSource {
  return plainSource('unknown', identity, text);
}

/** Returns the source of a request to the configured registry for another name or version than the entry's. */
export function namedSource(
  name: string | undefined,
  version: string | undefined,
  text: Located<string> | undefined,
): InstalledSource {
  return {
    ...NOTHING,
    kind: 'registry',
    identity: `registry:${name ?? ''}@${version ?? ''}`,
    saidName: name,
    saidVersion: version,
    text,
  };
}

/**
 * Returns the source of a URL: of a registry if its path has a `/-/`; unknown for anything but an http(s) URL. The
 * fragment, which is not sent to a server, is dropped.
 * @param address the URL, if the located text is longer or shorter
 * @param kind the kind, if the entry states it by other means
 */
export function urlSource(
  text: Located<string>,
  address = text.value,
  kind?: InstalledKind,
): InstalledSource {
  const url = canonicalUrl(address);
  if (url === undefined) return unknownSource(text);
  const said = readTarballUrl(url);
  return {
    ...NOTHING,
    kind: kind ?? (url.path.includes('/-/') ? 'registry' : 'tarball'),
    // The server's response may depend on the credentials.
    identity: url.hasUserinfo ? `${url.href} with the credentials in ${address}` : url.href,
    url,
    saidName: said?.name,
    saidVersion: said?.version,
    text,
  };
}

/** Returns the source of a repository, or of a code host's archive of it. */
export function gitSource(text: Located<string>, address = text.value): InstalledSource {
  const { repository, commit, selector } = canonicalRepository(address);
  const url = canonicalUrl(address.replace(/^git\+/i, ''));
  const more = selector === '' ? '' : `&${selector}`;
  return {
    ...NOTHING,
    kind: 'git',
    identity: `git:${repository}#${commit ?? ''}${more}`,
    url,
    repository,
    commit,
    text,
  };
}

/**
 * Returns the source of a tarball that the lockfile says is made from a repository: as git if the code host is known.
 */
export function archiveSource(text: Located<string>, address = text.value): InstalledSource {
  return readArchive(address) === undefined ? urlSource(text, address, 'git') : gitSource(text, address);
}

/** Returns the source of a file or folder on this machine. */
export function localSource(
  text: Located<string>,
  path = text.value,
  kind: InstalledKind = isArchivePath(path) ? 'file' : 'directory',
): InstalledSource {
  const plain = localPath(path);
  return { ...NOTHING, kind, identity: `${kind}:${plain}`, path: plain, text };
}

/**
 * Returns the source of a URL without a scheme, which pnpm and Yarn 1 resolve relative to the configured registry:
 * `//host/a.tgz` leads to another host, `/a.tgz` out of the registry's folder.
 */
export function relativeSource(text: Located<string>, address = text.value): InstalledSource {
  const plain = address.replace(/^[\0-\x20]+|[\0-\x20]+$|[\t\n\r]/g, '').replaceAll('\\', '/');
  if (plain.startsWith('//')) {
    // The scheme is that of the registry, and to Yarn 1 it is a path on this machine.
    const other = urlSource(text, `https:${plain}`);
    return other.url === undefined ? other : { ...other, identity: other.url.href.slice('https:'.length) };
  }
  if (canonicalUrl(plain) !== undefined) return urlSource(text, plain);
  if (/^[a-z][a-z\d+.-]*:/i.test(plain)) return unknownSource(text);
  const url = canonicalUrl(
    plain.startsWith('/') ? `${PLACEHOLDER}${plain}` : `${PLACEHOLDER}/-registry-/${plain}`,
  );
  if (url === undefined) return unknownSource(text);
  const path = url.path + url.query;
  const said = readTarballUrl(url);
  return {
    ...NOTHING,
    kind: path.startsWith(BELOW) ? 'registry' : 'tarball',
    identity: `registry:${path.startsWith(BELOW) ? path.slice(BELOW.length) : path}`,
    saidName: said?.name,
    saidVersion: said?.version,
    text,
  };
}

/** Stands for an unknown host. */
const PLACEHOLDER = 'https://registry.invalid';
const BELOW = '/-registry-/';
