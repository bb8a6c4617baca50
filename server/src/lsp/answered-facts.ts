import type { Facts } from '../core/know/facts/facts.ts';
import type { Fact } from '../core/know/registry/documents/fact.ts';
import type { Packument } from '../core/know/registry/documents/packument.ts';
import type { Uri } from '../core/read/text/paths/uri.ts';

/** The facts about packages behind the answers about each document, to detect outdated answers. */
export interface AnsweredFacts {
  readonly size: number;
  note(uri: Uri, facts: Pick<Facts, 'packument'>, names: Iterable<string>): void;
  /** Checks whether these facts would change the answer about a document. */
  isOutdated(uri: Uri, facts: Pick<Facts, 'packument'>): boolean;
  uris(): readonly Uri[];
  forget(uri: Uri): void;
  clear(): void;
}

export function createAnsweredFacts(): AnsweredFacts {
  const answered = new Map<Uri, ReadonlyMap<string, Fact<Packument>>>();
  return {
    get size() {
      return answered.size;
    },
    note(uri, facts, names) {
      answered.set(uri, new Map([...names].map((name) => [name, facts.packument(name)])));
    },
    isOutdated(uri, facts) {
      return [...(answered.get(uri) ?? [])].some(
        ([name, before]) => !saysSame(before, facts.packument(name)),
      );
    },
    uris: () => [...answered.keys()],
    forget: (uri) => void answered.delete(uri),
    clear: () => answered.clear(),
  };
}

/** Compares facts: a document that was only revalidated has the same content. */
function saysSame(before: Fact<Packument>, now: Fact<Packument>): boolean {
  if (before === now) return true;
  if (before.state === 'ready' && now.state === 'ready') {
    return before.value === now.value && before.notRefreshed?.detail === now.notRefreshed?.detail;
  }
  if (before.state === 'unavailable' && now.state === 'unavailable') return before.detail === now.detail;
  return before.state === now.state;
}
