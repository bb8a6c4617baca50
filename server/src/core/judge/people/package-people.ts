import semver from 'semver';
import type { Packument } from '../../know/registry/documents/packument.ts';
import { isService, publisherName } from '../../know/registry/documents/publisher.ts';

/** Why an account is new to a package. */
export type AccountChange =
  | {
      /** It can publish now, and could not when the locked version was published. */
      readonly kind: 'added';
      readonly account: string;
      readonly package: string;
      /** The locked version. */
      readonly since: string;
      /** When that was published, in milliseconds since 1970; null if unknown. */
      readonly at: number | null;
    }
  | {
      /** It published its first version of a package that others had published. */
      readonly kind: 'first-release';
      readonly account: string;
      readonly package: string;
      readonly version: string;
      readonly at: number;
    };

/** Who can publish a package. */
export interface PackagePeople {
  readonly name: string;
  /** Undefined if the registry does not provide them. */
  readonly accounts: readonly string[] | undefined;
  readonly changes: readonly AccountChange[];
}

/** A package that one person published so far gets a second publisher at some time. */
const ENOUGH_RELEASES = 3;

/**
 * Returns who can publish a package, and which of them are new: since the locked version, and by their first release.
 *
 * @param recentSince milliseconds since 1970
 */
export function packagePeople(
  packument: Packument,
  locked: readonly string[],
  recentSince: number,
): PackagePeople {
  const { name, maintainers } = packument;
  const accounts = maintainers === undefined ? undefined : namesOf(maintainers);
  return {
    name,
    accounts,
    changes: [...added(packument, locked, accounts ?? []), ...firstReleases(packument, recentSince)],
  };
}

function namesOf(people: readonly { readonly name: string }[]): readonly string[] {
  const known = new Map(people.map((person) => [publisherKey(person.name), person.name]));
  return [...known.values()].sort(byName);
}

function added(
  { name, versions, times }: Packument,
  locked: readonly string[],
  accounts: readonly string[],
): readonly AccountChange[] {
  const since = locked
    .filter((version) => versions.has(version))
    .sort(semver.compareLoose)
    .at(-1);
  const before = since === undefined ? undefined : versions.get(since)?.maintainers;
  if (since === undefined || before === undefined || before.length === 0) return [];
  const known = new Set(before.map((person) => publisherKey(person.name)));
  return accounts.flatMap((account): AccountChange[] =>
    known.has(publisherKey(account))
      ? []
      : [{ kind: 'added', account, package: name, since, at: times.get(since) ?? null }],
  );
}

function firstReleases({ name, versions, times }: Packument, recentSince: number): readonly AccountChange[] {
  const seen = new Set<string>();
  const changes: AccountChange[] = [];
  let releases = 0;
  for (const [version, at] of times) {
    const publisher = versions.get(version)?.publishedBy;
    // An unknown one may be anybody, so nobody after it is certainly new.
    if (publisher === undefined) {
      if (versions.has(version)) return changes;
      continue;
    }
    const key = publisherName(publisher);
    if (at >= recentSince && releases >= ENOUGH_RELEASES && !seen.has(key) && !isService(publisher))
      changes.push({ kind: 'first-release', account: publisher.name, package: name, version, at });
    seen.add(key);
    releases++;
  }
  return changes;
}

export function publisherKey(name: string): string {
  return name.toLowerCase();
}

export function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
