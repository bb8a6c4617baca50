import type { Packument } from '../../core/know/registry/documents/packument.ts';
import { PACKUMENT } from '../../core/know/registry/documents/packument-kind.ts';
import { publisherName } from '../../core/know/registry/documents/publisher.ts';
import type { CachePort } from '../ports.ts';
import { createDocumentKeys } from './document-keys.ts';
import { answerFromRecord } from './registry-answer.ts';

/** Returns who published a version, as far as the cache has the registry's document; sends nothing. */
export type CachedPublishers = (name: string, version: string) => Promise<string | undefined>;

const MAX_NAMES = 50_000;

export function createCachedPublishers(cache: CachePort | undefined, registry: string): CachedPublishers {
  const keyOf = createDocumentKeys(PACKUMENT);
  const publishers = new Map<string, Promise<ReadonlyMap<string, string>>>();
  const read = async (name: string): Promise<ReadonlyMap<string, string>> => {
    const place = { registry: { url: registry }, name };
    const key = keyOf(place);
    const record = key === undefined ? undefined : await cache?.read(key).catch(() => undefined);
    const known = record === undefined ? undefined : answerFromRecord(record, PACKUMENT, place);
    return publishersOf(known?.value);
  };
  return async (name, version) => {
    if (cache === undefined) return undefined;
    const known = publishers.get(name) ?? read(name);
    if (publishers.size >= MAX_NAMES) publishers.clear();
    publishers.set(name, known);
    return (await known).get(version);
  };
}

function publishersOf(packument: Packument | undefined): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [version, { publishedBy }] of packument?.versions ?? [])
    if (publishedBy !== undefined) found.set(version, publisherName(publishedBy));
  return found;
}
