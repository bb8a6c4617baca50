import { asObject, type JsonObject, member } from '../../registry/documents/json-value.ts';

/** A record that OSV's service names for some versions of a package. */
export interface OsvHit {
  /** The versions for which it was named. */
  readonly versions: readonly string[];
  /** The record in the OSV format, as far as it is about the package. */
  readonly record: JsonObject;
}

const MAX_HITS = 500;
const MAX_VERSIONS = 500;

/** What a cache kept; undefined for anything else. */
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
