/**
 * Creates a map stored in a record as one list, alternating key and value, and built on demand: hardly any of thousands
 * of versions is read. Values that are not strings are skipped.
 */
export function createWrittenMap(
  written: readonly unknown[],
  read: (value: string) => string,
): ReadonlyMap<string, string> {
  return new WrittenMap(written, read);
}

class WrittenMap implements ReadonlyMap<string, string> {
  readonly #written: readonly unknown[];
  readonly #read: (value: string) => string;
  #made: ReadonlyMap<string, string> | undefined;

  constructor(written: readonly unknown[], read: (value: string) => string) {
    this.#written = written;
    this.#read = read;
  }

  get size(): number {
    return this.#map.size;
  }

  get(key: string): string | undefined {
    return this.#map.get(key);
  }

  has(key: string): boolean {
    return this.#map.has(key);
  }

  keys(): MapIterator<string> {
    return this.#map.keys();
  }

  values(): MapIterator<string> {
    return this.#map.values();
  }

  entries(): MapIterator<[string, string]> {
    return this.#map.entries();
  }

  [Symbol.iterator](): MapIterator<[string, string]> {
    return this.#map.entries();
  }

  forEach(take: (value: string, key: string, map: ReadonlyMap<string, string>) => void): void {
    this.#map.forEach((value, key) => void take(value, key, this));
  }

  get #map(): ReadonlyMap<string, string> {
    this.#made ??= this.#make();
    return this.#made;
  }

  #make(): ReadonlyMap<string, string> {
    const map = new Map<string, string>();
    for (let at = 0; at + 1 < this.#written.length; at += 2) {
      const [key, value] = [this.#written[at], this.#written[at + 1]];
      if (typeof key === 'string' && typeof value === 'string') map.set(key, this.#read(value));
    }
    return map;
  }
}
