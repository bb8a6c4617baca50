import type { LockEntry } from '../lockfile/model/lockfile.ts';
import { PLAIN_REACH, type Reach } from '../lockfile/model/reach.ts';
import type { Span } from '../text/span.ts';
import type { GraphPackage } from './dependency-graph.ts';

/** What a format records of an instance besides its entry. */
export interface InstanceFacts {
  /** The entry of the instance itself, if it differs from its origin: of a patched copy. */
  readonly own?: LockEntry;
  /** What the format records of the reach; the rest is found by walking from the importers. */
  readonly reach?: Partial<Reach>;
  readonly document?: number;
}

/** A class, so that thousands of instances share their accessors and texts are created only on demand. */
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

  /** If `id` is undefined, it is the key of the entry, which must then be unique. */
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

  /** The assigned id, which another instance may share. */
  get givenId(): string | undefined {
    return this.#id;
  }

  rename(id: string): void {
    this.#id = id;
  }

  /**
   * Sets the alias in a format whose entries have none: the single name under which all dependents import the package.
   */
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

/** Gives a new id to each instance that shares its id with another instance or an importer's path. */
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
