import type { SyntaxNode } from '../../../read/source/syntax.ts';
import type { Scope } from '../value/scope.ts';
import type { Scoped } from '../value/scopes.ts';
import type { Found } from './found.ts';

const PRINTS = /^(?:console\.\w+|process\.(?:stdout|stderr)\.write)$/;
/** No loop that ends counts so far. */
const ENDLESS = 1e12;

/** Reads loops that do not end, so that who loads the file waits forever. */
export function readLoops({ loops }: Scoped, found: Found): void {
  for (const { node, scope } of loops) {
    if (scope.fn.isLoaded !== true || !isEndless(node, scope, found)) continue;
    const { hasExit, prints } = readBody((node as unknown as { body: SyntaxNode }).body, scope, found);
    if (hasExit) continue;
    found.add('destruction', 'endless loop', node.start ?? 0);
    found.sign('endless-loop', node.start ?? 0, true);
    if (prints) found.sign('floods-output', node.start ?? 0, true);
  }
}

function isEndless(node: SyntaxNode, scope: Scope, { evaluator }: Found): boolean {
  if (node.type !== 'ForStatement' && node.type !== 'WhileStatement' && node.type !== 'DoWhileStatement')
    return false;
  const test = node.test as SyntaxNode | null | undefined;
  if (!test) return true;
  if (test.type !== 'BinaryExpression') {
    const { number, text } = evaluator.value(test, scope);
    const isConstant = test.type === 'Literal' || test.type === 'UnaryExpression';
    return isConstant && (number !== undefined ? number !== 0 : text !== undefined && text !== '');
  }
  return /^(?:<=?|!==?)$/.test(test.operator) && isInfinite(test.right as SyntaxNode, scope, evaluator);
}

function isInfinite(node: SyntaxNode, scope: Scope, evaluator: Found['evaluator']): boolean {
  if (node.type === 'Identifier' && node.name === 'Infinity') return true;
  const { ref, number } = evaluator.value(node, scope);
  return (
    /^(?:Infinity|Number\.(?:POSITIVE_INFINITY|MAX_VALUE|MAX_SAFE_INTEGER))$/.test(ref ?? '') ||
    (number !== undefined && number > ENDLESS)
  );
}

/** Returns whether a body leaves its loop, and whether it prints. Functions in it do neither. */
function readBody(body: SyntaxNode, scope: Scope, { evaluator }: Found) {
  const waiting: { node: SyntaxNode; isInner: boolean }[] = [{ node: body, isInner: false }];
  let prints = false;
  for (let count = 0; waiting.length > 0; count++) {
    const { node, isInner } = waiting.pop()!;
    if (count > 5000 || leaves(node, isInner)) return { hasExit: true, prints };
    if (/Function|^Class/.test(node.type)) continue;
    if (node.type === 'CallExpression') {
      const { ref } = evaluator.value(node.callee as SyntaxNode, scope);
      if (PRINTS.test(ref ?? '')) prints = true;
      if (/^(?:process\.(?:exit|abort)|Atomics\.wait)$/.test(ref ?? '')) return { hasExit: true, prints };
    }
    const isNested = isInner || /^(?:For|While|DoWhile|Switch)/.test(node.type);
    for (const child of Object.values(node) as unknown[])
      for (const one of Array.isArray(child) ? child : [child])
        if (typeof (one as SyntaxNode | null)?.type === 'string')
          waiting.push({ node: one as SyntaxNode, isInner: isNested });
  }
  return { hasExit: false, prints };
}

function leaves(node: SyntaxNode, isInner: boolean): boolean {
  if (node.type === 'BreakStatement') return !isInner || Boolean(node.label);
  if (node.type === 'ContinueStatement') return Boolean(node.label);
  return /^(?:Return|Throw|Yield|Await)/.test(node.type) || (node.type === 'ForOfStatement' && node.await);
}
