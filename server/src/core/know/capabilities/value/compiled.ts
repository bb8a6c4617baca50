import type { ESTree, SyntaxNode } from '../../../read/source/syntax.ts';
import { type FunctionFacts, keyName, type Scope } from './scope.ts';
import type { BundledModules, FunctionNode, Place } from './value.ts';

/** Functions of compilers and bundlers that give one module for another of the same members. */
export const INTEROP = /^_*(?:interop_?\w+|import(?:Star|Default)|toESM|toCommonJS)$/i;
/** Those that run a generator as an asynchronous function. */
export const AWAITER = /^_*(?:awaiter|async|asyncToGenerator|async_to_generator)$/;
/** Those that run the steps of a generator that is written as a `switch`. */
export const STEPPER = /^(?:_*generator|_ts_generator|wrap)$/;

/**
 * Notes what a step of such a generator returns: `return [4, promise]` waits, and `return [2, result]` or
 * `return context.abrupt('return', result)` ends it. Returns whether it is one.
 */
export function noteStep(returned: SyntaxNode, scope: Scope): boolean {
  const { fn } = scope;
  const [param] = fn.node?.params ?? [];
  if (
    fn.node?.params.length !== 1 ||
    param?.type !== 'Identifier' ||
    !/^_(?:\w|context\d*)$/.test(param.name)
  )
    return false;
  if (returned.type === 'ArrayExpression') {
    const [kind, value] = returned.elements as (SyntaxNode | null)[];
    if (kind?.type !== 'Literal' || typeof kind.value !== 'number') return false;
    if (kind.value === 2 && value) fn.returns.push({ node: value, scope });
    if (kind.value === 4 && value) addStep(fn, value, scope);
    return true;
  }
  if (!param.name.startsWith('_context')) return false;
  const args = returned.type === 'CallExpression' ? (returned.arguments as SyntaxNode[]) : [];
  const isEnd = returned.type === 'CallExpression' && rootName(returned.callee as SyntaxNode) === param.name;
  if (!isEnd) addStep(fn, returned, scope);
  else if (args[1] !== undefined) fn.returns.push({ node: args[1], scope });
  return true;
}

function addStep(fn: FunctionFacts, node: SyntaxNode, scope: Scope): void {
  fn.steps ??= [];
  fn.steps.push({ node, scope });
}

function rootName(node: SyntaxNode): string {
  return node.type === 'MemberExpression' ? keyName(node.object as SyntaxNode) : '';
}

/** Returns what `context.sent()` gives in such a generator: what the step before it waited for. */
export function sentInto(at: number, { fn }: Scope): Place<Scope> | undefined {
  return fn.steps?.findLast(({ node }) => (node.start ?? 0) < at);
}

/** Checks for the names that what was waited for has. */
export function isSent(member: ESTree.MemberExpression): boolean {
  return !member.computed && /^(?:sent|v)$/.test(keyName(member.property as SyntaxNode));
}

/** Returns the modules of a bundle, if an expression lists some. */
export function bundledModules(node: SyntaxNode): BundledModules | undefined {
  const found = new Map<string, FunctionNode>();
  const add = (key: string, value: SyntaxNode) => {
    if (!/^(?:Arrow)?FunctionExpression$/.test(value.type)) return false;
    found.set(key, value as FunctionNode);
    return true;
  };
  if (node.type === 'ObjectExpression') {
    for (const one of node.properties)
      if (
        one.type !== 'Property' ||
        one.computed ||
        !add(keyName(one.key as SyntaxNode), one.value as SyntaxNode)
      )
        return undefined;
  } else if (node.type === 'ArrayExpression')
    for (const [at, one] of (node.elements as (SyntaxNode | null)[]).entries())
      if (one !== null && !add(String(at), one)) return undefined;
  return found.size === 0 ? undefined : found;
}

/** A module of a bundle that names what it loads: `{ 1: [function (require, module, exports) { … }, { './a': 2 }] }`. */
export interface NamedModule {
  readonly fn: FunctionNode;
  /** The functions of the modules that it loads, by the names that it uses. Others are not in the bundle. */
  readonly loads: BundledModules;
}

/** Returns the modules that the first argument of a call of such a bundle has; undefined for other calls. */
export function namedModules(node: SyntaxNode): readonly NamedModule[] | undefined {
  if (node.type !== 'CallExpression') return undefined;
  const list = node.arguments[0] as SyntaxNode | undefined;
  const entries = node.arguments[2] as SyntaxNode | undefined;
  if (
    list?.type !== 'ObjectExpression' ||
    list.properties.length === 0 ||
    entries?.type !== 'ArrayExpression'
  )
    return undefined;
  const pairs = new Map<string, { readonly fn: FunctionNode; readonly names: ESTree.ObjectExpression }>();
  for (const one of list.properties) {
    const pair = one.type === 'Property' ? (one.value as SyntaxNode) : undefined;
    if (one.type !== 'Property' || pair?.type !== 'ArrayExpression' || pair.elements.length !== 2)
      return undefined;
    const [fn, names] = pair.elements as (SyntaxNode | null)[];
    if (!/^(?:Arrow)?FunctionExpression$/.test(fn?.type ?? '') || names?.type !== 'ObjectExpression')
      return undefined;
    pairs.set(keyName(one.key as SyntaxNode), { fn: fn as FunctionNode, names });
  }
  return [...pairs.values()].map(({ fn, names }) => {
    const loads = new Map<string, FunctionNode>();
    for (const one of names.properties) {
      if (one.type !== 'Property') continue;
      const loaded = pairs.get(keyName(one.value as SyntaxNode));
      if (loaded !== undefined) loads.set(keyName(one.key as SyntaxNode), loaded.fn);
    }
    return { fn, loads };
  });
}

/** Returns the list of modules and the function that loads one, of `modules[id](module, module.exports, load)`. */
export function bundleCall(
  node: SyntaxNode,
): { readonly modules: ESTree.Identifier; readonly load: ESTree.Identifier } | undefined {
  if (node.type !== 'CallExpression' || node.arguments.length < 3 || node.arguments.length > 4)
    return undefined;
  const load = node.arguments.at(-1) as SyntaxNode;
  let callee = node.callee as SyntaxNode;
  if (callee.type !== 'MemberExpression' || load.type !== 'Identifier') return undefined;
  if (!callee.computed && keyName(callee.property as SyntaxNode) === 'call')
    callee = callee.object as SyntaxNode;
  if (callee.type !== 'MemberExpression' || !callee.computed || callee.object.type !== 'Identifier')
    return undefined;
  return { modules: callee.object, load };
}
