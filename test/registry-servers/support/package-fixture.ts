/** A package as a registry knows it, in the few words a test cares about; `documents.ts` makes the true shapes of it. */
export interface PackageFixture {
  readonly name: string;
  /** In the order in which they were published. */
  readonly versions: Readonly<Record<string, VersionFixture>>;
  /** Times of versions that are gone: registries keep them. */
  readonly removed: Readonly<Record<string, string>>;
  /** `latest` is the last version, unless it is said. */
  readonly tags: Readonly<Record<string, string>>;
  /** Who may publish now. */
  readonly maintainers: readonly string[];
  /** In the last week; undefined where the registry counts none. */
  readonly downloads: number | undefined;
  /** Members of the full document that are as they are. */
  readonly document: Readonly<Record<string, unknown>>;
  /** Since when the whole package is gone. */
  readonly unpublished: string | undefined;
}

export interface VersionFixture {
  /** A day, or a time. Left out: ten days after the version before. */
  readonly at?: string;
  /** Left out: the first maintainer. */
  readonly by?: string | Publisher;
  readonly deprecated?: string | boolean;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  /** Left out: signed with the registry's key. */
  readonly signature?: 'none' | 'wrong' | 'expired-key' | 'unknown-key';
  /** `owner/repository` that a provenance attestation names as the source. */
  readonly provenance?: string;
  /** Further members of its manifest. */
  readonly manifest?: Readonly<Record<string, unknown>>;
}

/** `_npmUser` of a version that was not published with a person's own token. */
export interface Publisher {
  readonly name: string;
  readonly email: string;
  readonly trustedPublisher?: { readonly id: string; readonly oidcConfigId: string };
  readonly approver?: { readonly name: string; readonly email: string };
}

type Rest = Partial<Omit<PackageFixture, 'name' | 'versions'>>;

/** A package that ana maintains; `rest` says what else is different about it. */
export function pack(
  name: string,
  versions: Readonly<Record<string, VersionFixture>> = { '1.0.0': {} },
  rest: Rest = {},
): PackageFixture {
  const plain = { removed: {}, tags: {}, maintainers: ['ana'], downloads: 1000, document: {} };
  return { name, versions, unpublished: undefined, ...plain, ...rest };
}

/** A name that the registry's owner took away from a harmful package. Its old versions are gone, their times are not. */
export function securityHolding(
  name: string,
  removed: Readonly<Record<string, string>> = {},
): PackageFixture {
  const manifest = { description: 'security holding package', repository: 'npm/security-holder' };
  const version = { at: '2026-10-01', by: 'npm', manifest };
  return pack(
    name,
    { '0.0.1-security': version },
    { removed, maintainers: ['npm'], document: { description: manifest.description } },
  );
}

/** A package of which every version was removed by its owner. */
export function unpublished(
  name: string,
  removed: Readonly<Record<string, string>>,
  since: string,
): PackageFixture {
  return pack(name, {}, { removed, unpublished: since, downloads: undefined });
}

/** A publish from a workflow, without anybody's token; `approver` released it from the staging area. */
export function trustedPublisher(id: 'github' | 'gitlab' | 'circleci', approver?: string): Publisher {
  const names = { github: 'GitHub Actions', gitlab: 'GitLab CI/CD', circleci: 'CircleCI' };
  return {
    name: names[id],
    email: 'oidc@registry.example.test',
    trustedPublisher: { id, oidcConfigId: 'oidc:00000000-0000-4000-8000-000000000000' },
    ...(approver === undefined ? {} : { approver: person(approver) }),
  };
}

export function person(name: string): { readonly name: string; readonly email: string } {
  return { name, email: `${name}@example.test` };
}

const DAY = 24 * 60 * 60 * 1000;
const FIRST_DAY = Date.parse('2026-01-01T00:00:00Z');

/** When each version was published, in milliseconds since 1970. */
export function publishTimes({ versions }: PackageFixture): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  let last = FIRST_DAY - 10 * DAY;
  for (const [version, { at }] of Object.entries(versions)) {
    last = at === undefined ? last + 10 * DAY : timeOf(at);
    times.set(version, last);
  }
  return times;
}

/** A day means its noon. */
export function timeOf(text: string): number {
  return Date.parse(text.includes('T') ? text : `${text}T12:00:00Z`);
}
