import type { SyntaxNode } from '../../../read/source/syntax.ts';
import type { Evaluator } from '../value/evaluate.ts';
import { Label } from '../value/labels.ts';
import { keyName, MOST_VALUES, type Scope, WHOLE } from '../value/scope.ts';
import type { Assignment } from '../value/scopes.ts';
import type { FunctionNode } from '../value/value.ts';
import type { Originals } from './originals.ts';

/** Functions by which data of others pass. */
const PASSING =
  /^(?:fetch|XMLHttpRequest\.prototype\.(?:open|send|setRequestHeader)|WebSocket\.prototype\.send|mod:https?\.(?:request|get)|(?:localStorage|sessionStorage|Storage\.prototype)\.setItem|JSON\.parse|mod:https?\.(?:request|get)\(\)\.(?:write|end)|mod:https?\.\w+\.prototype\.\w+)$/;

/** Notes that the parameters of a function that replaces one of the platform are data of others. */
export function linkReplaced({ node, scope }: Assignment, evaluator: Evaluator, originals: Originals): void {
  const left = node.left as SyntaxNode;
  const name =
    left.type === 'MemberExpression'
      ? keyName(left.property as SyntaxNode)
      : (left as { name?: string }).name;
  if (!/^(?:fetch|open|send|setRequestHeader|request|get|setItem|emit|end|write|parse)$/.test(name ?? ''))
    return;
  if (!PASSING.test(evaluator.value(left, scope).ref ?? '')) return;
  const right = node.right as SyntaxNode;
  const fn = handlerOfProxy(right, scope, evaluator, originals) ?? evaluator.value(right, scope).fn;
  const params = (fn && evaluator.facts(fn)?.params) ?? [];
  // The method of a request says nothing of its data.
  for (const binding of (name === 'open' ? params.slice(1) : params).flat()) binding.labels |= Label.captured;
}

/** Returns the function by which a proxy is called, after its first parameter has what the proxy stands for. */
function handlerOfProxy(
  node: SyntaxNode,
  scope: Scope,
  evaluator: Evaluator,
  originals: Originals,
): FunctionNode | undefined {
  if (node.type !== 'NewExpression' || keyName(node.callee as SyntaxNode) !== 'Proxy') return undefined;
  const [target, handler] = node.arguments as SyntaxNode[];
  const fn = handler && evaluator.value(handler, scope).members?.get('apply')?.fn;
  const [original] = (fn && evaluator.facts(fn)?.params[0]) ?? [];
  if (original !== undefined && original.writes.length < MOST_VALUES) {
    original.writes.push({ node: target!, scope, path: WHOLE });
    originals.note(target!);
  }
  return fn;
}

export function isLoaderName(left: SyntaxNode): boolean {
  return left.type === 'MemberExpression' && keyName(left.property as SyntaxNode) === '_load';
}

/** Notes the same for a function that replaces one of another package, or of any module that is loaded, and calls that one. */
export function linkWrapped(
  { node, scope }: Assignment,
  evaluator: Evaluator,
  isOfAny: boolean,
  originals: Originals,
): void {
  const left = node.left as SyntaxNode;
  const { fn } = node.right.type.includes('Function') ? { fn: node.right as FunctionNode } : {};
  if (fn === undefined || left.type !== 'MemberExpression' || !isPath(left.object as SyntaxNode)) return;
  if (isLoaderName(left) || !originals.keeps(left, scope)) return;
  if (!isOfAny && !OF_PACKAGE.test(evaluator.value(left.object as SyntaxNode, scope).ref ?? '')) return;
  const label = isOfAny ? Label.captured : Label.wrapped;
  for (const binding of evaluator.facts(fn)?.params.flat() ?? []) binding.labels |= label;
}

function isPath(node: SyntaxNode): boolean {
  return (
    node.type === 'Identifier' || (node.type === 'MemberExpression' && node.object.type === 'Identifier')
  );
}

const OF_PACKAGE = /^mod:(?!module\b|process\b|fs\b|stream\b|events\b|https?\b|net\b|tls\b)[@\w][^()]*$/;
