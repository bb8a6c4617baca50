import type { LockEntry } from '../lockfile/model/lockfile.ts';
import type { Span } from '../text/span.ts';
import type { GraphPackage } from './dependency-graph.ts';
import { PLAIN_REACH, type Reach } from './reach.ts';

/** What a format says of an instance beside its entry. */
export interface InstanceFacts {
  /** The entry of the instance itself, where that is another than the one it comes from: of a patched copy. */
  readonly own?: LockEntry;
  /** What the format says of the reach; the rest is found by walking from the importers. */
  readonly reach?: Partial<Reach>;
  readonly document?: number;
}

/** A class, so that thousands of them share their accessors, and texts are made only where they are asked for. */
export class PackageInstance implements GraphPackage {
  readonly entry: LockEntry;
  readonly own: LockEntry;
  readonly document: number | undefined;
  readonly #said: Partial<Reach> | undefined;
  readonly #recordsScripts: boolean;
  #id: string | undefined;
  #alias: string | undefined;
  #number = 0;
  #walked: (node: number) => Reach = () => PLAIN_REACH;

  /** `id` is undefined for the entry's key, which is unique then. */
  constructor(entry: LockEntry, id: string | undefined, facts: InstanceFacts, recordsScripts: boolean) {
    this.entry = entry;
    this.document = facts.document;
    this.own = facts.own ?? entry;
    this.#said = facts.reach;
    this.#recordsScripts = recordsScripts;
    this.#id = id;
  }

  get id(): string {
    return this.#id ?? this.entry.key;
  }

  /** The id that it was given, which another may have as well. */
  get givenId(): string | undefined {
    return this.#id;
  }

  rename(id: string): void {
    this.#id = id;
  }

  /** In a format whose entries have no alias: it is the one name under which all dependents import the package. */
  importedAs(name: string): void {
    this.#alias = this.#alias === undefined || this.#alias === name ? name : this.name;
  }

  walkedBy(reach: (node: number) => Reach, number: number): void {
    this.#walked = reach;
    this.#number = number;
  }

  get name(): string {
    return this.own.name;
  }

  get alias(): string | undefined {
    const alias = this.#alias ?? this.own.alias;
    return alias === this.name ? undefined : alias;
  }

  get version(): string | undefined {
    return this.own.version?.value;
  }

  get dev(): boolean {
    return this.#said?.dev ?? this.#walked(this.#number).dev;
  }

  get optional(): boolean {
    return this.#said?.optional ?? this.#walked(this.#number).optional;
  }

  get peer(): boolean {
    return this.#said?.peer ?? this.#walked(this.#number).peer;
  }

  get installScript(): boolean | undefined {
    const { hasInstallScript } = this.entry;
    return hasInstallScript === false && !this.#recordsScripts ? undefined : hasInstallScript;
  }

  get span(): Span {
    return this.entry.span;
  }
}

/** Gives each instance whose id another one has, or an importer's path, one of its own. */
export function makeIdsUnique(
  instances: readonly PackageInstance[],
  paths: ReadonlyMap<string, unknown>,
): void {
  const taken = new Set<string>();
  const copies = new Map<string, number>();
  for (const instance of instances) {
    const { givenId } = instance;
    if (givenId === undefined) continue;
    let id = givenId;
    for (let copy = copies.get(givenId) ?? 1; taken.has(id) || paths.has(id); ) {
      copy++;
      copies.set(givenId, copy);
      id = `${givenId}#${copy}`;
    }
    if (id !== givenId) instance.rename(id);
    taken.add(id);
  }
}
