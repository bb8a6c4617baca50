import type { SyntaxNode } from '../../../read/source/syntax.ts';
import type { KeptValues } from './kept-values.ts';
import type { Binding, FunctionFacts, Given, Scope, WritePath } from './scope.ts';
import { either, type FunctionNode, listOf, type Place, UNKNOWN, type Value } from './value.ts';

/** The ways in which a function that gets functions may return, to be read for each call. */
export const MOST_RETURNS = 3;

interface Tools {
  value(node: SyntaxNode, scope: Scope, depth: number, given?: Given): Value;
  /** Returns what any of several expressions may be. */
  anyOf(places: readonly Place<Scope>[], depth: number): Value;
  /** Returns the part of a value to which a path leads. */
  part(of: Value, path: WritePath, scope: Scope, depth: number): Value;
}

export interface FunctionResults {
  /** Returns what a function may return, whoever calls it. */
  returnOf(fn: FunctionNode, depth?: number): Value;
  /**
   * Returns the result of a function that is one expression after constants, or that gets functions, for these arguments;
   * undefined for other functions.
   *
   * @param most The ways in which it may return.
   */
  applied(
    fn: FunctionNode,
    args: readonly Value[],
    depth: number,
    outer?: Given,
    most?: number,
  ): Value | undefined;
}

/** Creates a reader of what functions return. */
export function createResults(
  functions: ReadonlyMap<SyntaxNode, FunctionFacts>,
  kept: KeptValues,
  { value, anyOf, part }: Tools,
): FunctionResults {
  function returnOf(fn: FunctionNode, depth = 0): Value {
    const facts = functions.get(fn);
    if (facts === undefined) return UNKNOWN;
    const known = kept.ofResult(facts);
    if (known !== undefined) return known;
    if (facts.busy > 0) {
      kept.meet(facts.busy);
      return UNKNOWN;
    }
    facts.busy = kept.begin();
    const found = either(anyOf(facts.returns, depth), anyOf(facts.yields ?? [], depth));
    kept.end(facts.busy);
    facts.busy = 0;
    kept.keepResult(facts, found);
    return found;
  }

  function applied(
    fn: FunctionNode,
    args: readonly Value[],
    depth: number,
    outer?: Given,
    least = 1,
  ): Value | undefined {
    const facts = functions.get(fn);
    const returns = facts?.returns ?? [];
    if (facts === undefined || returns.length === 0) return undefined;
    if (facts.busy > 0) {
      kept.meet(facts.busy);
      return undefined;
    }
    const most = args.some((one) => one.fn !== undefined) ? MOST_RETURNS : least;
    if (returns.length > most) return undefined;
    const given = new Map<Binding, Value>(outer);
    facts.params.forEach((bindings, at) => {
      const [binding] = bindings;
      if (binding === undefined || args[at] === undefined) return;
      const isRest = fn.params[at]?.type === 'RestElement';
      const passed = isRest ? listOf(args.slice(at)) : args[at];
      for (const one of bindings) given.set(one, part(passed, one.part, returns[0]!.scope, depth));
    });
    facts.busy = kept.begin();
    let found = UNKNOWN;
    for (const { node, scope } of returns) found = either(found, value(node, scope, depth, given));
    kept.end(facts.busy);
    facts.busy = 0;
    return found;
  }

  return { returnOf, applied };
}
