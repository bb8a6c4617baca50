import type { SyntaxNode } from '../../../read/source/syntax.ts';

/** Makes a list of expressions. */
export function listNode(elements: readonly SyntaxNode[]): SyntaxNode {
  return { type: 'ArrayExpression', elements, start: elements[0]?.start } as unknown as SyntaxNode;
}

/** Returns a call of a function without arguments, as a getter is one. */
export function resultOf(fn: SyntaxNode): SyntaxNode {
  return { type: 'CallExpression', callee: fn, arguments: [], start: fn.start } as unknown as SyntaxNode;
}

/** Makes an expression for a member of an object. */
export function memberNode(object: SyntaxNode, name: string): SyntaxNode {
  const property = { type: 'Identifier', name };
  return { type: 'MemberExpression', computed: false, object, property } as unknown as SyntaxNode;
}
