import semver from 'semver';
import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';
import { parseWebUrl } from '../../read/text/paths/web-url.ts';

/**
 * The identity by which npm looks up a decision on a locked package's install scripts. For a package of a registry
 * these are the name and version in its recorded URL; without one only the name is certain.
 */
export type ScriptIdentity =
  | { readonly type: 'registry'; readonly name: string; readonly version: string | undefined }
  | { readonly type: 'git'; readonly repository: string; readonly commit: string | undefined }
  | { readonly type: 'address'; readonly address: string };

/**
 * Returns the identity of a locked package; undefined for packages without decisions in npm, or that are the project's
 * own.
 */
export function scriptIdentity(entry: LockEntry): ScriptIdentity | undefined {
  const resolved = entry.resolved?.value;
  switch (entry.source) {
    case 'registry': {
      const fromAddress = resolved === undefined ? undefined : nameAndVersion(resolved);
      return { type: 'registry', ...(fromAddress ?? { name: entry.name, version: undefined }) };
    }
    case 'git': {
      const git = resolved === undefined ? undefined : readGit(resolved);
      return git === undefined ? undefined : { type: 'git', ...git };
    }
    case 'tarball':
      return resolved === undefined ? undefined : { type: 'address', address: resolved };
    default:
      return undefined;
  }
}

/** Parses `https://host/@scope/name/-/name-1.2.3.tgz` into name and version as npm does. */
function nameAndVersion(address: string): { name: string; version: string } | undefined {
  const parsed = parseWebUrl(address);
  if (parsed === undefined || !/^https?$/.test(parsed.scheme)) return undefined;
  const path = parsed.rest.split(/[?#]/, 1)[0]!;
  const at = path.lastIndexOf('/-/');
  const file = path.slice(at + '/-/'.length);
  if (at === -1 || !file.endsWith('.tgz') || file.includes('/')) return undefined;
  const segments = path.slice(1, at).split(/\/|%2f/i);
  const project = segments.at(-1)!;
  const scope = segments.at(-2);
  if (project === '' || !file.startsWith(`${project}-`)) return undefined;
  const version = semver.parse(file.slice(project.length + 1, -'.tgz'.length))?.version;
  if (version === undefined) return undefined;
  return { name: scope?.startsWith('@') === true ? `${scope}/${project}` : project, version };
}

const HOSTS: ReadonlyMap<string, string> = new Map([
  ['github.com', 'github'],
  ['gitlab.com', 'gitlab'],
  ['bitbucket.org', 'bitbucket'],
]);

/**
 * Parses a git URL into its repository (`github:user/project`, otherwise `host/path`) and commit. The many spellings of
 * one repository give the same text. Undefined for anything but a git URL.
 */
export function readGit(text: string): { repository: string; commit: string | undefined } | undefined {
  const hash = text.indexOf('#');
  const commit = hash === -1 || hash + 1 === text.length ? undefined : text.slice(hash + 1);
  const place = hash === -1 ? text : text.slice(0, hash);
  const shorthand = /^(?:(github|gitlab|bitbucket):)?([\w.-]+\/[\w.-]+)$/.exec(place);
  if (shorthand !== null) {
    return { repository: `${shorthand[1] ?? 'github'}:${withoutGit(shorthand[2]!)}`, commit };
  }
  const address = parseWebUrl(place);
  if (address === undefined || !/^(?:git(?:\+\w+)?|ssh)$/.test(address.scheme)) return undefined;
  const path = withoutGit(address.rest.replace(/^\//, ''));
  const host = HOSTS.get(address.host);
  return { repository: host === undefined ? `${address.host}/${path}` : `${host}:${path}`, commit };
}

function withoutGit(path: string): string {
  return path.endsWith('.git') ? path.slice(0, -'.git'.length) : path;
}
