import type { ESTree, SyntaxNode } from '../../../read/source/syntax.ts';
import {
  type ClassNode,
  declareArguments,
  declareAssigned,
  declareMembers,
  declareProperty,
  declareThis,
} from './class-members.ts';
import { noteStep } from './compiled.ts';
import { answerIn, listNode } from './made-nodes.ts';
import { hasTypes, isLexical, isNode } from './node-kinds.ts';
import {
  type Binding,
  calledName,
  declare,
  type FunctionFacts,
  functionScope,
  keyName,
  labelRequest,
  newFunctionFacts,
  type Scope,
  WHOLE,
  type WritePath,
  type WrittenCall,
} from './scope.ts';
import type { FunctionNode, Place } from './value.ts';

export interface Assignment extends Place<Scope> {
  readonly node: ESTree.AssignmentExpression;
}

export interface Text {
  readonly text: string;
  readonly start: number;
}

export interface Scoped {
  readonly top: Scope;
  readonly calls: readonly WrittenCall[];
  readonly assignments: readonly Assignment[];
  readonly conditions: readonly Place<Scope>[];
  readonly loops: readonly Place<Scope>[];
  /** The texts and patterns of the program, and where they stand. */
  readonly literals: readonly Text[];
  /** The methods that have their name alone in the file. */
  readonly methods: ReadonlyMap<string, FunctionNode>;
  /** The names of the members of objects, as they are written, without those that are texts or numbers. */
  readonly keys: ReadonlySet<string>;
  /** The expressions that name the others. */
  readonly computedKeys: readonly Place<Scope>[];
  /** Expressions that become the hidden recipients of a mail. */
  readonly copies: readonly Place<Scope>[];
  /** The scopes that have a `this` of their own, by their classes or files. */
  readonly owners: ReadonlyMap<SyntaxNode, Scope>;
  /** Whether parts are nested too deeply to be read. */
  readonly isCut: boolean;
}

/** Checks for the name of the hidden recipients of a mail. */
function isCopy(name: string): boolean {
  return /^(?:bcc|bccAddresses|bccRecipients)$/i.test(name);
}

