import { ADVICE_FOR } from '../../../judge/check/advice-for.ts';
import { type Coverage, type CoverageGap, coverageWith } from '../../../judge/check/coverage.ts';
import type { PublishAccount } from '../../../judge/people/account-reach.ts';
import type { UnavailableReason } from '../../../know/registry/documents/fact.ts';
import { groupBy } from '../../../read/text/group-by.ts';
import { plural } from '../../../read/text/words/words.ts';

/** Who can publish what the lockfiles of a folder install. */
export interface MaintainersReport {
  /** The number of names of locked registry packages. */
  readonly packages: number;
  /** Those with the most packages first. */
  readonly accounts: readonly PublishAccount[];
  /** Packages of which nobody knows who can publish them. */
  readonly unknown: readonly UnknownPeople[];
  /** Lockfiles and manifests that were not read as a whole, and projects without a lockfile, each with a clause. */
  readonly unread: readonly { readonly path: string; readonly reason: string }[];
  /** The time from which a first release is recent, in milliseconds since 1970. */
  readonly recentSince: number;
}

export interface UnknownPeople {
  readonly package: string;
  readonly reason: UnavailableReason;
  /** A clause. */
  readonly detail: string;
}

/** Returns the accounts that are new to a package. */
export function changedAccounts({ accounts }: MaintainersReport): readonly PublishAccount[] {
  return accounts.filter(({ changes }) => changes.length > 0);
}

/** Returns what is unknown. A private name without a registry is no gap: nobody outside can publish it. */
export function maintainersCoverage({ unknown, unread }: MaintainersReport): Coverage {
  const files = unread.map(
    ({ path, reason }): CoverageGap => ({
      ...{ kind: 'file', state: 'partly', reason: 'damaged', subject: path, detail: reason, path },
      advice: 'restore it from git, or let the package manager rewrite it',
    }),
  );
  const asked = unknown.filter(({ reason }) => reason !== 'private');
  const groups = groupBy(asked, ({ reason, detail }) => JSON.stringify([reason, detail]));
  const packages = [...groups.values()].map((group): CoverageGap => {
    const { reason, detail } = group[0]!;
    return {
      ...{ kind: 'package', state: 'not-checked', reason, detail, advice: ADVICE_FOR[reason] },
      subject: `the maintainers of ${plural(group.length, 'package')}`,
      packages: group.map((each) => each.package),
    };
  });
  return coverageWith([...files, ...packages]);
}
