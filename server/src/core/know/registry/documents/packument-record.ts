import { asCount, asList, asObject, asText, type JsonObject, member } from './json-value.ts';
import { createLazyMap } from './lazy-map.ts';
import type { Packument, PackumentVersion } from './packument.ts';
import { proofsFrom, proofsToRecord } from './proof-record.ts';
import { asPerson, traitsFrom, traitsOf } from './version-traits.ts';

/**
 * Has to change with what a record holds: records of another shape are not read. With the same shape, a member that was
 * added since would count as not provided by the registry.
 */
const SHAPE = 2;
const MAX = 1_000_000;

/**
 * Converts a packument to plain JSON, for a cache. Values shared by versions are written once; the rest is in columns,
 * one for each kind of fact, with times as differences, so that it compresses well.
 */
export function packumentToRecord(packument: Packument): JsonObject {
  const { versions, times, unpublished } = packument;
  const shared: unknown[] = [];
  const places = new Map<string, number>();
  const share = (value: unknown): number => {
    const key = JSON.stringify(value);
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, shared.length);
    return shared.push(value) - 1;
  };
  const all = [...versions.values()];
  const removed = [...times].filter(([version]) => !versions.has(version));
  return {
    shape: SHAPE,
    name: packument.name,
    abbreviated: packument.abbreviated,
    description: packument.description,
    license: packument.license,
    tags: [...packument.distTags],
    created: packument.created,
    modified: packument.modified,
    unpublished: unpublished && [unpublished.time ?? null, unpublished.versions],
    maintainers: packument.maintainers?.map((person) => person.name),
    homepage: packument.homepage,
    repository: packument.repository,
    versions: all.map(({ version }) => version),
    traits: all.map((version) => traitsOf(version, share)),
    times: differences(all.map(({ version }) => times.get(version))),
    removed,
    sizes: differences(all.map(({ unpackedSize }) => unpackedSize)),
    files: differences(all.map(({ fileCount }) => fileCount)),
    proofs: proofsToRecord(all.map(({ proof }) => proof)),
    shared,
  } satisfies Readonly<Record<Exclude<keyof Packument, 'distTags'>, unknown>> & JsonObject;
}

/** Reads what `packumentToRecord` wrote; undefined for anything else. */
export function packumentFromRecord(json: unknown): Packument | undefined {
  const record = asObject(json);
  const name = asText(member(record, 'name'), MAX);
  if (record === undefined || member(record, 'shape') !== SHAPE || name === undefined) return undefined;
  const list = (key: string) => asList(member(record, key));
  const numbers = list('versions');
  const times = sums(list('times'));
  const timed = pairs(member(record, 'removed'), asTime);
  for (const [at, version] of numbers.entries()) {
    if (typeof version === 'string' && times[at] !== undefined) timed.push([version, times[at]]);
  }
  const maintainers = member(record, 'maintainers');
  return {
    name,
    abbreviated: member(record, 'abbreviated') === true,
    description: asText(member(record, 'description'), MAX),
    license: asText(member(record, 'license'), MAX),
    distTags: new Map(pairs(member(record, 'tags'), (value) => asText(value, MAX))),
    versions: versionsFrom(numbers, list),
    times: new Map(timed.sort((a, b) => a[1] - b[1])),
    created: asTime(member(record, 'created')),
    modified: asTime(member(record, 'modified')),
    unpublished: unpublishedFrom(member(record, 'unpublished')),
    maintainers: Array.isArray(maintainers)
      ? maintainers.map(asPerson).filter((person) => person !== undefined)
      : undefined,
    homepage: asText(member(record, 'homepage'), MAX),
    repository: asText(member(record, 'repository'), MAX),
  };
}

function versionsFrom(
  numbers: readonly unknown[],
  list: (key: string) => readonly unknown[],
): ReadonlyMap<string, PackumentVersion> {
  const [traits, sizes, files] = [list('traits'), sums(list('sizes')), sums(list('files'))];
  const proofs = proofsFrom(list('proofs'));
  const read = traitsFrom(list('shared'));
  const places = new Map<string, number>();
  for (const [at, version] of numbers.entries()) if (typeof version === 'string') places.set(version, at);
  return createLazyMap(places, (version, at) =>
    read(version, traits[at], {
      unpackedSize: asCount(sizes[at]),
      fileCount: asCount(files[at]),
      proof: proofs(at),
    }),
  );
}

/** Returns each number as the difference from the previous one; null if there is none. */
function differences(values: readonly (number | undefined)[]): readonly (number | null)[] {
  let last = 0;
  return values.map((value) => {
    if (value === undefined) return null;
    const difference = value - last;
    last = value;
    return difference;
  });
}

function sums(values: readonly unknown[]): readonly (number | undefined)[] {
  let last = 0;
  return values.map((value) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
    last += value;
    return last;
  });
}

function unpublishedFrom(value: unknown): Packument['unpublished'] {
  if (!Array.isArray(value)) return undefined;
  const [time, versions] = value as readonly unknown[];
  return {
    time: asTime(time),
    versions: asList(versions).filter((version) => typeof version === 'string'),
  };
}

function pairs<T>(value: unknown, read: (value: unknown) => T | undefined): [string, T][] {
  return asList(value).flatMap((pair) => {
    const [key, text] = asList(pair);
    const known = read(text);
    return typeof key === 'string' && known !== undefined ? [[key, known] as [string, T]] : [];
  });
}

function asTime(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
