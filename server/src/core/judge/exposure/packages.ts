import type { Advisory } from '../../know/advisory/advisory.ts';
import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';
import { shownText } from '../../read/lockfile/model/shown-text.ts';
import type { ExposedPackage, TakenBy, TakenPackages } from './exposed-place.ts';

/**
 * An affected package of a lockfile. Thousands of paths are found but few are reported, so texts are created lazily.
 */
export class LockedPackage implements ExposedPackage {
  readonly entry: LockEntry;
  /** What its URL installs, if that differs from the entry's name. */
  readonly name: string;
  readonly version: string;
  readonly advisories: readonly Advisory[];
  readonly #steps: readonly LockEntry[];
  readonly #isWhole: boolean;
  #path: readonly string[] | undefined;

  /**
   * @param steps the entries from the direct dependency to the package itself; without `isWhole`, some after the first
   * are omitted
   */
  constructor(
    entry: LockEntry,
    { name, version }: { readonly name: string; readonly version: string },
    advisories: readonly Advisory[],
    steps: readonly LockEntry[] = [entry],
    isWhole = true,
  ) {
    this.entry = entry;
    this.name = name;
    this.version = version;
    this.advisories = advisories;
    this.#steps = steps;
    this.#isWhole = isWhole;
  }

  get introducer(): LockEntry | undefined {
    return this.#steps.length > 1 ? this.#steps[0] : undefined;
  }

  get distance(): number {
    return this.#steps.length;
  }

  get path(): readonly string[] {
    if (this.#path === undefined) {
      const words = this.#steps.map(describeStep);
      this.#path = this.#isWhole ? words : [words[0]!, '…', ...words.slice(1)];
    }
    return this.#path;
  }
}

/** Returns an affected package that is not locked; what it pulls in is unknown. */
export function unlockedPackages(
  name: string,
  version: string,
  by: TakenBy,
  advisories: readonly Advisory[],
): TakenPackages {
  const path = [`${name} ${version}`];
  const own: ExposedPackage = { name, version, advisories, path, entry: undefined, introducer: undefined };
  return { version, by, own, brought: [], packages: [own] };
}

/** Returns the first copy of each version. */
export function firstOfEachVersion<T extends ExposedPackage>(packages: Iterable<T>): readonly T[] {
  const first = new Map<string, T>();
  for (const each of packages) {
    const key = `${each.name} ${each.version}`;
    if (!first.has(key)) first.set(key, each);
  }
  return [...first.values()];
}

function describeStep({ name, version }: LockEntry): string {
  return shownText(version === undefined ? name : `${name} ${version.value}`);
}
