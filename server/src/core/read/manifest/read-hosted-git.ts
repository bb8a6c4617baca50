import { parseWebUrl } from '../text/paths/web-url.ts';
import { committishProblem } from './git-ref.ts';
import type { Specifier } from './specifier.ts';

type Host = 'github' | 'gitlab' | 'bitbucket' | 'gist' | 'sourcehut';

const DOMAINS: ReadonlyMap<string, Host> = new Map([
  ['github.com', 'github'],
  ['gitlab.com', 'gitlab'],
  ['bitbucket.org', 'bitbucket'],
  ['gist.github.com', 'gist'],
  ['git.sr.ht', 'sourcehut'],
]);

const SCHEMES: Readonly<Record<Host, readonly string[]>> = {
  github: ['git', 'http', 'git+ssh', 'git+https', 'ssh', 'https'],
  gitlab: ['git+ssh', 'git+https', 'ssh', 'https'],
  bitbucket: ['git+ssh', 'git+https', 'ssh', 'https'],
  gist: ['git', 'git+ssh', 'git+https', 'ssh', 'https'],
  sourcehut: ['git+ssh', 'https'],
};

/**
 * Parses git specifiers of the hosts that npm knows (hosted-git-info): `user/project`, `github:user/project`, and URLs
 * of a repository's page. URLs of files on these hosts (archives) are ordinary URLs and give undefined.
 */
export function readHostedGit(text: string): Specifier | undefined {
  if (isGitHubShorthand(text)) return git(text, 'github', text.indexOf('#'));
  const shortcut = /^(github|gitlab|bitbucket|gist|sourcehut):(?!\/\/)/i.exec(text)?.[1]?.toLowerCase();
  if (shortcut !== undefined) {
    return isDecodable(text) ? git(text, shortcut as Host, text.indexOf('#')) : undefined;
  }
  const address = parseWebUrl(asUrl(text));
  if (address === undefined) return undefined;
  const host = DOMAINS.get(address.host.replace(/^www\./, ''));
  if (host === undefined || !SCHEMES[host].includes(address.scheme) || !isDecodable(text)) return undefined;
  return readPage(text, host, address.rest);
}

function readPage(text: string, host: Host, rest: string): Specifier | undefined {
  const hash = text.indexOf('#');
  const path = rest.slice(0, rest.search(/[?#]|$/));
  const [, user, project, third, fourth] = path.split('/');
  switch (host) {
    case 'github': {
      if (isBlank(user) || isBlank(project?.replace(/\.git$/, '')) || !(isBlank(third) || third === 'tree')) {
        return undefined;
      }
      if (third !== 'tree') return git(text, host, hash);
      const start = text.indexOf('/tree/') + '/tree/'.length;
      return isBlank(fourth) ? git(text, host, -1) : git(text, host, start - 1, start + fourth!.length);
    }
    case 'gitlab': {
      const isFile = path.includes('/-/') || path.includes('/archive.tar.gz');
      const last = path.slice(path.lastIndexOf('/') + 1).replace(/\.git$/, '');
      return isFile || last === '' || path.lastIndexOf('/') < 2 ? undefined : git(text, host, hash);
    }
    case 'gist':
      return third === 'raw' || (isBlank(user) && isBlank(project)) ? undefined : git(text, host, hash);
    case 'bitbucket':
    case 'sourcehut': {
      const isFile = third === (host === 'bitbucket' ? 'get' : 'archive');
      return isFile || isBlank(user) || isBlank(project?.replace(/\.git$/, ''))
        ? undefined
        : git(text, host, hash);
    }
  }
}

/** `before` is the offset of the `#` or `/` in front of the committish; -1 if there is none. */
function git(text: string, host: Host, before: number, end = text.length): Specifier {
  const committish = before === -1 || before + 1 >= end ? undefined : text.slice(before + 1, end);
  const reason = committish === undefined ? undefined : committishProblem(committish);
  if (reason !== undefined) return { type: 'invalid', reason };
  return {
    type: 'git',
    host: host === 'sourcehut' ? undefined : host,
    address: before === -1 ? text : text.slice(0, before),
    committish,
    committishStart: committish === undefined ? undefined : before + 1,
  };
}

/** Decided by the text before the first `#`: one slash inside, no space, `@`, `:` or leading dot. */
function isGitHubShorthand(text: string): boolean {
  const hash = text.indexOf('#');
  const path = hash === -1 ? text : text.slice(0, hash);
  const slash = path.indexOf('/');
  return (
    slash > 0 &&
    slash === path.lastIndexOf('/') &&
    slash < path.length - 1 &&
    !path.startsWith('.') &&
    !/[\s@:]/.test(path)
  );
}

/**
 * Converts `git@github.com:user/project`, also after a protocol and with a password, into a URL with slashes only: for
 * the hosts that npm knows, it corrects the colon.
 */
function asUrl(text: string): string {
  const hash = text.indexOf('#');
  const path = hash === -1 ? text : text.slice(0, hash);
  const scp =
    /^(?:([a-z+]+):\/\/([^@\s/]+@)?|([^@\s/:]+@))([^:\s/@]+):(?!\d+(?:\/|$))(?!\/\/)([^\s]*)$/i.exec(path);
  if (scp === null) return text;
  const [, scheme, user = '', bareUser = '', host, rest] = scp;
  return `${scheme ?? 'git+ssh'}://${user}${bareUser}${host}/${rest}${hash === -1 ? '' : text.slice(hash)}`;
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text === '';
}
