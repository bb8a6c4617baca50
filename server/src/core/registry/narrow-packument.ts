import { asCount, asObject, asText, type JsonObject, member } from './json-value.ts';
import type { Packument, PackumentVersion, Person } from './packument.ts';

/** The problem is a clause for people. */
export type NarrowResult = { readonly packument: Packument } | { readonly problem: string };

export interface NarrowRequest {
  /** The name that was asked for: a document of another name is refused. */
  readonly name: string;
  /** Milliseconds since 1970: publish times after it are not believed. */
  readonly now: number;
}

const MAX_VERSIONS = 25_000;
const MAX_TAGS = 2_000;
const MAX_PEOPLE = 500;
const MAX_SHORT = 256;
const MAX_LONG = 2_000;
/** Clocks differ: a version published a moment ago may seem to come from the future. */
const CLOCK_TOLERANCE = 60 * 60 * 1000;
const NO_DOCUMENT = 'the registry answered with something that is no package document';
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall'];

/**
 * Reduces a registry's answer, which is hostile until proven otherwise, to what is shown and judged. Members of a
 * wrong type or an absurd length count as not provided; a document that names another package is a problem.
 */
export function narrowPackument(json: unknown, request: NarrowRequest): NarrowResult {
  const document = asObject(json);
  if (document === undefined) return { problem: NO_DOCUMENT };
  const name = member(document, 'name');
  if (typeof name !== 'string') return { problem: NO_DOCUMENT };
  if (name !== request.name) return { problem: 'the registry answered with the document of another package' };
  const versions = Object.entries(asObject(member(document, 'versions')) ?? {});
  if (versions.length > MAX_VERSIONS) return { problem: 'the registry lists too many versions to read' };
  const { times, created } = readTimes(member(document, 'time'), request.now);
  return {
    packument: {
      name,
      description: asText(member(document, 'description'), MAX_LONG, true),
      license: readLicense(member(document, 'license')),
      distTags: readTags(member(document, 'dist-tags')),
      versions: readVersions(versions),
      times,
      created,
      maintainers: readPeople(member(document, 'maintainers')),
      homepage: asText(member(document, 'homepage'), MAX_SHORT),
      repository: readRepository(member(document, 'repository')),
    },
  };
}

function readVersions(
  entries: readonly (readonly [string, unknown])[],
): ReadonlyMap<string, PackumentVersion> {
  const versions = new Map<string, PackumentVersion>();
  for (const [version, value] of entries) {
    const object = asObject(value);
    if (object !== undefined && version.length <= MAX_SHORT)
      versions.set(version, readVersion(version, object));
  }
  return versions;
}

function readVersion(version: string, object: JsonObject): PackumentVersion {
  const dist = asObject(member(object, 'dist'));
  const publisher = asObject(member(object, '_npmUser'));
  const installScripts = readInstallScripts(member(object, 'scripts'));
  return {
    version,
    publishedBy: readPerson(publisher),
    trustedPublisher: asText(member(asObject(member(publisher, 'trustedPublisher')), 'id'), MAX_SHORT),
    license: readLicense(member(object, 'license')),
    deprecated: readDeprecated(member(object, 'deprecated')),
    installScripts,
    hasInstallScript: readHasInstallScript(object, installScripts),
    unpackedSize: asCount(member(dist, 'unpackedSize')),
    integrity: asText(member(dist, 'integrity'), MAX_LONG),
    dependencyCount: Object.keys(asObject(member(object, 'dependencies')) ?? {}).length,
  };
}

function readInstallScripts(value: unknown): ReadonlyMap<string, string> {
  const scripts = asObject(value);
  const found = new Map<string, string>();
  for (const script of INSTALL_SCRIPTS) {
    const command = asText(member(scripts, script), MAX_LONG, true);
    if (command !== undefined) found.set(script, command);
  }
  return found;
}

/** Abbreviated documents say it outright, full ones by their scripts; without either it is unknown. */
function readHasInstallScript(
  object: JsonObject,
  installScripts: ReadonlyMap<string, string>,
): boolean | undefined {
  const said = member(object, 'hasInstallScript');
  if (typeof said === 'boolean') return said;
  if (installScripts.size > 0 || member(object, 'gypfile') === true) return true;
  return asObject(member(object, 'scripts')) === undefined ? undefined : false;
}

/** `false` and "" mean that a version is not deprecated any more. */
function readDeprecated(value: unknown): string | undefined {
  return value === true ? 'no reason given' : asText(value, MAX_LONG, true);
}

/** An SPDX expression, or one of the old forms `{ type }` and `[{ type }]`. */
function readLicense(value: unknown): string | undefined {
  const first = Array.isArray(value) ? (value as readonly unknown[])[0] : value;
  return asText(first, MAX_SHORT) ?? asText(member(asObject(first), 'type'), MAX_SHORT);
}

function readRepository(value: unknown): string | undefined {
  return asText(value, MAX_SHORT) ?? asText(member(asObject(value), 'url'), MAX_SHORT);
}

function readTags(value: unknown): ReadonlyMap<string, string> {
  const tags = new Map<string, string>();
  for (const [tag, version] of Object.entries(asObject(value) ?? {}).slice(0, MAX_TAGS)) {
    const text = asText(version, MAX_SHORT);
    if (text !== undefined && tag.length <= MAX_SHORT) tags.set(tag, text);
  }
  return tags;
}

/** Undefined unless the registry gives a list: a partial mirror that gives none does not say that nobody is. */
function readPeople(value: unknown): readonly Person[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const people = (value as readonly unknown[])
    .slice(0, MAX_PEOPLE)
    .map((person) => readPerson(asObject(person)));
  const named = people.filter((person) => person !== undefined);
  return named.length === 0 ? undefined : named;
}

function readPerson(object: JsonObject | undefined): Person | undefined {
  const name = asText(member(object, 'name'), MAX_SHORT);
  return name === undefined ? undefined : { name };
}

/** Times of removed versions stay, as registries keep them; times in the future are left out. */
function readTimes(value: unknown, now: number): Pick<Packument, 'times' | 'created'> {
  const times = new Map<string, number>();
  let created: number | undefined;
  for (const [key, text] of Object.entries(asObject(value) ?? {}).slice(0, 2 * MAX_VERSIONS)) {
    const time = readTime(text);
    if (time === undefined || time > now + CLOCK_TOLERANCE || key.length > MAX_SHORT) continue;
    if (key === 'created') created = time;
    else if (key !== 'modified' && key !== 'unpublished') times.set(key, time);
  }
  return { times, created };
}

/** ISO 8601 in UTC, written with `Z` or `+00:00`. */
function readTime(value: unknown): number | undefined {
  if (typeof value !== 'string' || value.length > 40) return undefined;
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|\+00:00)$/.test(value)) return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
}
