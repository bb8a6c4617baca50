import type { SyntaxNode } from './syntax.ts';

/** Members with nodes of types, which do nothing at run time. */
const TYPES: ReadonlySet<string> = new Set([
  ...['typeAnnotation', 'returnType', 'typeParameters', 'typeArguments', 'implements', 'superTypeParameters'],
]);

/**
 * Calls `enter` for each node, parents first and siblings in the order of the text, except for those below a node for
 * which it returns false. Uses no recursion, because hostile texts nest deeply.
 */
export function walkSyntax(root: SyntaxNode, enter: (node: SyntaxNode) => boolean | undefined): void {
  const waiting: SyntaxNode[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (enter(node) === false) continue;
    const first = waiting.length;
    for (const child of childrenOf(node)) waiting.push(child);
    reverseFrom(waiting, first);
  }
}

/** Returns the nodes directly below a node, without those of types. */
function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (const name in node) {
    const child = (node as unknown as Record<string, unknown>)[name];
    if (typeof child !== 'object' || child === null || TYPES.has(name)) continue;
    if (Array.isArray(child)) {
      for (const one of child) if (isNode(one)) found.push(one);
    } else if (isNode(child)) found.push(child);
  }
  return found;
}

function reverseFrom(stack: SyntaxNode[], first: number): void {
  for (let low = first, high = stack.length - 1; low < high; low++, high--)
    [stack[low], stack[high]] = [stack[high]!, stack[low]!];
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string';
}
