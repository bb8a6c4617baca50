/** A test's facts about one version: when and by whom it was published, and members of its document. */
export interface Release {
  /** ISO 8601, or a day. */
  readonly at?: string | undefined;
  /** The account, optionally followed by a space and an email address: `alice alice@acme.example.test`. */
  readonly by?: string | undefined;
  readonly [member: string]: unknown;
}

/** Returns a packument in the registry's own format. `latest` is the last version, unless `more` has a `latest`. */
export function documentOf(
  releases: Readonly<Record<string, Release>>,
  more: Readonly<Record<string, unknown>> & { readonly latest?: string } = {},
): object {
  const time: Record<string, string> = {};
  const versions: Record<string, object> = {};
  for (const [version, { at, by, ...members }] of Object.entries(releases)) {
    if (at !== undefined) time[version] = at.length === 10 ? `${at}T10:00:00.000Z` : at;
    versions[version] = {
      version,
      ...(by === undefined ? {} : { _npmUser: publisherOf(by) }),
      dist: { tarball: `https://registry.public.example.test/x/-/x-${version}.tgz`, ...dist(members) },
      ...members,
    };
  }
  const { latest = Object.keys(releases).at(-1), ...rest } = more;
  const [created] = Object.values(time).sort();
  return {
    'dist-tags': { latest },
    time: { ...(created === undefined ? {} : { created }), ...time },
    maintainers: [{ name: 'alice', email: 'alice@example.test' }],
    versions,
    ...rest,
  };
}

/** Returns a document without the members that some mirrors omit. */
export function strippedOf(document: object, members: readonly string[]): object {
  const strip = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const kept = Object.entries(value).filter(([key]) => !members.includes(key));
    return Object.fromEntries(kept.map(([key, inner]) => [key, strip(inner)]));
  };
  return strip(document) as object;
}

/** Returns the publisher; `trusted` stands for the registry's entry for a CI service. */
function publisherOf(by: string): object {
  const [name, address] = by.split(' ');
  if (name !== 'trusted') return { name, email: address ?? `${name}@${name}.example.test` };
  return {
    name: 'GitHub Actions',
    email: 'npm-oidc-no-reply@github.com',
    trustedPublisher: { id: address ?? 'github', oidcConfigId: 'oidc:1' },
  };
}

function dist({ size }: Readonly<Record<string, unknown>>): object {
  return size === undefined ? {} : { unpackedSize: size };
}

/** Returns a manifest with these dependencies, one per line, and a comment that has to stay. */
export function manifestOf(dependencies: string): string {
  return `-- package.json --
{
  "name": "shop",
  // kept
  "dependencies": {
${dependencies}
  }
}
`;
}

/** Returns an npm lockfile that locks `name` at `version` for a declared range. */
export function lockOf(name: string, declared: string, version: string): string {
  return `-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "${name}": "${declared}" } },
    "node_modules/${name}": {
      "version": "${version}"
    }
  }
}
`;
}
