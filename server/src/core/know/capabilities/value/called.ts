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
  let known: readonly Value[] | undefined;
  return {
    callee,
    object,
    method,
    get args() {
      known ??= args();
      return known;
    },
  };
}
