import type { SyntaxNode } from '../../../read/source/syntax.ts';
import type { Evaluator } from '../value/evaluate.ts';
import type { SourceModule } from '../value/files.ts';
import type { CallPlace, FunctionFacts } from '../value/scope.ts';
import type { FunctionNode } from '../value/value.ts';

const LISTENS: ReadonlySet<string> = new Set(['on', 'once', 'addListener', 'prependListener', 'subscribe']);
/** Events of streams and processes, which the program does not emit to its own handlers alone. */
const ORDINARY = /^(?:error|data|end|close|exit|finish|open|message|connect|change|ready)$/;

/** Gives handlers of events what the program emits by the same name. */
export function linkEvents(
  modules: Iterable<SourceModule>,
  evaluator: Evaluator,
  link: (facts: FunctionFacts, args: readonly SyntaxNode[], call: CallPlace) => void,
): void {
  const emitted = new Map<string, CallPlace[]>();
  const handlers: { readonly name: string; readonly facts: FunctionFacts }[] = [];
  for (const { calls } of modules)
    for (const call of calls) {
      const { node, scope, name: method } = call;
      if (method !== 'emit' && !LISTENS.has(method)) continue;
      if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') continue;
      const event = node.arguments[0] as SyntaxNode | undefined;
      const second = node.arguments[1] as SyntaxNode | undefined;
      if (event?.type !== 'Literal' || typeof event.value !== 'string' || second === undefined) continue;
      const name = event.value;
      if (ORDINARY.test(name)) continue;
      if (method === 'emit') emitted.set(name, [...(emitted.get(name) ?? []), call]);
      else {
        const isFunction = second.type === 'FunctionExpression' || second.type === 'ArrowFunctionExpression';
        const fn = isFunction ? (second as FunctionNode) : evaluator.value(second, scope).fn;
        const facts = fn && evaluator.facts(fn);
        if (facts !== undefined) handlers.push({ name, facts });
      }
    }
  for (const { name, facts } of emitted.size === 0 ? [] : handlers)
    for (const call of emitted.get(name) ?? [])
      if (call.node.type === 'CallExpression')
        link(facts, (call.node.arguments as SyntaxNode[]).slice(1), call);
}
