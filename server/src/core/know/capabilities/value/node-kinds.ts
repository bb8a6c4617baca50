import type { ESTree, SyntaxNode } from '../../../read/source/syntax.ts';

/** Checks for a declaration whose names are those of its block. */
export function isLexical(node: SyntaxNode): boolean {
  return (
    (node.type === 'VariableDeclaration' && node.kind !== 'var') ||
    node.type === 'FunctionDeclaration' ||
    node.type === 'ClassDeclaration'
  );
}

/** Checks for a call with arguments that are types. */
export function hasTypes(node: ESTree.CallExpression | ESTree.NewExpression): boolean {
  const { typeParameters, typeArguments } = node as { typeParameters?: unknown; typeArguments?: unknown };
  return Boolean(typeParameters ?? typeArguments);
}

/** Checks for a node of a syntax tree. */
export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string';
}

/** Checks for a call that finds a place: `alphabet.indexOf(char)`. */
export function isLookUp(node: SyntaxNode): boolean {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
  const { property, computed } = node.callee;
  return !computed && property.type === 'Identifier' && property.name === 'indexOf';
}