const DEEPEST = 900;
/** An element of a value. */
const ELEMENT: WritePath = [-1];

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
  const top: Scope = { parent: undefined, names: undefined, fn: newFunctionFacts(undefined, file) };
  const calls: WrittenCall[] = [];
  const assignments: Assignment[] = [];
  const conditions: Place<Scope>[] = [];
  const loops: Place<Scope>[] = [];
  const literals: Text[] = [];
  const methods = new Map<string, FunctionNode | undefined>();
  const keys = new Set<string>();
  const computedKeys: Place<Scope>[] = [];
  const copies: Place<Scope>[] = [];
  const owners = new Map<SyntaxNode, Scope>([[program, top]]);
  declareThis(top, program);
  let isCut = false;

  function inner(scope: Scope, fn = scope.fn): Scope {
    return { parent: scope, names: undefined, fn };
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
        if (found !== undefined) binding.part = path;
        if (from !== undefined) binding.writes.push({ node: from.node, scope: from.scope, path });
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
          WHOLE,
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

  function visitFunction(node: FunctionNode, scope: Scope, depth: number): void {
    const facts = newFunctionFacts(node, file);
    functions.set(node, facts);
    const own = inner(scope, facts);
    if (node.type === 'FunctionExpression' && node.id)
      declare(own, node.id.name).writes.push({ node, scope: own, path: WHOLE });
    for (const param of node.params) {
      const found: Binding[] = [];
      declarePattern(param as SyntaxNode, own, undefined, WHOLE, found);
      facts.params.push(found);
      declareProperty(param as SyntaxNode, own, scope);
      if (param.type === 'AssignmentPattern') visit(param.right as SyntaxNode, own, depth);
    }
    labelRequest(facts.params);
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
        declare(scope, node.id.name).writes.push({ node, scope, path: WHOLE });
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
      declarePattern(id as SyntaxNode, declared, value, init || from === undefined ? WHOLE : ELEMENT);
      if (init) visit(init as SyntaxNode, scope, depth);
    }
  }

  function visit(node: SyntaxNode, scope: Scope, depth: number): void {
    if (depth > DEEPEST) {
      isCut = true;
      return;
    }
    switch (node.type) {
      // The most frequent ones, whose members need not be looked for.
      case 'Identifier':
        if (node.name === 'arguments') declareArguments(scope);
        return;
      case 'ThisExpression':
        return;
      case 'MemberExpression':
        visit(node.object as SyntaxNode, scope, depth + 1);
        visit(node.property as SyntaxNode, scope, depth + 1);
        return;
      case 'ExpressionStatement':
        visit(node.expression as SyntaxNode, scope, depth + 1);
        return;
      case 'AssignmentExpression':
        assignments.push({ node, scope });
        if (node.left.type === 'MemberExpression' && isCopy(keyName(node.left.property as SyntaxNode)))
          copies.push({ node: node.right as SyntaxNode, scope });
        declareAssigned(node.left as SyntaxNode, scope);
        visit(node.left as SyntaxNode, scope, depth + 1);
        visit(node.right as SyntaxNode, scope, depth + 1);
        return;
      case 'CallExpression':
      case 'NewExpression':
        calls.push({ node, scope, name: calledName(node.callee as SyntaxNode) });
        if (hasTypes(node)) break;
        visit(node.callee as SyntaxNode, scope, depth + 1);
        for (const one of node.arguments) visit(one as SyntaxNode, scope, depth + 1);
        return;
      case 'ObjectExpression':
        for (const one of node.properties) visit(one as SyntaxNode, scope, depth + 1);
        return;
      case 'LogicalExpression':
        visit(node.left as SyntaxNode, scope, depth + 1);
        visit(node.right as SyntaxNode, scope, depth + 1);
        return;
      case 'UnaryExpression':
      case 'UpdateExpression':
      case 'AwaitExpression':
      case 'SpreadElement':
        visit(node.argument as SyntaxNode, scope, depth + 1);
        return;
      case 'IfStatement':
      case 'ConditionalExpression':
        conditions.push({ node: node.test as SyntaxNode, scope });
        visit(node.test as SyntaxNode, scope, depth + 1);
        visit(node.consequent as SyntaxNode, scope, depth + 1);
        if (node.alternate) visit(node.alternate as SyntaxNode, scope, depth + 1);
        return;
      case 'ReturnStatement':
        if (!node.argument) return;
        if (!noteStep(node.argument as SyntaxNode, scope))
          scope.fn.returns.push({ node: node.argument as SyntaxNode, scope });
        visit(node.argument as SyntaxNode, scope, depth + 1);
        return;
      case 'YieldExpression':
        if (!node.argument) return;
        scope.fn.yields ??= [];
        scope.fn.yields.push({
          node: node.delegate ? (node.argument as SyntaxNode) : listNode([node.argument as SyntaxNode]),
          scope,
        });
        visit(node.argument as SyntaxNode, scope, depth + 1);
        return;
      case 'Program':
        visitAll(node.body as SyntaxNode[], scope, depth + 1);
        return;
      case 'BlockStatement':
      case 'StaticBlock': {
        const body = node.body as SyntaxNode[];
        visitAll(body, body.some(isLexical) ? inner(scope) : scope, depth + 1);
        return;
      }
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        visitFunction(node, scope, depth + 1);
        return;
      case 'ClassDeclaration':
        if (node.id) declare(scope, node.id.name).writes.push({ node, scope, path: WHOLE });
        visitClass(node, scope, depth);
        return;
      case 'ClassExpression':
        visitClass(node, scope, depth);
        return;
      case 'VariableDeclaration':
        visitDeclaration(node, scope, depth + 1);
        return;
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
        visitChildren(node, inner(scope), depth);
        return;
      case 'TryStatement': {
        const { handler } = node;
        const own = inner(scope);
        const answer = answerIn(node.block.body as SyntaxNode[]);
        const from = answer && { node: answer, scope };
        if (handler?.param) declarePattern(handler.param as SyntaxNode, own, from, WHOLE);
        visitAll([node.block, node.finalizer] as (SyntaxNode | null)[], scope, depth + 1);
        if (handler) visitAll(handler.body.body as SyntaxNode[], own, depth + 1);
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
        const { type } = (node.value as SyntaxNode | null) ?? {};
        if (node.computed) {
          computedKeys.push({ node: node.key as SyntaxNode, scope });
          break;
        }
        const name = keyName(node.key as SyntaxNode);
        if (type !== 'Literal') keys.add(name);
        if (isCopy(name)) copies.push({ node: node.value as SyntaxNode, scope });
        if (type === 'FunctionExpression' || type === 'ArrowFunctionExpression')
          methods.set(name, methods.has(name) ? undefined : (node.value as FunctionNode));
        if (node.type !== 'Property') break;
        visit(node.key as SyntaxNode, scope, depth + 1);
        visit(node.value as SyntaxNode, scope, depth + 1);
        return;
      }
      case 'ImportExpression':
      case 'TaggedTemplateExpression':
        calls.push({ node, scope, name: '' });
        break;
      case 'ArrayExpression':
        for (const one of node.elements) if (one) visit(one as SyntaxNode, scope, depth + 1);
        return;
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

  /** Visits a class, whose members are names of a scope. */
  function visitClass(node: ClassNode, scope: Scope, depth: number): void {
    const own = inner(scope);
    owners.set(node, own);
    declareThis(own, node);
    declareMembers(node, own);
    visitChildren(node, own, depth);
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
  return {
    ...{ top, calls, assignments, conditions, loops, literals },
    ...{ methods: alone, keys, computedKeys, copies, isCut, owners },
  };
}
