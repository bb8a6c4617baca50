import type { Scope } from './scope.ts';
import type { Place } from './value.ts';

/** Expressions by names that they have outside of scopes: those of globals, or the paths of files. */
export class Places {
  readonly #all = new Map<string, Place<Scope>[]>();

  add(name: string, place: Place<Scope>): void {
    const known = this.#all.get(name);
    if (known === undefined) this.#all.set(name, [place]);
    else known.push(place);
  }

  get(name: string): readonly Place<Scope>[] | undefined {
    return this.#all.get(name);
  }
}
