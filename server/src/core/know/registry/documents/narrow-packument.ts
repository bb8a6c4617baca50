import { asObject, asText, type JsonObject, member } from './json-value.ts';
import { MAX_LONG, MAX_SHORT, readLicense, readPeople } from './narrow-parts.ts';
import { narrowTimes } from './narrow-times.ts';
import { narrowVersion } from './narrow-version.ts';
import type { Packument, PackumentVersion } from './packument.ts';
import { createSharing } from './share-values.ts';

/** The problem is a clause for people. */
export type NarrowResult = { readonly packument: Packument } | { readonly problem: string };

export interface NarrowRequest {
  /** The requested name: a document of another name is rejected. */
  readonly name: string;
  /** Milliseconds since 1970: later publish times are not trusted. */
  readonly now: number;
  /** Versions whose proof is always kept, up to a sensible number. */
  readonly keep?: ReadonlySet<string> | undefined;
}

/** Reads a packument member by member, in any order, so that the document need never be held as a whole. */
export interface PackumentNarrowing {
  /** Adds a member of the document other than `versions`. */
  member(key: string, value: unknown): void;
  version(version: string, value: unknown): void;
  finish(): NarrowResult;
}

const MAX_VERSIONS = 25_000;
const MAX_TAGS = 2_000;
/** The number of newest versions whose proof is kept, besides those with a tag and those requested. */
const KEPT_PROOFS = 24;
const KEPT_BESIDE = 40;
/** Indistinguishable from the response of something other than a registry. */
export const NO_DOCUMENT = 'the registry answered with an invalid package document';

/** The members that are kept; the others, above all the readme, need not even be parsed. */
const KEPT = [
  'name',
  'description',
  'license',
  'dist-tags',
  'time',
  'modified',
  'maintainers',
  'homepage',
  'repository',
] as const;
type Kept = (typeof KEPT)[number];
const KEPT_KEYS: ReadonlySet<string> = new Set(KEPT);

/** Checks whether a member of the document is kept. */
export function isKept(key: string): key is Kept {
  return KEPT_KEYS.has(key);
}

/**
 * Reduces a registry's response, which is hostile until proven otherwise, to what is shown and checked. Members of a
 * wrong type or an absurd length count as not provided; a document that names another package is a problem.
 */
export function narrowPackument(json: unknown, request: NarrowRequest): NarrowResult {
  const document = asObject(json);
  if (document === undefined) return { problem: NO_DOCUMENT };
  const narrowing = createNarrowing(request);
  for (const key of Object.keys(document)) {
    if (key !== 'versions') narrowing.member(key, document[key]);
  }
  const versions = asObject(member(document, 'versions')) ?? {};
  for (const version of Object.keys(versions)) narrowing.version(version, versions[version]);
  return narrowing.finish();
}

export function createNarrowing({ name, now, keep }: NarrowRequest): PackumentNarrowing {
  const members = new Map<Kept, unknown>();
  const versions = new Map<string, PackumentVersion>();
  const sharing = createSharing();
  let described: unknown;
  let count = 0;
  return {
    member(key, value) {
      if (isKept(key)) members.set(key, value);
    },
    version(version, value) {
      const object = asObject(value);
      if (++count > MAX_VERSIONS || object === undefined || version.length > MAX_SHORT) return;
      versions.set(version, sharing.share(narrowVersion(name, version, object)));
      described = member(object, 'description') ?? described;
    },
    finish() {
      if (typeof members.get('name') !== 'string') return { problem: NO_DOCUMENT };
      if (members.get('name') !== name)
        return { problem: 'the registry answered with the document of another package' };
      if (count > MAX_VERSIONS) return { problem: 'the registry lists too many versions to read' };
      // Registries without a description of the package have those of its versions, the last one last.
      if (members.get('description') === undefined) members.set('description', described);
      return { packument: assemble({ name, now, keep }, members, versions) };
    },
  };
}

function assemble(
  { name, now, keep }: NarrowRequest,
  members: ReadonlyMap<Kept, unknown>,
  versions: ReadonlyMap<string, PackumentVersion>,
): Packument {
  const times = narrowTimes(members.get('time'), now, 2 * MAX_VERSIONS);
  const distTags = readTags(asObject(members.get('dist-tags')));
  return {
    name,
    // Full documents have the time of the last change among the others.
    abbreviated: typeof members.get('modified') === 'string' && members.get('maintainers') === undefined,
    description: asText(members.get('description'), MAX_LONG, true),
    license: readLicense(members.get('license')),
    distTags,
    versions: withFewProofs(versions, times.times, [...distTags.values(), ...(keep ?? [])]),
    ...times,
    maintainers: readPeople(members.get('maintainers')),
    homepage: asText(members.get('homepage'), MAX_SHORT),
    repository: readRepository(members.get('repository')),
  };
}

/**
 * Keeps the proofs of versions that are likely to be installed: the newest, by time or otherwise by position, and some
 * by name.
 */
function withFewProofs(
  versions: ReadonlyMap<string, PackumentVersion>,
  times: ReadonlyMap<string, number>,
  named: readonly string[],
): ReadonlyMap<string, PackumentVersion> {
  if (versions.size <= KEPT_PROOFS) return versions;
  const timed = [...times.keys()].filter((version) => versions.has(version));
  const ordered = timed.length > 0 ? timed : [...versions.keys()];
  const kept = new Set([...ordered.slice(-KEPT_PROOFS), ...named.slice(-KEPT_BESIDE)]);
  const reduced = new Map<string, PackumentVersion>();
  for (const [key, version] of versions) {
    reduced.set(key, kept.has(key) ? version : { ...version, proof: undefined });
  }
  return reduced;
}

function readRepository(value: unknown): string | undefined {
  return asText(value, MAX_SHORT) ?? asText(member(asObject(value), 'url'), MAX_SHORT);
}

/** Reads tags by name, skipping those of a wrong type or length. */
export function readTags(object: JsonObject | undefined): ReadonlyMap<string, string> {
  const tags = new Map<string, string>();
  for (const [tag, version] of Object.entries(object ?? {}).slice(0, MAX_TAGS)) {
    const text = asText(version, MAX_SHORT);
    if (text !== undefined && tag.length <= MAX_SHORT) tags.set(tag, text);
  }
  return tags;
}
