import { asList, asText } from './json-value.ts';
import type { DependencyMap, PackumentVersion, Person } from './packument.ts';
import { createWrittenMap } from './written-map.ts';

/** The facts that no two versions share. The rest are the traits. */
export type OwnFacts = Pick<PackumentVersion, 'unpackedSize' | 'fileCount' | 'proof'>;

const MAX = 1_000_000;
/** Replaces the version's own number in a text, so that texts of many versions are equal. No real text contains it. */
const ITSELF = '\u0000';

/**
 * Returns the index of a version's traits among the values that `share` stores once. Each consists of indexes itself:
 * siblings of one repository differ only in their dependencies, which differ only in the version that all of them have.
 */
export function traitsOf(version: PackumentVersion, share: (value: unknown) => number): number {
  const own = (text: string | undefined) =>
    text === undefined ? null : withoutItself(text, version.version);
  const map = (entries: DependencyMap) =>
    entries.size === 0 ? -1 : share([...entries].flatMap(([key, value]) => [key, own(value)]));
  const { publishedBy, repository, attestations } = version;
  return share([
    map(version.dependencies),
    map(version.optionalDependencies),
    map(version.peerDependencies),
    map(version.engines),
    map(version.installScripts),
    share([
      version.bins,
      version.license,
      version.deprecated,
      repository === undefined ? null : [repository.url, repository.directory ?? null],
    ]),
    share([
      publishedBy?.name,
      publishedBy?.emailDomain,
      version.trustedPublisher,
      version.trustedPublisherConfig,
      version.approvedBy?.name,
      version.maintainers?.map(({ name }) => name) ?? null,
    ]),
    version.hasInstallScript ?? null,
    own(version.tarball),
    version.isSigned ?? null,
    attestations === undefined ? null : [own(attestations.url), attestations.predicateType ?? null],
  ]);
}

/**
 * Reads traits from a record's shared values; anything broken in it counts as not provided. Shared values are read
 * once, and those of only one version on demand.
 */
export function traitsFrom(
  shared: readonly unknown[],
): (version: string, place: unknown, own: OwnFacts) => PackumentVersion {
  const mapAt = remembered(shared, mapFrom);
  const aboutAt = remembered(shared, aboutFrom);
  const peopleAt = remembered(shared, peopleFrom);
  return (version, place, facts) => {
    const traits = typeof place === 'number' ? asList(shared[place]) : NONE;
    const about = aboutAt(traits[5]);
    const people = peopleAt(traits[6]);
    const own = (value: unknown) => (typeof value === 'string' ? withItself(value, version) : undefined);
    const map = (at: unknown): DependencyMap => {
      const { map: common, written, mentions } = mapAt(at);
      return mentions ? createWrittenMap(written, (text) => withItself(text, version)) : common;
    };
    const attestations = traits[10];
    return {
      version,
      dependencies: map(traits[0]),
      optionalDependencies: map(traits[1]),
      peerDependencies: map(traits[2]),
      bins: about.bins,
      engines: map(traits[3]),
      license: about.license,
      deprecated: about.deprecated,
      repository: about.repository,
      publishedBy: people.publishedBy,
      trustedPublisher: people.trustedPublisher,
      trustedPublisherConfig: people.trustedPublisherConfig,
      approvedBy: people.approvedBy,
      maintainers: people.maintainers,
      installScripts: map(traits[4]),
      hasInstallScript: asBoolean(traits[7]),
      unpackedSize: facts.unpackedSize,
      fileCount: facts.fileCount,
      tarball: own(traits[8]),
      isSigned: asBoolean(traits[9]),
      attestations: Array.isArray(attestations)
        ? { url: own(asList(attestations)[0]), predicateType: asText(asList(attestations)[1], MAX) }
        : undefined,
      proof: facts.proof,
    };
  };
}

interface SharedMap {
  readonly map: DependencyMap;
  readonly written: readonly unknown[];
  /** Whether the version's own number has to be substituted: then the map belongs to that version alone. */
  readonly mentions: boolean;
}

function mapFrom(value: unknown): SharedMap {
  const written = asList(value);
  if (written.length === 0) return { map: NOTHING, written, mentions: false };
  const mentions = written.some(
    (text, at) => at % 2 === 1 && typeof text === 'string' && text.includes(ITSELF),
  );
  return { map: createWrittenMap(written, (text) => text), written, mentions };
}

type About = Pick<PackumentVersion, 'bins' | 'license' | 'deprecated' | 'repository'>;

function aboutFrom(value: unknown): About {
  const [bins, license, deprecated, repository] = asList(value);
  const url = asText(asList(repository)[0], MAX);
  return {
    bins: asList(bins).filter((bin) => typeof bin === 'string'),
    license: asText(license, MAX),
    deprecated: asText(deprecated, MAX),
    repository: url === undefined ? undefined : { url, directory: asText(asList(repository)[1], MAX) },
  };
}

type People = Pick<
  PackumentVersion,
  'publishedBy' | 'trustedPublisher' | 'trustedPublisherConfig' | 'approvedBy' | 'maintainers'
>;

function peopleFrom(value: unknown): People {
  const [publisher, emailDomain, trusted, trustedConfig, approver, maintainers] = asList(value);
  const name = asText(publisher, MAX);
  return {
    publishedBy: name === undefined ? undefined : { name, emailDomain: asText(emailDomain, MAX) },
    trustedPublisher: asText(trusted, MAX),
    trustedPublisherConfig: asText(trustedConfig, MAX),
    approvedBy: asPerson(approver),
    maintainers: Array.isArray(maintainers)
      ? asList(maintainers)
          .map(asPerson)
          .filter((person) => person !== undefined)
      : undefined,
  };
}

/** Reads the value at an index once; an invalid index has none. */
function remembered<T>(shared: readonly unknown[], read: (value: unknown) => T): (place: unknown) => T {
  const known = new Map<unknown, T>();
  return (place) => {
    let found = known.get(place);
    if (found === undefined) {
      found = read(typeof place === 'number' ? shared[place] : undefined);
      known.set(place, found);
    }
    return found;
  };
}

const NOTHING: DependencyMap = new Map();
const NONE: readonly unknown[] = [];

function withoutItself(text: string, version: string): string {
  return version === '' ? text : text.replaceAll(version, ITSELF);
}

function withItself(text: string, version: string): string {
  let from = 0;
  let written = '';
  for (let at = text.indexOf(ITSELF); at !== -1; at = text.indexOf(ITSELF, from)) {
    written += text.slice(from, at) + version;
    from = at + ITSELF.length;
  }
  return from === 0 ? text : written + text.slice(from);
}

function asBoolean(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

export function asPerson(value: unknown): Person | undefined {
  const name = asText(value, MAX);
  return name === undefined ? undefined : { name };
}
