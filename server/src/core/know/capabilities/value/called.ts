import type { SyntaxNode } from '../../../read/source/syntax.ts';
import type { Given, Scope } from './scope.ts';
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

/** What the arguments of a call are evaluated with. */
export interface CalledIn {
  readonly scope: Scope;
  readonly depth: number;
  readonly given: Given | undefined;
}

/** A call with the arguments that it is written with, which are evaluated in the same way but need no function of their own. */
export class PlainCall implements Called {
  readonly callee: Value;
  readonly object: Value;
  readonly method: string;
  readonly #nodes: readonly SyntaxNode[];
  readonly #in: CalledIn;
  readonly #value: (node: SyntaxNode, scope: Scope, depth: number, given: Given | undefined) => Value;
  #known: Value[] | undefined = undefined;

  constructor(
    callee: Value,
    object: Value,
    method: string,
    nodes: readonly SyntaxNode[],
    place: CalledIn,
    value: (node: SyntaxNode, scope: Scope, depth: number, given: Given | undefined) => Value,
  ) {
    this.callee = callee;
    this.object = object;
    this.method = method;
    this.#nodes = nodes;
    this.#in = place;
    this.#value = value;
  }

  get args(): readonly Value[] {
    if (this.#known !== undefined) return this.#known;
    const { scope, depth, given } = this.#in;
    const made: Value[] = [];
    for (const one of this.#nodes) made.push(this.#value(one, scope, depth, given));
    this.#known = made;
    return made;
  }
}
