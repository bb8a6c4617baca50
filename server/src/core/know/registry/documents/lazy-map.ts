/**
 * Creates a map with known keys whose values are created on first use, because usually only one of thousands of
 * versions is needed.
 */
export function createLazyMap<S, T extends object | string>(
  sources: ReadonlyMap<string, S>,
  make: (key: string, source: S) => T,
): ReadonlyMap<string, T> {
  return new LazyMap(sources, make);
}

class LazyMap<S, T extends object | string> implements ReadonlyMap<string, T> {
  readonly #sources: ReadonlyMap<string, S>;
  readonly #make: (key: string, source: S) => T;
  #made = new Map<string, T>();
  #isWhole = false;

  constructor(sources: ReadonlyMap<string, S>, make: (key: string, source: S) => T) {
    this.#sources = sources;
    this.#make = make;
  }

  get size(): number {
    return this.#sources.size;
  }

  has(key: string): boolean {
    return this.#sources.has(key);
  }

  get(key: string): T | undefined {
    const known = this.#made.get(key);
    if (known !== undefined || !this.#sources.has(key)) return known;
    const value = this.#make(key, this.#sources.get(key) as S);
    this.#made.set(key, value);
    return value;
  }

  keys(): MapIterator<string> {
    return this.#sources.keys();
  }

  values(): MapIterator<T> {
    return this.#whole().values();
  }

  entries(): MapIterator<[string, T]> {
    return this.#whole().entries();
  }

  [Symbol.iterator](): MapIterator<[string, T]> {
    return this.#whole().entries();
  }

  forEach(take: (value: T, key: string, map: ReadonlyMap<string, T>) => void): void {
    this.#whole().forEach((value, key) => void take(value, key, this));
  }

  /** Returns all values in key order; those created before stay the same. */
  #whole(): ReadonlyMap<string, T> {
    if (this.#isWhole) return this.#made;
    const whole = new Map<string, T>();
    for (const [key, source] of this.#sources) whole.set(key, this.#made.get(key) ?? this.#make(key, source));
    this.#made = whole;
    this.#isWhole = true;
    return whole;
  }
}
