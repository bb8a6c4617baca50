import type { Advisory } from '../../know/advisory/advisory.ts';
import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';
import { shownText } from '../../read/lockfile/model/shown-text.ts';
import type { ExposedPackage, TakenBy, TakenPackages } from './exposed-place.ts';

/** An affected package of a lockfile. Thousands of ways are found for a few that are told, so texts are made when asked for. */
export class LockedPackage implements ExposedPackage {
  readonly entry: LockEntry;
  /** What its URL installs, where that is another package than the entry's. */
  readonly name: string;
  readonly version: string;
  readonly advisories: readonly Advisory[];
  readonly #steps: readonly LockEntry[];
  readonly #isWhole: boolean;
  #path: readonly string[] | undefined;

  /**
   * @param steps the entries from what brings it to the package itself; without `isWhole` some are left out behind the
   * first
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

  get bringer(): LockEntry | undefined {
    return this.#steps.length > 1 ? this.#steps[0] : undefined;
  }

  get distance(): number {
    return this.#steps.length;
  }

  get path(): readonly string[] {
    if (this.#path === undefined) {
      const words = this.#steps.map(stepWords);
      this.#path = this.#isWhole ? words : [words[0]!, '…', ...words.slice(1)];
    }
    return this.#path;
  }
}

/** A package that advisories affect, where nothing is locked: what it brings, nobody knows. */
export function unlockedPackages(
  name: string,
  version: string,
  by: TakenBy,
  advisories: readonly Advisory[],
): TakenPackages {
  const path = [`${name} ${version}`];
  const own: ExposedPackage = { name, version, advisories, path, entry: undefined, bringer: undefined };
  return { version, by, own, brought: [], packages: [own] };
}

/** Of several copies of a version the first one. */
export function firstOfEachVersion<T extends ExposedPackage>(packages: Iterable<T>): readonly T[] {
  const first = new Map<string, T>();
  for (const each of packages) {
    const key = `${each.name} ${each.version}`;
    if (!first.has(key)) first.set(key, each);
  }
  return [...first.values()];
}

function stepWords({ name, version }: LockEntry): string {
  return shownText(version === undefined ? name : `${name} ${version.value}`);
}
