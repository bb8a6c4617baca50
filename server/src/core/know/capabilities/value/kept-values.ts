import type { SyntaxNode } from '../../../read/source/syntax.ts';
import type { Binding, FunctionFacts } from './scope.ts';
import type { Value } from './value.ts';

/** Kept on the nodes: a map of all takes as long as the evaluation. The nodes belong to one scan. */
const VALUE = Symbol('value');
const ROUND = Symbol('round');
const FORGOTTEN = Symbol('forgotten');
type Kept = SyntaxNode & { [VALUE]?: Value | undefined; [ROUND]?: number; [FORGOTTEN]?: number };

/**
 * Keeps the values of expressions, names and functions. What needs a value that is under way finds nothing yet, and so do
 * all values that are made of it: these are kept only until that value is known. Each is forgotten once, so that no tree is
 * read more than twice.
 */
export class KeptValues {
  /** What was computed within the cycle that is open. */
  #open: { nodes: Kept[]; bindings: Binding[]; functions: FunctionFacts[] } | undefined;
  #lowest = Number.POSITIVE_INFINITY;
  #level = 0;
  #round = 1;

  /** Begins a value that others may need, and returns its level, which is not 0. */
  begin(): number {
    return ++this.#level;
  }

  /** Notes that a value under way is needed. */
  meet(level: number): void {
    if (level < this.#lowest) this.#lowest = level;
    this.#open ??= { nodes: [], bindings: [], functions: [] };
  }

  /** Ends a value. Those that were made without it are forgotten. */
  end(level: number): void {
    this.#level--;
    if (this.#open === undefined || this.#lowest < level) return;
    const { nodes, bindings, functions } = this.#open;
    for (const node of nodes) {
      node[VALUE] = undefined;
      node[FORGOTTEN] = this.#round;
    }
    for (const one of bindings) {
      one.value = undefined;
      one.forgotten = this.#round;
    }
    for (const one of functions) {
      one.returned = undefined;
      one.forgotten = this.#round;
    }
    this.#open = undefined;
    this.#lowest = Number.POSITIVE_INFINITY;
  }

  of(node: SyntaxNode): Value | undefined {
    const own = node as Kept;
    return own[ROUND] === this.#round ? own[VALUE] : undefined;
  }

  ofName(binding: Binding): Value | undefined {
    return binding.round === this.#round ? binding.value : undefined;
  }

  ofResult(facts: FunctionFacts): Value | undefined {
    return facts.round === this.#round ? facts.returned : undefined;
  }

  keep(node: SyntaxNode, value: Value): void {
    const own = node as Kept;
    own[VALUE] = value;
    own[ROUND] = this.#round;
    if (this.#open !== undefined && own[FORGOTTEN] !== this.#round) this.#open.nodes.push(own);
  }

  keepName(binding: Binding, value: Value): void {
    binding.value = value;
    binding.round = this.#round;
    if (this.#open !== undefined && binding.forgotten !== this.#round) this.#open.bindings.push(binding);
  }

  keepResult(facts: FunctionFacts, value: Value): void {
    facts.returned = value;
    facts.round = this.#round;
    if (this.#open !== undefined && facts.forgotten !== this.#round) this.#open.functions.push(facts);
  }

  /** Forgets all values. */
  reset(): void {
    this.#round++;
  }
}
