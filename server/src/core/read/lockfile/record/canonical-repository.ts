import { canonicalUrl } from '../../text/paths/canonical-url.ts';
import { localPath } from './local-path.ts';

/** A git repository and the part taken from it, in one spelling for equivalent texts. */
export interface CanonicalRepository {
  /** `host/owner/project` on the hosts that all package managers know; otherwise with scheme, user and port. */
  readonly repository: string;
  /** The full commit, in lower case; undefined if a branch, a tag or nothing is named. */
  readonly commit: string | undefined;
  /** Anything else after the `#`: a branch, `semver:^1.0.0`, `path:/packages/a`. Empty for nothing. */
  readonly selector: string;
}

/** Code hosts whose repositories are the same over every scheme, whatever the case of their paths. */
const HOSTS: ReadonlyMap<string, string> = new Map([
  ['github', 'github.com'],
  ['gitlab', 'gitlab.com'],
  ['bitbucket', 'bitbucket.org'],
  ['gist', 'gist.github.com'],
]);
const DOMAINS: ReadonlySet<string> = new Set(HOSTS.values());

/**
 * Reads a URL, an scp-like path (`git@host:owner/project`) or a shorthand (`github:owner/project`, `owner/project`)
 * known to be git. Archives of a commit that code hosts serve count as the repository at that commit.
 */
export function canonicalRepository(text: string): CanonicalRepository {
  const trimmed = text.trim();
  const archive = readArchive(trimmed);
  if (archive !== undefined) return archive;
  const hash = trimmed.indexOf('#');
  const address = hash === -1 ? trimmed : trimmed.slice(0, hash);
  return { repository: repositoryOf(address), ...readFragment(hash === -1 ? '' : trimmed.slice(hash + 1)) };
}

/**
 * Parses the URL of a commit's archive on one of the known code hosts; undefined for any other text. Yarn 1 appends the
 * hash of the file, which is not a commit.
 */
export function readArchive(text: string): CanonicalRepository | undefined {
  if (!/(?:codeload\.github|gitlab|bitbucket)\./i.test(text)) return undefined;
  const url = canonicalUrl(text);
  if (url === undefined || url.scheme !== 'https' || url.port !== '') return undefined;
  const { host, path, query, fragment } = url;
  const read = (pattern: RegExp, domain: string, from: string): CanonicalRepository | undefined => {
    const match = pattern.exec(from);
    if (match === null) return undefined;
    const project = decode(match[1]!).toLowerCase();
    const ref = decode(match[2]!);
    const isCommit = FULL_COMMIT.test(ref);
    const rest = /^#[\da-f]{40}$/i.test(fragment) ? '' : fragment.slice(1);
    return {
      repository: `${domain}/${project}`,
      commit: isCommit ? ref.toLowerCase() : undefined,
      selector: [isCommit ? '' : ref, rest].filter((part) => part !== '').join('&'),
    };
  };
  switch (host) {
    case 'codeload.github.com':
      return query === '' ? read(/^\/([^/]+\/[^/]+)\/tar\.gz\/([^/]+)$/, 'github.com', path) : undefined;
    case 'gitlab.com':
      return (
        read(
          /^\/api\/v4\/projects\/([^/?]+)\/repository\/archive\.tar\.gz\?(?:ref|sha)=([^&]+)$/,
          host,
          path + query,
        ) ??
        read(
          /^\/([^?]+?)\/(?:repository\/archive\.tar\.gz\?ref=|-\/archive\/)([^/?&]+)(?:\/[^/]+\.tar\.gz)?$/,
          host,
          path + query,
        )
      );
    case 'bitbucket.org':
      return query === '' ? read(/^\/([^/]+\/[^/]+)\/get\/([^/]+)\.tar\.gz$/, host, path) : undefined;
    default:
      return undefined;
  }
}

const FULL_COMMIT = /^(?:[\da-f]{40}|[\da-f]{64})$/i;

function repositoryOf(address: string): string {
  const shorthand = /^(github|gitlab|bitbucket|gist):(?!\/\/)(.*)$/i.exec(address);
  if (shorthand !== null) return ofHost(HOSTS.get(shorthand[1]!.toLowerCase())!, shorthand[2]!);
  if (/^[^/\s@:.][^/\s@:]*\/[^/\s@:]+$/.test(address)) return ofHost('github.com', address);
  const url = /^(?:git\+)?([a-z][a-z\d+.-]*):\/*([^/]*)(.*)$/is.exec(asUrl(address));
  if (url === null) return localPath(address);
  const scheme = url[1]!.toLowerCase();
  if (scheme === 'file') return `file:${localPath(address.replace(/^(?:git\+)?file:/i, ''))}`;
  if (scheme === 'http' || scheme === 'https') return ofWeb(address.replace(/^git\+/i, ''));
  const at = url[2]!.lastIndexOf('@');
  const user = url[2]!.slice(0, Math.max(at, 0)).replace(/:.*$/s, '');
  const [, host = '', port = ''] = /^(.*?)(?::(\d*))?$/s.exec(url[2]!.slice(at + 1)) ?? [];
  const name = host.toLowerCase().replace(/\.+$/, '');
  const isUsualPort = port === '' || (scheme === 'ssh' && port === '22');
  if (scheme === 'ssh' && isUsualPort && isKnown(name) && (user === '' || user === 'git')) {
    return ofHost(domainOf(name), url[3]!);
  }
  const account = user === '' || user === 'git' ? '' : `${user}@`;
  return `${scheme}://${account}${name}${isUsualPort ? '' : `:${port}`}${slashed(url[3]!)}`;
}

function ofWeb(address: string): string {
  const url = canonicalUrl(address);
  if (url === undefined) return address;
  const isPlain = url.scheme === 'https' && url.port === '' && url.query === '';
  return isPlain && isKnown(url.host) ? ofHost(domainOf(url.host), url.path) : url.href;
}

function isKnown(host: string): boolean {
  return DOMAINS.has(domainOf(host));
}

function domainOf(host: string): string {
  return host.replace(/^www\./, '');
}

/** The path of a gist may or may not begin with its owner. */
function ofHost(domain: string, path: string): string {
  const project = decode(path)
    .replace(/^\/+|\/+$/g, '')
    .replace(/\.git$/i, '')
    .toLowerCase();
  return `${domain}/${domain === 'gist.github.com' ? project.slice(project.lastIndexOf('/') + 1) : project}`;
}

/** Normalizes `git@host:owner/project` and `ssh://git@host:owner/project`, with slashes only. */
function asUrl(address: string): string {
  const scp = /^(?:(?:git\+)?ssh:\/\/)?([^@\s/:]+@)?([^:\s/@]+):(?!\d+(?:\/|$))(?!\/\/)(.*)$/is.exec(address);
  if (scp === null || (scp[1] === undefined && !/\./.test(scp[2]!))) return address;
  return `ssh://${scp[1] ?? ''}${scp[2]}/${scp[3]!.replace(/^\/+/, '')}`;
}

function slashed(path: string): string {
  return path === '' ? '/' : path;
}

/** npm separates parts with `::`, Yarn and pnpm with `&`; Yarn writes `commit=` before a commit. */
function readFragment(fragment: string): Pick<CanonicalRepository, 'commit' | 'selector'> {
  let commit: string | undefined;
  const rest: string[] = [];
  for (const part of fragment.split(/::|&/)) {
    const ref = part.replace(/^commit=/, '');
    if (commit === undefined && FULL_COMMIT.test(ref)) commit = ref.toLowerCase();
    else if (part !== '') rest.push(part);
  }
  return { commit, selector: rest.join('&') };
}

function decode(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
