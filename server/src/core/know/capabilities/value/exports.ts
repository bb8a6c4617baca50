import type { ESTree, SyntaxNode, SyntaxProgram } from '../../../read/source/syntax.ts';
import { keyName, lookUp, type Scope } from './scope.ts';
import type { Scoped } from './scopes.ts';
import type { Place } from './value.ts';

/** What a file exports by a name: an expression, what a getter returns, or a name of another file. */
export type Export =
  | (Place<Scope> & { readonly isGetter?: boolean })
  | { readonly from: string; readonly name: string };

export interface Exports {
  /** By name; `default` is also what `module.exports` is assigned. */
  readonly named: ReadonlyMap<string, readonly Export[]>;
  /** The files of which all names are exported. */
  readonly all: readonly string[];
  /** What other files assign to a name. */
  readonly added: Map<string, Export[]>;
}

/** Finds what a file exports, by both kinds of modules. */
export function readExports(program: SyntaxProgram, { top, assignments, calls }: Scoped): Exports {
  const named = new Map<string, Export[]>();
  const all: string[] = [];
  const add = (name: string, one: Export) => {
    const known = named.get(name);
    if (known === undefined) named.set(name, [one]);
    else known.push(one);
  };
  for (const node of program.body as SyntaxNode[]) {
    if (node.type === 'ExportAllDeclaration') all.push(sourceOf(node.source));
    else if (node.type === 'ExportDefaultDeclaration')
      add('default', { node: node.declaration as SyntaxNode, scope: top });
    else if (node.type === 'ExportNamedDeclaration') {
      for (const { local, exported } of node.specifiers) {
        const [own, name] = [local, exported].map((one) => keyName(one as SyntaxNode)) as [string, string];
        add(
          name,
          node.source
            ? { from: sourceOf(node.source), name: own }
            : { node: local as SyntaxNode, scope: top },
        );
      }
      const declared = node.declaration as SyntaxNode | null | undefined;
      if (declared?.type === 'VariableDeclaration')
        for (const { id } of declared.declarations)
          if (id.type === 'Identifier') add(id.name, { node: id as SyntaxNode, scope: top });
      if ((declared?.type === 'FunctionDeclaration' || declared?.type === 'ClassDeclaration') && declared.id)
        add(declared.id.name, { node: declared.id as SyntaxNode, scope: top });
    }
  }
  for (const { node, scope } of assignments) {
    const name = exportedName(node.left as SyntaxNode, scope);
    if (name !== undefined) add(name, { node: node.right as SyntaxNode, scope });
  }
  for (const { node, scope, name: method } of calls) {
    if (method !== 'defineProperty' && !method.endsWith('exportStar')) continue;
    if (node.type !== 'CallExpression') continue;
    if (method === 'defineProperty' && node.callee.type === 'MemberExpression') {
      const [target, second, third] = node.arguments as SyntaxNode[];
      if (isExports(target, scope) && second?.type === 'Literal')
        addDefined(String(second.value), third, scope, add);
    } else if (/(?:^|_)exportStar$/.test(method))
      for (const path of requiredBy(node.arguments[0] as SyntaxNode | undefined)) all.push(path);
  }
  return { named, all, added: new Map() };
}

function addDefined(
  name: string,
  descriptor: SyntaxNode | undefined,
  scope: Scope,
  add: (name: string, one: Export) => void,
): void {
  if (descriptor?.type !== 'ObjectExpression') return;
  for (const one of descriptor.properties) {
    if (one.type !== 'Property') continue;
    const key = keyName(one.key as SyntaxNode);
    if (key === 'get' || key === 'value')
      add(name, { node: one.value as SyntaxNode, scope, isGetter: key === 'get' });
  }
}

function sourceOf(source: unknown): string {
  return String((source as ESTree.Literal).value);
}

function requiredBy(node: SyntaxNode | undefined): readonly string[] {
  const argument = node?.type === 'CallExpression' ? node.arguments[0] : undefined;
  return argument?.type === 'Literal' && typeof argument.value === 'string' ? [argument.value] : [];
}

/** Returns the name under which an assignment exports; undefined if it does not. */
function exportedName(left: SyntaxNode, scope: Scope): string | undefined {
  if (left.type !== 'MemberExpression') return undefined;
  if (isExports(left, scope)) return 'default';
  if (!isExports(left.object as SyntaxNode, scope)) return undefined;
  const name = keyName(left.property as SyntaxNode);
  return name === '' || (left.computed && left.property.type !== 'Literal') ? undefined : name;
}

/** Checks for `exports` and `module.exports`. */
function isExports(node: SyntaxNode | undefined, scope: Scope): boolean {
  if (node?.type === 'Identifier') return node.name === 'exports' && lookUp(scope, 'exports') === undefined;
  return (
    node?.type === 'MemberExpression' &&
    node.object.type === 'Identifier' &&
    node.object.name === 'module' &&
    keyName(node.property as SyntaxNode) === 'exports' &&
    lookUp(scope, 'module') === undefined
  );
}
