import { registryBase } from '../../core/know/registry/access/packument-url.ts';
import type { DocumentKind } from '../../core/know/registry/documents/document-kind.ts';
import type { DocumentPlace } from './document-request.ts';

/** Returns the key of a document; undefined if the registry cannot serve it. */
export type DocumentKeys = (place: DocumentPlace) => string | undefined;

const MAX_KEYS = 10_000;

/** Returns the function from places to keys. It caches its answers, as every look at a fact asks for a key. */
export function createDocumentKeys(kind: DocumentKind<unknown>): DocumentKeys {
  const keys = new Map<string, string | undefined>();
  return (place) => {
    const { registry, name, version = '', transport } = place;
    const raw = [registry.url, name, version, transport?.ofProject].join('\n');
    if (keys.has(raw)) return keys.get(raw);
    const base = registryBase(registry.url);
    const isServed = base !== undefined && kind.url(base, place) !== undefined;
    const parts = [kind.id, base, name, version, transport?.ofProject];
    const key = isServed ? parts.filter((part) => part !== undefined && part !== '').join(' ') : undefined;
    if (keys.size >= MAX_KEYS) keys.clear();
    keys.set(raw, key);
    return key;
  };
}
