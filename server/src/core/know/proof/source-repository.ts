import { parseWebUrl } from '../../read/text/paths/web-url.ts';

/** A repository, normalized so that different URLs of it are equal. */
export interface SourceRepository {
  readonly host: string;
  /** `owner/name`, with nested groups on GitLab; in lower case if the host ignores case. */
  readonly path: string;
}

const SHORTCUTS: ReadonlyMap<string, string> = new Map([
  ['github', 'github.com'],
  ['gitlab', 'gitlab.com'],
  ['bitbucket', 'bitbucket.org'],
]);

/** Hosts that ignore the case of owners and repositories. */
const CASELESS: ReadonlySet<string> = new Set(SHORTCUTS.values());

/**
 * Parses the `repository` of manifests and provenance: URLs with and without `git+`, `.git`, user, folder and branch,
 * `git@host:owner/name`, `github:owner/name` and `owner/name`. Undefined for anything but the URL of a repository.
 */
export function readSourceRepository(text: string): SourceRepository | undefined {
  const trimmed = text.trim();
  const shortcut = /^(github|gitlab|bitbucket):(?!\/\/)(.+)$/i.exec(trimmed);
  if (shortcut !== null) return fromPath(SHORTCUTS.get(shortcut[1]!.toLowerCase())!, shortcut[2]!);
  if (/^[\w.-]+\/[\w.-]+$/.test(trimmed)) return fromPath('github.com', trimmed);
  const address = parseWebUrl(scpAsUrl(trimmed));
  return address === undefined ? undefined : fromPath(address.host.replace(/^www\./, ''), address.rest);
}

/** Checks whether both URLs are of the same repository; undefined if either is not the URL of one. */
export function isSameRepository(a: string, b: string): boolean | undefined {
  const [left, right] = [readSourceRepository(a), readSourceRepository(b)];
  if (left === undefined || right === undefined) return undefined;
  return left.host === right.host && left.path === right.path;
}

/** Formats a repository for people: `github.com/acme/ui`. */
export function describeRepository(text: string): string {
  const read = readSourceRepository(text);
  return read === undefined ? text : `${read.host}/${read.path}`;
}

function fromPath(host: string, path: string): SourceRepository | undefined {
  const [plain = ''] = path.split(/[?#@]/, 1);
  const parts = plain.split('/').filter((part) => part !== '');
  // GitLab has nested groups, and `/-/` begins what is not part of the repository's name.
  const end = host === 'gitlab.com' || !CASELESS.has(host) ? parts.findIndex(isPageMark) : 2;
  const named = end === -1 ? parts : parts.slice(0, end);
  const last = named.at(-1)?.replace(/\.git$/i, '');
  if (named.length < 2 || last === undefined || last === '') return undefined;
  const joined = [...named.slice(0, -1), last].join('/');
  return { host, path: CASELESS.has(host) ? joined.toLowerCase() : joined };
}

function isPageMark(part: string): boolean {
  return part === '-' || part === 'tree' || part === 'blob';
}

/** Converts `git@host:owner/name`, with and without a scheme, into a URL with slashes only. */
function scpAsUrl(text: string): string {
  const scp =
    /^(?:[a-z+]{1,10}:\/\/[\w.-]{1,100}@|(?:[\w.-]{1,100}@)?)([\w.-]{1,200}):(?!\d+\/)(?!\/)(.+)$/i.exec(
      text,
    );
  return scp === null ? text : `ssh://${scp[1]}/${scp[2]}`;
}
