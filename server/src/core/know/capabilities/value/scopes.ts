import type { ESTree, SyntaxNode } from '../../../read/source/syntax.ts';
import type { FunctionNode, Place, Value } from './value.ts';

type WritePath = readonly (string | number | SyntaxNode)[];

/** A value that a name gets: of an expression, of a member of it, or of an element of it. */
export interface Write extends Place<Scope> {
  /** The names or positions that lead to the part of it. */
  readonly path: WritePath;
}

/** A value that becomes part of a name, or of one member of it. */
export interface Taint extends Place<Scope> {
  readonly member?: string | undefined;
}

export interface Binding {
  readonly name: string;
  readonly writes: Write[];
  /** Values that become part of it. */
  readonly taints: Taint[];
  readonly imported?: string | undefined;
  /** Labels that it has whatever it gets. */
  labels?: number | undefined;
  /** The function for `new Promise` whose result it settles. */
  resolves?: FunctionFacts | undefined;
  value?: Value | undefined;
  isBusy?: boolean | undefined;
}

export interface Scope {
  readonly parent: Scope | undefined;
  readonly names: Map<string, Binding>;
  readonly fn: FunctionFacts;
}

/** A function, or the program itself. */
export interface FunctionFacts {
  readonly node: FunctionNode | undefined;
  /** The path of the file that it is in. */
  readonly file: string;
  readonly returns: Place<Scope>[];
  /** What settles the promise that it makes. */
  readonly resolved: Place<Scope>[];
  readonly params: Binding[][];
  /** Calls that get this function as an argument. */
  readonly callbackOf: CallPlace[];
  returned?: Value | undefined;
  isBusy?: boolean | undefined;
  isLoaded?: boolean | undefined;
}

export interface CallPlace extends Place<Scope> {
  readonly node:
    | ESTree.CallExpression
    | ESTree.NewExpression
    | ESTree.ImportExpression
    | ESTree.TaggedTemplateExpression;
}

export interface Assignment extends Place<Scope> {
  readonly node: ESTree.AssignmentExpression;
}

export interface Text {
  readonly text: string;
  readonly start: number;
}

export interface Scoped {
  readonly top: Scope;
  readonly calls: readonly CallPlace[];
  readonly assignments: readonly Assignment[];
  readonly conditions: readonly Place<Scope>[];
  readonly loops: readonly Place<Scope>[];
  /** The texts and patterns of the program, and where they stand. */
  readonly literals: readonly Text[];
  /** The methods that have their name alone in the file. */
  readonly methods: ReadonlyMap<string, FunctionNode>;
  /** Whether parts are nested too deeply to be read. */
  readonly isCut: boolean;
}

const DEEPEST = 900;
/** The values of a name that are read: functions of large programs are called from thousands of places. */
export const MOST_VALUES = 24;

/**
 * Finds the names of a program, what they get, and its calls.
 *
 * @param functions Gets the functions of the program.
 */
