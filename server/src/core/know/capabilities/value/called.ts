import type { Value } from './value.ts';

/** What a call calls, with what. */
export interface Called {
  readonly callee: Value;
  /** The object of a method. */
  readonly object: Value;
  readonly method: string;
  readonly args: readonly Value[];
}

/** Returns a call whose arguments are evaluated when they are first needed. */
export function calledAs(callee: Value, object: Value, method: string, args: () => readonly Value[]): Called {
  return new LazyCall(callee, object, method, args);
}

/** A class, because programs have so many calls that an object with a getter of its own costs time. */
class LazyCall implements Called {
  readonly callee: Value;
  readonly object: Value;
  readonly method: string;
  readonly #evaluate: () => readonly Value[];
  #known: readonly Value[] | undefined = undefined;

  constructor(callee: Value, object: Value, method: string, evaluate: () => readonly Value[]) {
    this.callee = callee;
    this.object = object;
    this.method = method;
    this.#evaluate = evaluate;
  }

  get args(): readonly Value[] {
    this.#known ??= this.#evaluate();
    return this.#known;
  }
}
