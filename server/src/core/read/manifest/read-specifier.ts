import semver from 'semver';
import { parseWebUrl } from '../text/paths/web-url.ts';
import { remember } from '../text/remember.ts';
import { committishProblem } from './git-ref.ts';
import { isPlaceholder } from './is-placeholder.ts';
import { isUrlSafe, packageNameProblem } from './package-name.ts';
import { readHostedGit } from './read-hosted-git.ts';
import { readPlainRange } from './read-plain-range.ts';
import type { Specifier } from './specifier.ts';

/**
 * Reads a dependency's value as npm does (npm-package-arg), and with the protocols of the other package managers. Two
 * deviations: `npm:^1.0.0` is an alias of the dependency's own name, as Yarn and pnpm read it, and `git@host:path` is
 * git, as Yarn and pnpm read it, where npm reads a folder.
 * @param name the dependency's key
 */
export function readSpecifier(name: string, text: string): Specifier {
  return readAlias(name, text) ?? readWithoutName(text);
}

/** Projects repeat the same few hundred ranges, and each edit parses all of them. */
const readWithoutName = remember(4096, (text: string): Specifier => {
  const read =
    readProtocol(text) ??
    (PATH.test(text) ? pathOf(text) : undefined) ??
    readHostedGit(text) ??
    readUrl(text) ??
    readScpGit(text) ??
    (text.includes('/') || TARBALL.test(text) ? pathOf(text) : undefined) ??
    readRegistry(text);
  return isPlaceholder(text, read) ? { type: 'placeholder' } : read;
});

/** Returns the package requested from the registry. */
export function targetOf(name: string, specifier: Specifier): string {
  return specifier.type === 'alias' ? specifier.target : name;
}

/** Checks whether the text is a semver version or range, rather than a tag or protocol. */
export function isVersionOrRange(text: string): boolean {
  return readRange(text) !== undefined;
}

/**
 * Checks whether a tag is obviously a malformed version, such as `1.2.x.3` or `1..2`: npm would look for a tag of that
 * name, which does not exist.
 */
export function isBrokenVersion(tag: string): boolean {
  return /^[~v]*\d[\d.x*]*$/i.test(tag) && tag.includes('.');
}

const TARBALL = /[.](?:tgz|tar\.gz|tar)$/i;
const PATH = /^(?:[.]|~[/]|[/]|[a-zA-Z]:)/;
const URL_SCHEME = /^(?:git[+])?[a-z]+:/i;

function readProtocol(text: string): Specifier | undefined {
  const colon = text.indexOf(':');
  if (colon > 9) return undefined;
  const scheme = text.slice(0, Math.max(colon, 0)).toLowerCase();
  const rest = text.slice(colon + 1);
  switch (scheme) {
    case 'file':
      return { type: TARBALL.test(text) ? 'file' : 'directory', path: pathOfFileUrl(rest) };
    case 'link':
    case 'portal':
    case 'exec':
      return { type: scheme, path: rest };
    case 'workspace':
    case 'patch':
    case 'jsr':
      return { type: scheme, inner: rest };
    case 'catalog':
      return { type: 'catalog', catalog: rest };
    default:
      return undefined;
  }
}

/** `file://path` is an absolute path to npm, and `file:///../x` is a relative one. */
function pathOfFileUrl(rest: string): string {
  const path = /^\/\/[^/]/.test(rest) ? rest.slice(1) : rest;
  const relative = /^\/{1,3}(\.\.?(?:\/|$))/.exec(path);
  return relative === null ? path.replace(/^\/+(?=\/|~(?:\/|$))/, '') : path.replace(/^\/+/, '');
}

/** The parts of an alias, `npm:name@range`. */
export interface AliasParts {
  /** Everything before the range; of `npm:name`, which has none, with the `@` that would be before it. */
  readonly prefix: string;
  /** Empty where only a range follows, `npm:^1`, which Yarn and pnpm take from the dependency's own name. */
  readonly target: string;
  readonly range: string;
}

/** Reads the parts of an alias; undefined for any other value. */
export function aliasParts(text: string): AliasParts | undefined {
  if (!text.startsWith(':', 3) || !/^npm:/i.test(text)) return undefined;
  const rest = text.slice(4);
  // Before the range, as semver would read the second part of `name@^1 || ^2` as one.
  const at = rest.indexOf('@', 1);
  if (at > 0)
    return { prefix: text.slice(0, 4 + at + 1), target: rest.slice(0, at), range: rest.slice(at + 1) };
  if (rest === '' || isVersionOrRange(rest)) return { prefix: text.slice(0, 4), target: '', range: rest };
  return { prefix: `${text}@`, target: rest, range: '' };
}

/** Returns what an alias has before its range, `npm:name@` or `npm:`; nothing for any other value. */
export function aliasPrefix(text: string): string {
  return aliasParts(text)?.prefix ?? '';
}

