import type { LockEdge, LockEntry } from '../model/lockfile.ts';
import { type DescriptorIndex, nameEnd } from '../yarn/descriptor-index.ts';
import type { YarnLockEntry } from '../yarn/yarn-lockfile.ts';
import { BerryLockEntry } from './berry-lock-entry.ts';
import { patchedLocator } from './locator.ts';

/** Resolves names and descriptors in a lockfile of Yarn 2 or later. Its maps are built on first use. */
export class BerryGraph {
  readonly #index: DescriptorIndex<BerryLockEntry>;
  readonly #importers: ReadonlyMap<string, BerryLockEntry>;
  readonly #all: readonly BerryLockEntry[];
  #builtinPatches: BuiltinPatches | undefined;
  #byLocator: ReadonlyMap<string, BerryLockEntry> | undefined;

  constructor(
    index: DescriptorIndex<BerryLockEntry>,
    importers: ReadonlyMap<string, BerryLockEntry>,
    all: readonly BerryLockEntry[],
  ) {
    this.#index = index;
    this.#importers = importers;
    this.#all = all;
  }

  resolve(importerPath: string, name: string, declared?: string): BerryLockEntry | undefined {
    const importer = this.#importers.get(importerPath);
    if (importer === undefined) {
      return declared === undefined ? this.#only(name) : this.#find(undefined, name, declared);
    }
    const locked = importer.declared(name);
    if (locked === undefined) return undefined;
    return (
      this.#find(importer, name, locked) ??
      (declared === undefined ? undefined : this.#find(importer, name, declared)) ??
      this.#only(name)
    );
  }

  follow(
    from: LockEntry,
    { section, name, specifier }: LockEdge,
    replaced?: string,
  ): BerryLockEntry | undefined {
    if (section === 'peerDependencies') return undefined;
    // Most names have a single package, which every descriptor resolves to.
    const only = this.#index.only(name);
    if (only !== undefined) return only;
    // Paths of `resolutions` are relative to the root, which has them. A replacement that Yarn did not apply has no
    // key.
    const byRule = replaced === undefined ? undefined : this.#find(this.#importers.get(''), name, replaced);
    if (byRule !== undefined) return byRule;
    const bound = from instanceof BerryLockEntry ? from : undefined;
    return this.#find(bound, name, specifier.value) ?? this.#only(name);
  }

  origin(entry: YarnLockEntry): YarnLockEntry {
    let found = entry;
    // A patch of a patch of a patch: only a hostile text has more than a few.
    for (let nesting = 0; nesting < 5; nesting++) {
      const patched = found instanceof BerryLockEntry ? found.patched : undefined;
      const origin = patched === undefined ? undefined : this.#located(patched);
      if (origin === undefined) return found;
      found = origin;
    }
    return found;
  }

  /** Finds a descriptor as written, or with what Yarn adds to it in a key. */
  #find(from: BerryLockEntry | undefined, name: string, specifier: string): BerryLockEntry | undefined {
    const isNpm = specifier.startsWith('npm:');
    const withProtocol = isNpm ? `${name}@${specifier}` : `${name}@npm:${specifier}`;
    const { names, byDescriptor } = this.#patches();
    const patch = names.has(name) ? byDescriptor.get(withProtocol) : undefined;
    // In keys, a range or tag has the protocol; anything else has one of its own. Old lockfiles lack it.
    const isPlain = isNpm || !specifier.includes(':');
    const found = patch ?? (isPlain ? this.#index.get(withProtocol) : undefined);
    if (found !== undefined) return found;
    const descriptor = isNpm ? `${name}@${specifier.slice(4)}` : `${name}@${specifier}`;
    const asWritten = this.#index.get(descriptor);
    if (asWritten !== undefined || isNpm) return asWritten;
    if (from === undefined || !/^(?:file|link|portal|patch|exec):/.test(specifier)) return undefined;
    return this.#index.get(`${descriptor}::locator=${encodeUri(from.resolution.value)}`);
  }

  /** Returns the only package of that name, preferring a patched copy to its original. */
  #only(name: string): BerryLockEntry | undefined {
    const named = this.#index.named(name);
    const [first, second] = named;
    if (first === undefined || named.length > 2) return undefined;
    if (second === undefined) return first;
    if (this.origin(first) === second) return first;
    return this.origin(second) === first ? second : undefined;
  }

  /** Returns Yarn's built-in patches, by the descriptors that they replace. */
  #patches(): BuiltinPatches {
    if (this.#builtinPatches !== undefined) return this.#builtinPatches;
    const names = new Set<string>();
    const patches = new Map<string, BerryLockEntry>();
    for (const descriptor of this.#index.descriptors()) {
      const reference = nameEnd(descriptor) + 1;
      if (!descriptor.startsWith('patch:', reference) || !descriptor.includes('builtin<', reference))
        continue;
      const patched = patchedLocator(descriptor.slice(reference));
      if (patched === undefined) continue;
      const range = patched.slice(nameEnd(patched) + 1);
      const name = descriptor.slice(0, reference - 1);
      names.add(name);
      patches.set(
        `${name}@${range.startsWith('npm:') ? range : `npm:${range}`}`,
        this.#index.get(descriptor)!,
      );
    }
    this.#builtinPatches = { names, byDescriptor: patches };
    return this.#builtinPatches;
  }

  /** Usually checks the single entry of the locator's name, so that not all locators are decoded. */
  #located(locator: string): BerryLockEntry | undefined {
    const only = this.#index.only(locator.slice(0, nameEnd(locator)));
    if (only?.resolution.value === locator) return only;
    this.#byLocator ??= new Map(this.#all.map((entry) => [entry.resolution.value, entry]));
    return this.#byLocator.get(locator);
  }
}

interface BuiltinPatches {
  readonly names: ReadonlySet<string>;
  readonly byDescriptor: ReadonlyMap<string, BerryLockEntry>;
}

function encodeUri(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text;
  }
}
