import { type CanonicalUrl, canonicalUrl } from '../../text/paths/canonical-url.ts';
import type { Located } from '../../text/span.ts';
import { readTarballAddress } from '../model/tarball-address.ts';
import { canonicalRepository, readArchive } from './canonical-repository.ts';
import { isArchivePath, localPath } from './local-path.ts';

/**
 * How a package manager gets the files of a package. registry: as the tarball of a registry; tarball: from any other URL;
 * file and directory: from this machine; exec: made by a script of the project; binary, variations: pnpm's archives for
 * kinds of machines; choice: nothing, but it depends on one of several others; unknown: a text that is not understood.
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

/** Where the files of an installed package come from, in one spelling for all texts that mean the same place. */
export interface InstalledSource {
  readonly kind: InstalledKind;
  /** Two sources with the same identity give the same files, as far as hashes do not say otherwise. */
  readonly identity: string;
  /** Of what is requested over http or https. */
  readonly url: CanonicalUrl | undefined;
  /** The name that the URL, an alias or a locator asks for; undefined where it says none. */
  readonly saidName: string | undefined;
  /** The version that it asks for, likewise. */
  readonly saidVersion: string | undefined;
  /** Of git: `host/owner/project` of a known code host, else a URL. */
  readonly repository: string | undefined;
  /** Of git: the full commit, in lower case. */
  readonly commit: string | undefined;
  /** Of a file, folder or link: the path, with slashes. */
  readonly path: string | undefined;
  /** The text that says it, as written; undefined where the configured registry is meant. */
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

/** The registry that is configured, without any URL. */
export const CONFIGURED_REGISTRY: InstalledSource = {
  ...NOTHING,
  kind: 'registry',
  identity: 'registry',
};

/** Returns the source of a kind without anything to request, such as a folder of the workspace. */
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

/** Returns what asks the configured registry for another name or version than the entry's. */
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
 * Returns the source of a URL, of a registry where its path has a `/-/`; unknown for what is no URL of http or https. The
 * fragment, of which a server hears nothing, is left out.
 * @param address the URL, where the located text has more than it or less
 * @param kind where the entry says it by other means
 */
export function urlSource(
  text: Located<string>,
  address = text.value,
  kind?: InstalledKind,
): InstalledSource {
  const url = canonicalUrl(address);
  if (url === undefined) return unknownSource(text);
  const said = readTarballAddress(url);
  return {
    ...NOTHING,
    kind: kind ?? (url.path.includes('/-/') ? 'registry' : 'tarball'),
    // Credentials may decide what a server gives.
    identity: url.hasUserinfo ? `${url.href} with the credentials in ${address}` : url.href,
    url,
    saidName: said?.name,
    saidVersion: said?.version,
    text,
  };
}

/** Returns the source of a repository, or of the archive that a code host makes of it. */
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

/** Returns the source of a tarball that the lockfile says is made of a repository: as git where the code host is known. */
export function archiveSource(text: Located<string>, address = text.value): InstalledSource {
  return readArchive(address) === undefined ? urlSource(text, address, 'git') : gitSource(text, address);
}

/** Returns the source of a file or folder of this machine. */
export function localSource(
  text: Located<string>,
  path = text.value,
  kind: InstalledKind = isArchivePath(path) ? 'file' : 'directory',
): InstalledSource {
  const plain = localPath(path);
  return { ...NOTHING, kind, identity: `${kind}:${plain}`, path: plain, text };
}

/**
 * Returns the source of a URL without a scheme, which pnpm and Yarn 1 read as one relative to the configured registry:
 * `//host/a.tgz` leads to another host, `/a.tgz` out of the registry's folder.
 */
export function relativeSource(text: Located<string>, address = text.value): InstalledSource {
  const plain = address.replace(/^[\0-\x20]+|[\0-\x20]+$|[\t\n\r]/g, '').replaceAll('\\', '/');
  if (plain.startsWith('//')) {
    // The scheme is that of the registry, and to Yarn 1 it is a path of this machine.
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
  const said = readTarballAddress(url);
  return {
    ...NOTHING,
    kind: path.startsWith(BELOW) ? 'registry' : 'tarball',
    identity: `registry:${path.startsWith(BELOW) ? path.slice(BELOW.length) : path}`,
    saidName: said?.name,
    saidVersion: said?.version,
    text,
  };
}

/** Stands for a host that is not known. */
const PLACEHOLDER = 'https://registry.invalid';
const BELOW = '/-registry-/';