function readAlias(name: string, text: string): Specifier | undefined {
  const parts = aliasParts(text);
  if (parts === undefined) return undefined;
  const { target, range: innerText } = parts;
  if (target === '' && innerText !== '')
    return { type: 'alias', target: name, inner: readRegistry(innerText), innerText };
  if (target === '') return invalid('an alias must name a package');
  const problem = packageNameProblem(target);
  if (!target.startsWith('@') && TARBALL.test(target)) return invalid('an alias cannot be a file');
  if (problem !== undefined) return invalid(`'${target}' cannot be a package's name: ${problem}`);
  const inner = readSpecifier(target, innerText);
  if (inner.type === 'invalid') return inner;
  if (inner.type === 'alias') return invalid('an alias of an alias is not supported');
  if (inner.type === 'placeholder') return inner;
  if (inner.type !== 'version' && inner.type !== 'range' && inner.type !== 'tag') {
    return invalid('an alias must be a package of a registry');
  }
  return { type: 'alias', target, inner, innerText };
}

function readUrl(text: string): Specifier | undefined {
  if (!URL_SCHEME.test(text)) return undefined;
  const scheme = text.slice(0, text.indexOf(':')).toLowerCase();
  switch (scheme) {
    case 'http':
    case 'https':
      return isWebUrl(text) ? { type: 'remote', address: text } : invalid('it is not a complete URL');
    case 'git':
    case 'git+http':
    case 'git+https':
    case 'git+rsync':
    case 'git+ftp':
    case 'git+file':
      return isGitUrl(text) ? gitAt(text, text) : invalid('it is not a complete git URL');
    case 'git+ssh':
      return isScpPath(text) || isGitUrl(text) ? gitAt(text, text) : invalid('it is not a complete git URL');
    default:
      return invalid(`no package manager supports the protocol '${scheme}:'`);
  }
}

/** `git+ssh://git@host:user/project` is not a URL but git's own syntax; npm passes it on unchanged. */
function isScpPath(text: string): boolean {
  const address = /^git\+ssh:\/\/([^:#]+:[^#]+)/i.exec(text)?.[1];
  return address !== undefined && !/:\d+(?:\/|$)/.test(address);
}

function isWebUrl(text: string): boolean {
  const address = parseWebUrl(text.replace(/^(https?):\/*/i, '$1://'));
  return address !== undefined && isPort(address.port) && !/[<>^|%\\]/.test(address.host);
}

/** Without a host (`git:a/b`, `git+file:///x`) there is nothing to validate. */
function isGitUrl(text: string): boolean {
  const authority = /^[^:]+:\/\/([^/?#]*)/.exec(text)?.[1];
  if (authority === undefined || authority === '') return true;
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  const isIpv6 = host.startsWith('[') && host.includes(']');
  const colon = host.indexOf(':', isIpv6 ? host.indexOf(']') : 0);
  const bare = colon === -1 ? host : host.slice(0, colon);
  if (bare === '' || /[\s<>^|\\]/.test(bare) || (bare.includes('[') && !isIpv6)) return false;
  return isPort(colon === -1 ? undefined : host.slice(colon + 1)) || isDriveLetter(text);
}

function isDriveLetter(text: string): boolean {
  return /^git\+file:\/\/[a-z]:/i.test(text);
}

function isPort(port: string | undefined): boolean {
  return port === undefined || port === '' || (/^\d{1,5}$/.test(port) && Number(port) <= 65_535);
}

/** Parses `git@example.com:user/project.git#main`. */
function readScpGit(text: string): Specifier | undefined {
  return /^[^@\s/#:]+@[^:\s/#]+\.[^:\s/#]+:[^\s].*$/.test(text) ? gitAt(text, text) : undefined;
}

function gitAt(text: string, address: string): Specifier {
  const hash = text.indexOf('#');
  const committish = hash === -1 || hash === text.length - 1 ? undefined : text.slice(hash + 1);
  const problem = committish === undefined ? undefined : committishProblem(committish);
  if (problem !== undefined) return invalid(problem);
  return {
    type: 'git',
    host: undefined,
    address: hash === -1 ? address : address.slice(0, hash),
    committish,
    committishStart: committish === undefined ? undefined : hash + 1,
  };
}

function pathOf(text: string): Specifier {
  return { type: TARBALL.test(text) ? 'file' : 'directory', path: text };
}

function readRegistry(text: string): Specifier {
  const trimmed = text.trim();
  const range = readRange(trimmed);
  if (range !== undefined) return range;
  if (isUrlSafe(trimmed)) return { type: 'tag', tag: trimmed };
  return invalid('it is not a version, a range, a dist-tag or a URL');
}

/** Longer texts are not versions, and never reach semver's regular expressions. */
const MAX_RANGE_LENGTH = 4096;
const LIKE_A_VERSION = /^[v=\s]*\d+\.\d+\.\d/;

function readRange(text: string): { readonly type: 'version' | 'range'; readonly range: string } | undefined {
  if (text.length > MAX_RANGE_LENGTH) return undefined;
  const plain = readPlainRange(text);
  if (plain !== undefined) return plain;
  // For an invalid version semver creates an error, which takes longer than anything else here.
  const version = LIKE_A_VERSION.test(text) ? semver.valid(text, true) : null;
  if (version !== null) return { type: 'version', range: version };
  const range = semver.validRange(text, true);
  return range === null ? undefined : { type: 'range', range };
}

function invalid(reason: string): Specifier {
  return { type: 'invalid', reason };
}
