import type { LockEntry } from '../../lockfile/model/lockfile.ts';
import { requestedUrl } from '../../lockfile/model/registry-base.ts';
import { shownText } from '../../lockfile/model/shown-text.ts';
import { type GitSpecifier, gitRefOf, isFullCommit } from '../../manifest/git-ref.ts';
import type { Specifier } from '../../manifest/specifier.ts';
import { parseWebUrl } from '../../text/paths/web-url.ts';
import { lockedCommit } from './locked-commit.ts';
import { leadsToRepository, repositoryOf } from './same-repository.ts';

/**
 * Returns where a dependency declared with a URL is locked from, if that is certainly elsewhere: another host or commit
 * than declared, as a clause: `has commit 0123456789ab`. Undefined if it is the same, or undecidable.
 */
export function lockedElsewhere(specifier: Specifier, entry: LockEntry | undefined): string | undefined {
  const address = entry?.resolved?.value;
  if (entry === undefined || address === undefined) return undefined;
  if (specifier.type === 'remote') {
    const host = hostOf(address);
    if (isOtherHost(hostOf(specifier.address), host)) return `takes it from ${host}`;
    const [declared, locked] = [requestedUrl(specifier.address, ''), requestedUrl(address, '')];
    const isOther = declared?.host === locked?.host && locked !== undefined && declared?.href !== locked.href;
    return isOther ? `takes it from ${shownText(`${locked.host}${locked.path}`, LONGEST)}` : undefined;
  }
  if (specifier.type !== 'git' || entry.source !== 'git') return undefined;
  const host = hostOf(address);
  const declared = specifier.host === undefined ? hostOf(specifier.address) : HOSTS[specifier.host];
  if (isOtherHost(declared, host)) return `takes it from ${host}`;
  if (!leadsToRepository(specifier, address))
    return `takes it from ${shownText(repositoryOf(address), LONGEST)}`;
  return otherCommit(specifier, entry);
}

const HOSTS = {
  github: 'github.com',
  gitlab: 'gitlab.com',
  bitbucket: 'bitbucket.org',
  gist: 'gist.github.com',
} as const;

function otherCommit(specifier: GitSpecifier, entry: LockEntry): string | undefined {
  const ref = gitRefOf(specifier)?.value;
  const locked = lockedCommit(entry);
  if (ref === undefined || locked === undefined || !isFullCommit(ref)) return undefined;
  const isSame = ref.replace(/^commit=/, '').toLowerCase() === locked.toLowerCase();
  return isSame ? undefined : `has commit ${locked.slice(0, SHOWN)}`;
}

/** The longest repository or path that fits a message. */
const LONGEST = 100;

/** The abbreviated length of a commit, as git shows one among many. */
const SHOWN = 12;

/** Without a port; undefined for text without a host. */
function hostOf(address: string): string | undefined {
  const [bare = ''] = address.split('#', 1);
  const host = parseWebUrl(bare)?.host ?? /^(?:[\w.-]+@)([\w.-]+):/.exec(bare)?.[1];
  return host?.toLowerCase();
}

/** `codeload.github.com` is part of `github.com`, as `www.` is. */
function isOtherHost(declared: string | undefined, locked: string | undefined): boolean {
  if (declared === undefined || locked === undefined || declared === locked) return false;
  return !declared.endsWith(`.${locked}`) && !locked.endsWith(`.${declared}`);
}
