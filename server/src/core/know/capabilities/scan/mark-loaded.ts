import type { ESTree, SyntaxNode } from '../../../read/source/syntax.ts';
import { namedModules } from '../value/compiled.ts';
import type { Evaluator } from '../value/evaluate.ts';
import type { SourceModule } from '../value/files.ts';
import { bindingOf, type CallPlace, type FunctionFacts, keyName } from '../value/scope.ts';
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
  const handlers = new Map<FunctionFacts, FunctionFacts[]>();
  for (const { path, top, calls, assignments } of modules) {
    if (!isProgram(path)) reach(top.fn);
    for (const call of calls) {
      const list = byFunction.get(call.scope.fn);
      if (list === undefined) byFunction.set(call.scope.fn, [call]);
      else list.push(call);
    }
    for (const { node, scope } of assignments) {
      const handler = isHandler(node) ? evaluator.facts(node.right as FunctionNode) : undefined;
      if (handler !== undefined) handlers.set(scope.fn, [...(handlers.get(scope.fn) ?? []), handler]);
    }
  }
  for (let fn = waiting.pop(); fn !== undefined; fn = waiting.pop()) {
    for (const handler of handlers.get(fn) ?? []) reach(handler);
    for (const call of byFunction.get(fn) ?? []) {
      reach(targets.get(call));
      const { node, scope } = call;
      if (node.type !== 'CallExpression' && node.type !== 'NewExpression') continue;
      if (isCommand(node)) continue;
      for (const one of namedModules(node) ?? []) reach(evaluator.facts(one.fn));
      for (const arg of node.arguments as SyntaxNode[]) {
        if (arg.type === 'FunctionExpression' || arg.type === 'ArrowFunctionExpression')
          reach(evaluator.facts(arg));
        else if (arg.type === 'Identifier')
          for (const { node } of bindingOf(arg, scope)?.writes ?? [])
            reach(evaluator.facts(node as FunctionNode));
      }
    }
  }
}

/** Checks for the function of a command, which runs when people give it: `program.command('a').action(() => …)`. */
function isCommand({ callee }: ESTree.CallExpression | ESTree.NewExpression): boolean {
  return callee.type === 'MemberExpression' && keyName(callee.property as SyntaxNode) === 'action';
}

/** Checks for a handler of an event: `socket.onopen = () => …`. */
function isHandler({ left, right }: ESTree.AssignmentExpression): boolean {
  if (right.type !== 'FunctionExpression' && right.type !== 'ArrowFunctionExpression') return false;
  return left.type === 'MemberExpression' && /^on[a-z]{3,}$/.test(keyName(left.property as SyntaxNode));
}
