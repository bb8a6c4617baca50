import type { SyntaxNode } from '../../../read/source/syntax.ts';
import type { Evaluator } from '../value/evaluate.ts';
import type { SourceModule } from '../value/files.ts';
import { bindingOf, type CallPlace, type FunctionFacts } from '../value/scope.ts';
import type { FunctionNode } from '../value/value.ts';
import type { Targets } from './link-calls.ts';

/**
 * Marks the functions that run when the files are loaded, as far as calls show.
 *
 * @param isProgram Checks for the files that people start by name, which nothing loads.
 */
export function markLoaded(
  modules: Iterable<SourceModule>,
  evaluator: Evaluator,
  targets: Targets,
  isProgram: (path: string) => boolean,
): void {
  const byFunction = new Map<FunctionFacts, CallPlace[]>();
  const waiting: FunctionFacts[] = [];
  const reach = (facts: FunctionFacts | undefined) => {
    if (facts === undefined || facts.isLoaded === true) return;
    facts.isLoaded = true;
    waiting.push(facts);
  };
  for (const { path, top, calls } of modules) {
    if (!isProgram(path)) reach(top.fn);
    for (const call of calls) {
      const list = byFunction.get(call.scope.fn);
      if (list === undefined) byFunction.set(call.scope.fn, [call]);
      else list.push(call);
    }
  }
  for (let fn = waiting.pop(); fn !== undefined; fn = waiting.pop())
    for (const call of byFunction.get(fn) ?? []) {
      reach(targets.get(call));
      const { node, scope } = call;
      if (node.type !== 'CallExpression' && node.type !== 'NewExpression') continue;
      for (const arg of node.arguments as SyntaxNode[]) {
        if (arg.type === 'FunctionExpression' || arg.type === 'ArrowFunctionExpression')
          reach(evaluator.facts(arg));
        else if (arg.type === 'Identifier')
          for (const { node } of bindingOf(arg, scope)?.writes ?? [])
            reach(evaluator.facts(node as FunctionNode));
      }
    }
}
