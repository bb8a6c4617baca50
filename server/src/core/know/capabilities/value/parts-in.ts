import type { SyntaxNode } from '../../../read/source/syntax.ts';
import type { Parts } from './literal-values.ts';
import type { Given, Scope } from './scope.ts';
import type { Value } from './value.ts';

interface Tools {
  value(node: SyntaxNode, scope: Scope, depth: number, given: Given | undefined): Value;
  membersOf(object: Value, depth: number): ReadonlyMap<string, Value> | undefined;
}

/** Reads the parts of an expression in its scope. A class, because functions of their own for each expression take time. */
export class PartsIn implements Parts {
  readonly #tools: Tools;
  readonly #scope: Scope;
  readonly #depth: number;
  readonly #given: Given | undefined;

  constructor(tools: Tools, scope: Scope, depth: number, given: Given | undefined) {
    this.#tools = tools;
    this.#scope = scope;
    this.#depth = depth;
    this.#given = given;
  }

  of(node: unknown): Value {
    return this.#tools.value(node as SyntaxNode, this.#scope, this.#depth, this.#given);
  }

  membersOf(object: Value): ReadonlyMap<string, Value> | undefined {
    return this.#tools.membersOf(object, this.#depth);
  }
}
