import { asObject, type JsonObject, member } from '../../registry/documents/json-value.ts';

/** A record that OSV's service names for some versions of a package. */
export interface OsvHit {
  /** The versions that it was named for. */
  readonly versions: readonly string[];
  /** The part of the record in the OSV format that concerns the package. */
  readonly record: JsonObject;
}

const MAX_HITS = 500;
const MAX_VERSIONS = 500;

/** Reads the content of a cache; undefined for anything else. */
export function readOsvHits(list: unknown): readonly OsvHit[] | undefined {
  if (!Array.isArray(list) || list.length > MAX_HITS) return undefined;
  const hits = (list as readonly unknown[]).map(readHit);
  return hits.every((hit) => hit !== undefined) ? hits : undefined;
}

function readHit(value: unknown): OsvHit | undefined {
  const hit = asObject(value);
  const versions = member(hit, 'versions');
  const record = asObject(member(hit, 'record'));
  if (!Array.isArray(versions) || versions.length > MAX_VERSIONS || record === undefined) return undefined;
  return versions.every((version) => typeof version === 'string')
    ? { versions: versions as string[], record }
    : undefined;
}
