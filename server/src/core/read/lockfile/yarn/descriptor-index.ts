import type { YarnLockEntry } from './yarn-lockfile.ts';

/**
 * Returns where the name ends in `name@range`: at the first `@` that does not begin a scope, because ranges have `@`
 * too.
 */
export function nameEnd(descriptor: string): number {
  const at = descriptor.indexOf('@', 1);
  return at === -1 ? descriptor.length : at;
}

/** The entry that each descriptor of a lockfile resolves to. */
export class DescriptorIndex<Entry extends YarnLockEntry> {
  readonly #byDescriptor = new Map<string, Entry>();
  /** Most names have one entry, which is stored without a list. */
  readonly #byName = new Map<string, Entry | Entry[]>();
  #lastName = '';
  #lastEntry: Entry | undefined;

  /** Adds a descriptor. For duplicates the last one counts, as in Yarn; returns false for those. */
  add(descriptor: string, entry: Entry): boolean {
    const before = this.#byDescriptor.size;
    this.#byDescriptor.set(descriptor, entry);
    const length = nameEnd(descriptor);
    // Nearly all descriptors of an entry have one name.
    const isKnown =
      entry === this.#lastEntry && length === this.#lastName.length && descriptor.startsWith(this.#lastName);
    if (!isKnown) this.#addName(descriptor.slice(0, length), entry);
    return this.#byDescriptor.size > before;
  }

  #addName(name: string, entry: Entry): void {
    this.#lastName = name;
    this.#lastEntry = entry;
    const same = this.#byName.get(name);
    if (same === undefined) this.#byName.set(name, entry);
    else if (!Array.isArray(same)) this.#byName.set(name, same === entry ? entry : [same, entry]);
    else if (same.at(-1) !== entry) same.push(entry);
  }

  /** Looks up a descriptor. In a key, Yarn 2 and later drop a space at the end of one that is followed by another. */
  get(descriptor: string): Entry | undefined {
    const entry = this.#byDescriptor.get(descriptor);
    if (entry !== undefined || descriptor.charCodeAt(descriptor.length - 1) !== 32) return entry;
    return this.#byDescriptor.get(descriptor.trimEnd());
  }

  descriptors(): Iterable<string> {
    return this.#byDescriptor.keys();
  }

  hasName(name: string): boolean {
    return this.#byName.has(name);
  }

  named(name: string): readonly Entry[] {
    const same = this.#byName.get(name);
    if (same === undefined) return [];
    return Array.isArray(same) ? same : [same];
  }

  /** Returns the entry that every descriptor of this name resolves to, if there is only one. */
  only(name: string): Entry | undefined {
    const same = this.#byName.get(name);
    return Array.isArray(same) ? undefined : same;
  }

  /** Looks up a descriptor, or a key with several as in `entry.key`. */
  byKey(key: string): Entry | undefined {
    const direct = this.get(key);
    if (direct !== undefined) return direct;
    const comma = key.indexOf(', ');
    const first = comma === -1 ? undefined : this.get(key.slice(0, comma));
    return first?.key === key ? first : undefined;
  }
}
