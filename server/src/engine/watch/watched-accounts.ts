import type { UnavailableReason } from '../../core/know/registry/documents/fact.ts';
import { isAccountName, type MaintainedPackage } from '../../core/know/registry/documents/maintained-kind.ts';
import type { Project } from '../../core/read/project/project.ts';
import type { Uri } from '../../core/read/text/paths/uri.ts';
import { hostAndPort, parseWebUrl } from '../../core/read/text/paths/web-url.ts';
import type { UnseenPackage } from '../../core/show/watch/look-at-project.ts';
import type { WatchedAccount } from '../../core/show/watch/watch-record.ts';
import type { AbortSignalLike } from '../ports.ts';
import type { Session } from '../session.ts';

export interface AccountsLook {
  readonly accounts: readonly WatchedAccount[];
  /** Accounts whose packages are not, or not all, known. */
  readonly unseen: readonly UnseenPackage[];
}

/** Requests of a round. */
const MOST_PAGES = 200;
/** Pages of an account: more packages are those of an organization or a robot. */
const MOST_PAGES_OF_ACCOUNT = 8;

/**
 * Looks up the packages of the accounts that the policies list: each once per registry, for the first project that lists
 * it, so that a repository with many projects reports them once.
 */
export async function lookAtAccounts(
  session: Session,
  signal: AbortSignalLike,
): Promise<ReadonlyMap<Uri, AccountsLook>> {
  const found = new Map<Uri, AccountsLook>();
  const asked = new Set<string>();
  const budget = { left: MOST_PAGES };
  for (const { project } of session.snapshot().projects) {
    const host = hostOf(project);
    const accounts: WatchedAccount[] = [];
    const unseen: UnseenPackage[] = [];
    for (const name of distinctNames(project.policy.watch.maintainers ?? [])) {
      if (signal.aborted) return found;
      const key = `${host} ${name.toLowerCase()}`;
      if (asked.has(key)) continue;
      const answer = await packagesOf({ session, project, name, budget });
      // Another project may ask where this one is not trusted.
      if (!('reason' in answer) || answer.reason !== 'untrusted') asked.add(key);
      accounts.push({ name, host, packages: 'reason' in answer ? null : answer.packages });
      if ('reason' in answer) unseen.push({ name, ...answer });
    }
    found.set(project.root, { accounts, unseen });
  }
  return found;
}

/** Returns the host alone: the path of a registry may hold a token. */
function hostOf({ npmConfig }: Project): string {
  const address = parseWebUrl(npmConfig.registryFor('').url);
  return address === undefined ? '' : hostAndPort(address);
}

/** Returns each account once, whatever its spelling. */
function distinctNames(names: readonly string[]): readonly string[] {
  return [...new Map(names.toReversed().map((name) => [name.toLowerCase(), name])).values()].reverse();
}

interface AccountQuestion {
  readonly session: Session;
  readonly project: Project;
  readonly name: string;
  readonly budget: { left: number };
}

/** Returns all packages of an account, or why not all are known: some of them would make the others news later. */
async function packagesOf({
  session,
  project,
  name,
  budget,
}: AccountQuestion): Promise<
  { readonly packages: readonly MaintainedPackage[] } | Omit<UnseenPackage, 'name'>
> {
  if (!isAccountName(name)) return unseenAs('failed', 'no account can have this name');
  const packages = new Map<string, MaintainedPackage>();
  let [from, count] = [0, 0];
  for (let page = 0; page < MOST_PAGES_OF_ACCOUNT; page++) {
    if (budget.left-- <= 0) return unseenAs('failed', `a run sends at most ${MOST_PAGES} such requests`);
    const fact = await session.maintainedBy(project, name, from);
    if (fact.state === 'unavailable') return unseenAs(fact.reason, fact.detail);
    if (fact.state === 'absent') return unseenAs('not-provided', 'its registry has no such search');
    if (fact.state === 'pending') return unseenAs('failed', 'no answer from its registry');
    if (fact.notRefreshed !== undefined) return unseenAs(fact.notRefreshed.reason, fact.notRefreshed.detail);
    const { total, listed, packages: here } = fact.value;
    for (const each of here) packages.set(each.name, each);
    from += listed;
    count += here.length;
    if (from >= total) {
      // The order changed between two pages, so something may have been missed.
      if (packages.size < count) return unseenAs('failed', 'the list changed while it was read');
      return { packages: [...packages.values()].sort((a, b) => (a.name < b.name ? -1 : 1)) };
    }
    if (listed === 0) return unseenAs('failed', `the registry listed ${from} of ${total} packages`);
  }
  return unseenAs('failed', 'the account has too many packages');
}

function unseenAs(reason: UnavailableReason, detail: string): Omit<UnseenPackage, 'name'> {
  return { reason, detail };
}
