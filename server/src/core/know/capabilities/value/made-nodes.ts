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

/**
 * Makes an expression for what is caught when statements fail: clients of HTTP throw errors that have the answer of the
 * server as `response`. Returns undefined if nothing is awaited in them.
 */
export function answerIn(statements: readonly SyntaxNode[]): SyntaxNode | undefined {
  const [first, ...rest] = statements.flatMap(awaitedIn);
  if (first === undefined) return undefined;
  const value = rest.reduce(
    (left, right) => ({ type: 'LogicalExpression', operator: '||', left, right }) as unknown as SyntaxNode,
    first,
  );
  const key = { type: 'Identifier', name: 'response' };
  const property = { type: 'Property', kind: 'init', computed: false, key, value };
  return { type: 'ObjectExpression', properties: [property], start: first.start } as unknown as SyntaxNode;
}

function awaitedIn(statement: SyntaxNode): readonly SyntaxNode[] {
  const values =
    statement.type === 'VariableDeclaration'
      ? statement.declarations.map(({ init }) => init)
      : statement.type === 'ExpressionStatement'
        ? [statement.expression]
        : statement.type === 'ReturnStatement'
          ? [statement.argument]
          : [];
  return values.flatMap((one) => {
    const value = one?.type === 'AssignmentExpression' ? one.right : one;
    return value?.type === 'AwaitExpression' ? [value.argument as SyntaxNode] : [];
  });
}