export function readScopes(
  program: SyntaxNode,
  file: string,
  functions: Map<SyntaxNode, FunctionFacts>,
): Scoped {
  const newFacts = (node: FunctionNode | undefined): FunctionFacts => ({
    node,
    file,
    returns: [],
    resolved: [],
    params: [],
    callbackOf: [],
  });
  const topFacts = newFacts(undefined);
  const top: Scope = { parent: undefined, names: new Map(), fn: topFacts };
  const calls: CallPlace[] = [];
  const assignments: Assignment[] = [];
  const conditions: Place<Scope>[] = [];
  const loops: Place<Scope>[] = [];
  const literals: Text[] = [];
  const methods = new Map<string, FunctionNode | undefined>();
  let isCut = false;

  function inner(scope: Scope, fn = scope.fn): Scope {
    return { parent: scope, names: new Map(), fn };
  }

  function declare(scope: Scope, name: string, imported?: string): Binding {
    const known = scope.names.get(name);
    if (known !== undefined) return known;
    const binding: Binding = { name, writes: [], taints: [], imported };
    scope.names.set(name, binding);
    return binding;
  }

  /** Declares the names of a pattern, which get parts of a value. */
  function declarePattern(
    pattern: SyntaxNode,
    declared: Scope,
    from: Place<Scope> | undefined,
    path: WritePath,
    found?: Binding[],
  ): void {
    switch (pattern.type) {
      case 'Identifier': {
        const binding = declare(declared, pattern.name);
        if (from !== undefined) binding.writes.push({ ...from, path });
        found?.push(binding);
        return;
      }
      case 'ObjectPattern':
        for (const one of pattern.properties) {
          if (one.type === 'RestElement') declarePattern(one.argument, declared, from, path, found);
          else {
            const name = one.computed ? (one.key as SyntaxNode) : keyName(one.key);
            declarePattern(one.value as SyntaxNode, declared, from, [...path, name], found);
          }
        }
        return;
      case 'ArrayPattern':
        pattern.elements.forEach((one, index) => {
          if (one !== null) declarePattern(one as SyntaxNode, declared, from, [...path, index], found);
        });
        return;
      case 'AssignmentPattern':
        declarePattern(pattern.left as SyntaxNode, declared, from, path, found);
        declarePattern(
          pattern.left as SyntaxNode,
          declared,
          { node: pattern.right as SyntaxNode, scope: declared },
          [],
        );
        return;
      case 'RestElement':
        declarePattern(pattern.argument as SyntaxNode, declared, from, path, found);
        return;
      default:
        if ((pattern as { readonly type: string }).type === 'TSParameterProperty')
          declarePattern(
            (pattern as unknown as { parameter: SyntaxNode }).parameter,
            declared,
            from,
            path,
            found,
          );
    }
  }

  function functionScope(scope: Scope): Scope {
    let at = scope;
    while (at.parent !== undefined && at.parent.fn === at.fn) at = at.parent;
    return at;
  }

  function visitFunction(node: FunctionNode, scope: Scope, depth: number): void {
    const facts = newFacts(node);
    functions.set(node, facts);
    const own = inner(scope, facts);
    if (node.type === 'FunctionExpression' && node.id)
      declare(own, node.id.name).writes.push({ node, scope: own, path: [] });
    for (const param of node.params) {
      const found: Binding[] = [];
      declarePattern(param as SyntaxNode, own, undefined, [], found);
      facts.params.push(found);
      if (param.type === 'AssignmentPattern') visit(param.right as SyntaxNode, own, depth);
    }
    if (node.type === 'ArrowFunctionExpression' && node.body.type !== 'BlockStatement') {
      facts.returns.push({ node: node.body as SyntaxNode, scope: own });
      visit(node.body as SyntaxNode, own, depth);
    } else if (node.body) visitAll((node.body as ESTree.BlockStatement).body, own, depth);
  }

  function visitAll(nodes: readonly (SyntaxNode | null)[], scope: Scope, depth: number): void {
    for (const one of nodes) {
      const isExport = one?.type === 'ExportNamedDeclaration' || one?.type === 'ExportDefaultDeclaration';
      const node = isExport ? (one.declaration as SyntaxNode | null) : one;
      if (node?.type === 'FunctionDeclaration' && node.id)
        declare(scope, node.id.name).writes.push({ node, scope, path: [] });
    }
    for (const node of nodes) if (node) visit(node, scope, depth);
  }

  function visitDeclaration(
    node: ESTree.VariableDeclaration,
    scope: Scope,
    depth: number,
    from?: Place<Scope>,
  ): void {
    const declared = node.kind === 'var' ? functionScope(scope) : scope;
    for (const { id, init } of node.declarations) {
      const value = init ? { node: init as SyntaxNode, scope } : from;
      declarePattern(id as SyntaxNode, declared, value, init || from === undefined ? [] : [-1]);
      if (init) visit(init as SyntaxNode, scope, depth);
    }
  }

  function visit(node: SyntaxNode, scope: Scope, depth: number): void {
    if (depth > DEEPEST) {
      isCut = true;
      return;
    }
    switch (node.type) {
      case 'Program': {
        visitAll(node.body as SyntaxNode[], scope, depth + 1);
        return;
      }
      case 'BlockStatement':
      case 'StaticBlock': {
        const body = node.body as SyntaxNode[];
        visitAll(body, body.some(isLexical) ? inner(scope) : scope, depth + 1);
        return;
      }
      case 'FunctionDeclaration': {
        visitFunction(node, scope, depth + 1);
        return;
      }
      case 'FunctionExpression':
      case 'ArrowFunctionExpression': {
        visitFunction(node, scope, depth + 1);
        return;
      }
      case 'ClassDeclaration':
        if (node.id) declare(scope, node.id.name).writes.push({ node, scope, path: [] });
        break;
      case 'VariableDeclaration': {
        visitDeclaration(node, scope, depth + 1);
        return;
      }
      case 'ImportDeclaration': {
        const module = String((node.source as ESTree.Literal).value);
        for (const one of node.specifiers) {
          const name = one.type === 'ImportSpecifier' ? `.${keyName(one.imported as SyntaxNode)}` : '';
          declare(scope, one.local.name, `${module}\n${name}`);
        }
        return;
      }
      case 'ForOfStatement':
      case 'ForInStatement': {
        const own = inner(scope);
        visit(node.right as SyntaxNode, own, depth + 1);
        const from = { node: node.right as SyntaxNode, scope: own };
        if (node.left.type === 'VariableDeclaration') visitDeclaration(node.left, own, depth + 1, from);
        loops.push({ node, scope: own });
        visit(node.body as SyntaxNode, own, depth + 1);
        return;
      }
      case 'ForStatement':
      case 'WhileStatement':
      case 'DoWhileStatement':
        loops.push({ node, scope });
        {
          const init = node.type === 'ForStatement' ? (node.init as SyntaxNode | null) : null;
          visitChildren(node, init && isLexical(init) ? inner(scope) : scope, depth);
          return;
        }
      case 'SwitchStatement':
        conditions.push({ node: node.discriminant as SyntaxNode, scope });
        {
          visitChildren(node, inner(scope), depth);
          return;
        }
      case 'CatchClause': {
        const own = inner(scope);
        if (node.param) declarePattern(node.param as SyntaxNode, own, undefined, []);
        visitAll(node.body.body as SyntaxNode[], own, depth + 1);
        return;
      }
      case 'Literal':
        if (typeof node.value === 'string') literals.push({ text: node.value, start: node.start ?? 0 });
        else if ('regex' in node) literals.push({ text: node.regex.pattern, start: node.start ?? 0 });
        return;
      case 'TemplateElement':
        literals.push({ text: node.value.cooked ?? '', start: node.start ?? 0 });
        return;
      case 'MethodDefinition':
      case 'Property': {
        const value = node.value as SyntaxNode | null;
        if (
          !node.computed &&
          (value?.type === 'FunctionExpression' || value?.type === 'ArrowFunctionExpression')
        ) {
          const name = keyName(node.key as SyntaxNode);
          methods.set(name, methods.has(name) ? undefined : value);
        }
        break;
      }
      case 'ReturnStatement':
        if (node.argument) scope.fn.returns.push({ node: node.argument as SyntaxNode, scope });
        break;
      case 'IfStatement':
      case 'ConditionalExpression':
        conditions.push({ node: node.test as SyntaxNode, scope });
        break;
      case 'AssignmentExpression':
        assignments.push({ node, scope });
        break;
      case 'CallExpression':
      case 'NewExpression':
      case 'ImportExpression':
      case 'TaggedTemplateExpression':
        calls.push({ node, scope });
        break;
      case 'BinaryExpression': {
        // Long sums nest to the left.
        let at: SyntaxNode = node;
        while (at.type === 'BinaryExpression') {
          visit(at.right as SyntaxNode, scope, depth + 1);
          at = at.left as SyntaxNode;
        }
        visit(at, scope, depth + 1);
        return;
      }
    }
    visitChildren(node, scope, depth);
  }

  function visitChildren(node: SyntaxNode, scope: Scope, depth: number): void {
    for (const name in node) {
      const child = (node as unknown as Record<string, unknown>)[name];
      if (typeof child !== 'object' || child === null || name === 'typeAnnotation') continue;
      if (Array.isArray(child)) {
        for (const one of child) if (isNode(one)) visit(one, scope, depth + 1);
      } else if (isNode(child)) visit(child, scope, depth + 1);
    }
  }

  visit(program, top, 0);
  const alone = new Map([...methods].filter((one): one is [string, FunctionNode] => one[1] !== undefined));
  return { top, calls, assignments, conditions, loops, literals, methods: alone, isCut };
}

/** Returns the binding that a name has in a scope. */
export function lookUp(scope: Scope, name: string): Binding | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const found = at.names.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Returns the name of a key that is not computed. */
export function keyName(key: SyntaxNode): string {
  if (key.type === 'Identifier' || key.type === 'PrivateIdentifier') return key.name;
  return key.type === 'Literal' ? String(key.value) : '';
}

/** Checks for a declaration whose names are those of its block. */
function isLexical(node: SyntaxNode): boolean {
  return (
    (node.type === 'VariableDeclaration' && node.kind !== 'var') ||
    node.type === 'FunctionDeclaration' ||
    node.type === 'ClassDeclaration'
  );
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string';
}
