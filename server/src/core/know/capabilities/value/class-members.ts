import type { ESTree, SyntaxNode } from '../../../read/source/syntax.ts';
import { resultOf } from './made-nodes.ts';
import { declare, functionScope, keyName, type Scope, WHOLE } from './scope.ts';

export type ClassNode = ESTree.ClassDeclaration | ESTree.ClassExpression;

/** What `this` is called among the names of a class or a file. */
export const THIS = 'this';

/** Returns the name by which a member of `this` is known in the scope of its class. */
export function nameInThis(name: string): string {
  return `${THIS}.${name}`;
}

/** Gives a scope a `this` of its own. */
export function declareThis(scope: Scope, owner: SyntaxNode): void {
  declare(scope, THIS).writes.push({ node: owner, scope, path: WHOLE });
}

/** Declares the fields, methods and getters of a class. */
export function declareMembers({ body }: ClassNode, scope: Scope): void {
  for (const one of body.body as SyntaxNode[]) {
    if (one.type !== 'MethodDefinition' && one.type !== 'PropertyDefinition') continue;
    if (one.computed || !one.value || (one.type === 'MethodDefinition' && one.kind === 'constructor'))
      continue;
    const value = one.value as SyntaxNode;
    const node = one.type === 'MethodDefinition' && one.kind === 'get' ? resultOf(value) : value;
    declare(scope, nameInThis(keyName(one.key as SyntaxNode))).writes.push({ node, scope, path: WHOLE });
  }
}

/** Declares the member that a parameter of a constructor in TypeScript also is: `constructor(private readonly key: string)`. */
export function declareProperty(param: SyntaxNode, scope: Scope, outer: Scope): void {
  if ((param as { readonly type: string }).type !== 'TSParameterProperty') return;
  const { parameter } = param as unknown as { parameter: SyntaxNode };
  const node = parameter.type === 'AssignmentPattern' ? (parameter.left as SyntaxNode) : parameter;
  const owner = scopeOfThis(outer);
  if (node.type !== 'Identifier' || owner === undefined) return;
  declare(owner, nameInThis(node.name)).writes.push({ node, scope, path: WHOLE });
}

/** Returns the function that makes the objects of a class. */
export function constructorOf({ body }: ClassNode): ESTree.FunctionExpression | undefined {
  for (const one of body.body as SyntaxNode[])
    if (one.type === 'MethodDefinition' && one.kind === 'constructor')
      return one.value as ESTree.FunctionExpression;
  return undefined;
}

/** Returns the scope whose `this` code has. */
export function scopeOfThis(scope: Scope): Scope | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent)
    if (at.names?.has(THIS)) return at;
  return undefined;
}

/** Declares a member of `this` that an assignment makes. */
export function declareAssigned(left: SyntaxNode, scope: Scope): void {
  if (left.type !== 'MemberExpression' || left.object.type !== 'ThisExpression' || left.computed) return;
  declare(scopeOfThis(scope)!, nameInThis(keyName(left.property as SyntaxNode)));
}

/** Declares the name of all arguments of a function. */
export function declareArguments(scope: Scope): void {
  let at = functionScope(scope);
  while (at.fn.node?.type === 'ArrowFunctionExpression' && at.parent !== undefined)
    at = functionScope(at.parent);
  if (at.fn.node !== undefined) at.fn.everything ??= declare(at, 'arguments');
}
