import type { WatchEvent } from './watch-event.ts';
import type { WatchedAccount, WatchRecord } from './watch-record.ts';

/** A registry decides how many packages an account has, but not how many lines they fill. */
const MOST_OF_ACCOUNT = 20;
const MOST = 200;

/** Returns packages that listed accounts can publish now and could not before, if both are wholly known. */
export function newPackages(before: WatchRecord, now: WatchRecord): readonly WatchEvent[] {
  const news = now.accounts.flatMap((account) => {
    const earlier = sameAccount(before.accounts, account);
    if (account.packages === null || earlier === undefined || earlier.packages === null) return [];
    const known = new Set(earlier.packages.map(({ name }) => name));
    return account.packages
      .filter(({ name }) => !known.has(name))
      .slice(0, MOST_OF_ACCOUNT)
      .map((each): WatchEvent => ({ kind: 'new-package', ...each, account: account.name }));
  });
  return news.slice(0, MOST);
}

/** More would not be read again. */
const MOST_KEPT = 5_000;

/**
 * Returns the accounts to store after a look. A package stays on record when a search leaves it out, so that it is not
 * new once more.
 */
export function mergeAccounts(
  before: readonly WatchedAccount[],
  now: readonly WatchedAccount[],
): readonly WatchedAccount[] {
  return now.map((account) => {
    const earlier = sameAccount(before, account)?.packages;
    if (earlier === undefined || earlier === null) return account;
    if (account.packages === null) return { ...account, packages: earlier };
    const names = new Set(account.packages.map(({ name }) => name));
    const packages = [...account.packages, ...earlier.filter(({ name }) => !names.has(name))];
    return { ...account, packages: packages.slice(0, MOST_KEPT) };
  });
}

function sameAccount(
  accounts: readonly WatchedAccount[],
  { name, host }: WatchedAccount,
): WatchedAccount | undefined {
  const key = name.toLowerCase();
  return accounts.find((each) => each.host === host && each.name.toLowerCase() === key);
}
