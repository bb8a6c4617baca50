/** A registry's package, reduced to what a test cares about; `documents.ts` creates its full documents. */
export interface PackageFixture {
  readonly name: string;
  /** In the order of publication. */
  readonly versions: Readonly<Record<string, VersionFixture>>;
  /** Times of removed versions, which registries keep. */
  readonly removed: Readonly<Record<string, string>>;
  /** `latest` is the last version by default. */
  readonly tags: Readonly<Record<string, string>>;
  readonly maintainers: readonly string[];
  /** In the last week; undefined if the registry does not count them. */
  readonly downloads: number | undefined;
  /** Members of the full document that are used unchanged. */
  readonly document: Readonly<Record<string, unknown>>;
  /** Since when the whole package is unpublished. */
  readonly unpublished: string | undefined;
}

export interface VersionFixture {
  /** A day, or a time. Default: ten days after the previous version. */
  readonly at?: string;
  /** Default: the first maintainer. */
  readonly by?: string | Publisher;
  readonly deprecated?: string | boolean;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  /** Default: signed with the registry's key. */
  readonly signature?: 'none' | 'wrong' | 'expired-key' | 'unknown-key';
  /** The `owner/repository` that a provenance attestation names as the source. */
  readonly provenance?: string;
  /** Further files of its tarball. */
  readonly files?: Readonly<Record<string, string>>;
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

/** Returns a package that ana maintains, with the differences in `rest`. */
export function pack(
  name: string,
  versions: Readonly<Record<string, VersionFixture>> = { '1.0.0': {} },
  rest: Rest = {},
): PackageFixture {
  const plain = { removed: {}, tags: {}, maintainers: ['ana'], downloads: 1000, document: {} };
  return { name, versions, unpublished: undefined, ...plain, ...rest };
}

/**
 * Returns a name that the registry's owner took away from a malicious package. Its old versions are gone, their
 * times are not.
 */
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

/** Returns a package whose owner removed every version. */
export function unpublished(
  name: string,
  removed: Readonly<Record<string, string>>,
  since: string,
): PackageFixture {
  return pack(name, {}, { removed, unpublished: since, downloads: undefined });
}

/** Returns a publish from a workflow, without anybody's token; `approver` released it from the staging area. */
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

/** Returns when each version was published, in milliseconds since 1970. */
export function publishTimes({ versions }: PackageFixture): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  let last = FIRST_DAY - 10 * DAY;
  for (const [version, { at }] of Object.entries(versions)) {
    last = at === undefined ? last + 10 * DAY : timeOf(at);
    times.set(version, last);
  }
  return times;
}

/** Parses a time; a day means its noon. */
export function timeOf(text: string): number {
  return Date.parse(text.includes('T') ? text : `${text}T12:00:00Z`);
}
