import { asCount, asObject, asText, type JsonObject, member } from './json-value.ts';
import type { Packument, PackumentVersion, Person } from './packument.ts';

/** Changes with the shape below: records of another shape are not read. */
const SHAPE = 1;
const MAX = 1_000_000;

/** A packument as plain JSON, for a cache. Values that many versions share are written once. */
export function packumentToRecord(packument: Packument): JsonObject {
  const shared: unknown[] = [];
  const places = new Map<string, number>();
  const share = (value: unknown): number => {
    const key = JSON.stringify(value) ?? '';
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, shared.length);
    return shared.push(value ?? null) - 1;
  };
  const versions = [...packument.versions.values()].map((version) => [
    version.version,
    share([
      version.publishedBy?.name,
      version.trustedPublisher,
      version.license,
      version.deprecated,
      [...version.installScripts],
      version.hasInstallScript,
      version.dependencyCount,
    ]),
    version.unpackedSize ?? null,
    version.integrity ?? null,
  ]);
  return {
    shape: SHAPE,
    name: packument.name,
    description: packument.description,
    license: packument.license,
    tags: [...packument.distTags],
    times: [...packument.times],
    created: packument.created,
    maintainers: packument.maintainers?.map((person) => person.name),
    homepage: packument.homepage,
    repository: packument.repository,
    shared,
    versions,
  };
}

/** Undefined for anything that `packumentToRecord` did not write. */
export function packumentFromRecord(json: unknown): Packument | undefined {
  const record = asObject(json);
  const name = asText(member(record, 'name'), MAX);
  if (record === undefined || member(record, 'shape') !== SHAPE || name === undefined) return undefined;
  const shared = asList(member(record, 'shared'));
  const maintainers = member(record, 'maintainers');
  return {
    name,
    description: asText(member(record, 'description'), MAX),
    license: asText(member(record, 'license'), MAX),
    distTags: new Map(pairs(member(record, 'tags'), (value) => asText(value, MAX))),
    times: new Map(pairs(member(record, 'times'), asTime)),
    created: asTime(member(record, 'created')),
    maintainers: Array.isArray(maintainers) ? maintainers.map(asPerson).filter(isGiven) : undefined,
    homepage: asText(member(record, 'homepage'), MAX),
    repository: asText(member(record, 'repository'), MAX),
    versions: new Map(
      asList(member(record, 'versions'))
        .map((value) => versionFrom(asList(value), shared))
        .filter(isGiven)
        .map((version) => [version.version, version]),
    ),
  };
}

function versionFrom(own: readonly unknown[], shared: readonly unknown[]): PackumentVersion | undefined {
  const [version, place, unpackedSize, integrity] = own;
  if (typeof version !== 'string' || typeof place !== 'number') return undefined;
  const common = asList(shared[place]);
  const [publishedBy, trustedPublisher, license, deprecated, scripts, hasInstallScript, dependencyCount] =
    common;
  return {
    version,
    publishedBy: asPerson(publishedBy),
    trustedPublisher: asText(trustedPublisher, MAX),
    license: asText(license, MAX),
    deprecated: asText(deprecated, MAX),
    installScripts: new Map(pairs(scripts, (value) => asText(value, MAX))),
    hasInstallScript: typeof hasInstallScript === 'boolean' ? hasInstallScript : undefined,
    unpackedSize: asCount(unpackedSize),
    integrity: asText(integrity, MAX),
    dependencyCount: asCount(dependencyCount) ?? 0,
  };
}

function pairs<T>(value: unknown, read: (value: unknown) => T | undefined): [string, T][] {
  return asList(value).flatMap((pair) => {
    const [key, text] = asList(pair);
    const known = read(text);
    return typeof key === 'string' && known !== undefined ? [[key, known] as [string, T]] : [];
  });
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function asTime(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function asPerson(value: unknown): Person | undefined {
  const name = asText(value, MAX);
  return name === undefined ? undefined : { name };
}

function isGiven<T>(value: T | undefined): value is T {
  return value !== undefined;
}
