import type { ESTree, SyntaxNode } from '../../../read/source/syntax.ts';
import { hostsIn, isHost } from '../effects/hosts.ts';
import { isRelative } from '../source-files.ts';
import { isReflect } from '../value/call-target.ts';
import { nameInThis, scopeOfThis } from '../value/class-members.ts';
import type { Evaluator } from '../value/evaluate.ts';
import { pathOf, type SourceModule } from '../value/files.ts';
import { listNode, memberNode, resultOf } from '../value/made-nodes.ts';
import { globalRef, isLoader } from '../value/refs.ts';
import {
  type Binding,
  bindingOf,
  type CallPlace,
  type FunctionFacts,
  keyName,
  MOST_VALUES,
  type Scope,
  type Taint,
  WHOLE,
  type Write,
  type WrittenCall,
} from '../value/scope.ts';
import type { Assignment } from '../value/scopes.ts';
import { exactText, type FunctionNode, type Value } from '../value/value.ts';
import { linkBundles } from './link-bundles.ts';
import { linkEvents } from './link-events.ts';
import { isLoaderName, linkReplaced, linkWrapped } from './link-replaced.ts';
import { Originals } from './originals.ts';

const COPIES: ReadonlySet<string> = new Set(['copyFile', 'copyFileSync', 'copy', 'defineProperty']);
const CONNECTS: ReadonlySet<string> = new Set(['connect', 'login', 'access', 'init', 'open']);
const ADDS: ReadonlySet<string> = new Set([
  ...['push', 'unshift', 'set', 'add', 'append', 'concat', 'write', 'update', 'assign', 'splice', 'fill'],
]);

/** The functions that calls call, within the program. */
export type Targets = ReadonlyMap<CallPlace, FunctionFacts>;

/** Gives names what they get by calls and assignments: parameters, settled promises, and what is added to them. */
export function linkCalls(modules: readonly SourceModule[], evaluator: Evaluator): Targets {
  const targets = new Map<CallPlace, FunctionFacts>();
  const open: CallPlace[] = [];
  for (const { calls, assignments } of modules) {
    const hooksLoader = assignments.some(({ node }) => isLoaderName(node.left as SyntaxNode));
    const resolvers = resolversOf(calls, evaluator);
    for (const call of calls) {
      if (resolvers.size > 0) linkSettled(call, resolvers);
      const isLinked = linkTarget(call, evaluator, targets);
      if (!isLinked && isOfName(call)) open.push(call);
      linkAdded(call);
      linkWritten(call, evaluator);
      linkVariables(call, evaluator);
    }
    const originals = new Originals();
    for (const assignment of assignments) {
      linkAssigned(assignment);
      originals.note(assignment.node.right as SyntaxNode);
      linkGlobal(assignment, evaluator);
      linkReplaced(assignment, evaluator, originals);
      linkWrapped(assignment, evaluator, hooksLoader, originals);
    }
  }
  const bundles = linkBundles(modules, evaluator, addTo);
  linkEvents(modules, evaluator, (facts, args, { scope }) => linkParams(facts, args, scope));
  evaluator.reset(false);
  // Functions that are passed to functions are known by now.
  for (const call of open) linkTarget(call, evaluator, targets);
  for (const { calls } of bundles)
    for (const call of calls) if (!targets.has(call)) linkTarget(call, evaluator, targets);
  evaluator.reset(true);
  return targets;
}

const TAKES_CALLBACK =
  /^(?:then|catch|on|once|addListener|addEventListener|forEach|map|get|request|subscribe|exec|execFile|readFile|setTimeout|setInterval)$/;

/** Returns the function of the program that an argument is. */
function callbackAt(
  arg: SyntaxNode,
  { node, scope }: CallPlace,
  evaluator: Evaluator,
): FunctionNode | undefined {
  if (arg.type === 'FunctionExpression' || arg.type === 'ArrowFunctionExpression') return arg;
  if (arg.type !== 'Identifier') return undefined;
  const callee = (node as ESTree.CallExpression).callee as SyntaxNode;
  const name = keyName(callee.type === 'MemberExpression' ? (callee.property as SyntaxNode) : callee);
  if (!TAKES_CALLBACK.test(name) || bindingOf(arg, scope) === undefined) return undefined;
  return evaluator.value(arg, scope).fn;
}

/** Checks for a call of a name that a file declares. Parameters get their functions by later calls. */
function isOfName({ node, scope }: CallPlace): boolean {
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return false;
  return bindingOf(node.callee, scope) !== undefined;
}

/** Gives the parameters of the called function its arguments. Returns whether the function is known. */
function linkTarget(call: CallPlace, evaluator: Evaluator, targets: Map<CallPlace, FunctionFacts>): boolean {
  const { node, scope } = call;
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return true;
  const args = node.arguments as SyntaxNode[];
  const fn = evaluator.calledFunction(call);
  const facts = fn && evaluator.facts(fn);
  if (facts !== undefined) targets.set(call, facts);
  if (facts === undefined) {
    for (const arg of args) linkCallback(arg, call, evaluator);
    return false;
  }
  linkParams(facts, passedArgs(node.callee as SyntaxNode, args), scope);
  return true;
}

/** Returns what a function gets, also by `call`, `apply` and `Reflect.apply`. */
function passedArgs(callee: SyntaxNode, args: readonly SyntaxNode[]): readonly SyntaxNode[] {
  if (callee.type !== 'MemberExpression') return args;
  const method = keyName(callee.property as SyntaxNode);
  if (isReflect(callee)) return spreadArgs(args[method === 'apply' ? 2 : 1]);
  if (method === 'apply') return spreadArgs(args[1]);
  return /^(?:call|bind)$/.test(method) ? args.slice(1) : args;
}

/** Returns the elements of a list, or the list as each of several arguments. */
function spreadArgs(list: SyntaxNode | undefined): readonly SyntaxNode[] {
  if (list === undefined) return [];
  if (list.type === 'ArrayExpression') return list.elements.filter((one) => one !== null) as SyntaxNode[];
  return [0, 1, 2, 3].map(
    (value) =>
      ({
        ...{ type: 'MemberExpression', computed: true, object: list, start: list.start },
        property: { type: 'Literal', value },
      }) as unknown as SyntaxNode,
  );
}

/** Gives parameters what a call passes. */
function linkParams(
  { node, params, everything }: FunctionFacts,
  args: readonly SyntaxNode[],
  scope: Scope,
): void {
  for (let at = 0; at < params.length && at < args.length; at++) {
    const isRest = node?.params[at]?.type === 'RestElement';
    const given = isRest ? listNode(args.slice(at)) : args[at]!;
    for (const one of params[at]!) addWrite(one, { node: given, scope, path: one.part });
  }
  if (everything !== undefined) addWrite(everything, { node: listNode(args), scope, path: WHOLE });
}

function addWrite(binding: Binding, write: Write): void {
  if (binding.writes.length < MOST_VALUES) binding.writes.push(write);
}

/** Notes for a function that a call gets as an argument by which one that is. */
function linkCallback(arg: SyntaxNode, call: CallPlace, evaluator: Evaluator): void {
  const callback = callbackAt(arg, call, evaluator);
  const facts = callback && evaluator.facts(callback);
  if (facts === undefined) return;
  facts.callbackOf ??= [];
  if (!facts.callbackOf.includes(call)) facts.callbackOf.push(call);
}

/** Finds the names by which functions for `new Promise` settle it, and returns them. */
function resolversOf(calls: readonly WrittenCall[], evaluator: Evaluator): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { node, name } of calls) {
    if (name !== 'Promise' || node.type !== 'NewExpression' || node.callee.type !== 'Identifier') continue;
    const facts = evaluator.facts(node.arguments[0] as FunctionNode);
    const [resolve] = facts?.params[0] ?? [];
    if (resolve === undefined) continue;
    resolve.resolves = facts;
    names.add(resolve.name);
  }
  return names;
}

/** Notes what settles a promise: `resolve(value)`, but also `.then(resolve)` and `.on('data', resolve)`. */
function linkSettled({ node, scope }: CallPlace, resolvers: ReadonlySet<string>): void {
  if (node.type !== 'CallExpression') return;
  const args = node.arguments as SyntaxNode[];
  const first = args[0];
  if (first !== undefined) addResolved(node.callee as SyntaxNode, first, scope, resolvers);
  for (const arg of args) addResolved(arg, node, scope, resolvers);
}

/** Notes what a promise gets, if a name settles one. */
function addResolved(name: SyntaxNode, node: SyntaxNode, scope: Scope, resolvers: ReadonlySet<string>): void {
  if (name.type !== 'Identifier' || !resolvers.has(name.name)) return;
  const facts = bindingOf(name, scope)?.resolves;
  if (facts === undefined) return;
  facts.resolved ??= [];
  facts.resolved.push({ node, scope });
}

/** Notes what a call adds to its object, or to an argument. */
function linkAdded({ node, scope, name: called }: WrittenCall): void {
  if (!COPIES.has(called) && !CONNECTS.has(called) && !ADDS.has(called)) return;
  if (node.type !== 'CallExpression') return;
  const args = node.arguments as SyntaxNode[];
  const [first, second] = args;
  // A copy has what the file has.
  if (first !== undefined && second !== undefined && (called === 'copyFile' || called === 'copyFileSync'))
    addTo(second, first, scope);
  if (node.callee.type !== 'MemberExpression') return;
  let object = node.callee.object as SyntaxNode;
  // `client.on('ready', …).connect({ host })`
  while (
    CONNECTS.has(called) &&
    object.type === 'CallExpression' &&
    object.callee.type === 'MemberExpression'
  )
    object = object.callee.object as SyntaxNode;
  if (called === 'copy' && first !== undefined) addTo(first, object, scope);
  // `client.connect({ host })`
  if (CONNECTS.has(called) && first !== undefined) addTo(object, first, scope, true);
  if (called === 'defineProperty' && args.length === 3) linkDefinedProperty(args, scope);
  if (!ADDS.has(called)) return;
  const isAssign = called === 'assign' && first?.type === 'Identifier';
  // `map.set('name', value)`
  if (called === 'set' && second !== undefined && first?.type === 'Literal') {
    addTo(memberNode(object, String(first.value)), second, scope);
    return;
  }
  for (const arg of args.slice(isAssign ? 1 : 0))
    if (!arg.type.includes('Function')) addTo(isAssign ? first : object, arg, scope);
}

/** Notes what a property of an object gets: `Object.defineProperty(object, 'name', { get: () => value })`. */
function linkDefinedProperty([target, name, descriptor]: readonly SyntaxNode[], scope: Scope): void {
  if (name?.type !== 'Literal' || descriptor?.type !== 'ObjectExpression') return;
  for (const one of descriptor.properties) {
    if (one.type !== 'Property') continue;
    const key = keyName(one.key as SyntaxNode);
    const given = one.value as SyntaxNode;
    if (key === 'value') addTo(memberNode(target!, String(name.value)), given, scope);
    else if (key === 'get') addTo(memberNode(target!, String(name.value)), resultOf(given), scope);
  }
}

/** Notes what a call writes to a file whose path is known. */
function linkWritten({ node, scope, name: called }: WrittenCall, evaluator: Evaluator): void {
  if (
    node.type !== 'CallExpression' ||
    !called.includes('File') ||
    !/^(?:write|append|output)File(?:Sync)?$/.test(called)
  )
    return;
  const [target, content] = node.arguments as SyntaxNode[];
  if (target === undefined || content === undefined) return;
  const path = exactText(evaluator.value(target, scope));
  if (path !== undefined) evaluator.writeFile(path, { node: content, scope });
}

/** Notes that a value becomes part of a name, or of a member of it. */
function addTo(target: SyntaxNode, node: SyntaxNode, scope: Scope, isTarget?: boolean): void {
  const { root, path, isThis } = rootOf(target);
  const [first, ...rest] = path;
  const binding =
    root.type === 'Identifier'
      ? bindingOf(root, scope)
      : isThis && first !== undefined
        ? scopeOfThis(scope)?.names?.get(nameInThis(first))
        : undefined;
  addTaint(binding, { node, scope, member: isThis ? rest : path, isTarget });
}

/** Returns the expression of which others are members, and the names that lead to them as far as they are known. */
function rootOf(target: SyntaxNode): { root: SyntaxNode; path: readonly string[]; isThis: boolean } {
  let root = target;
  let path: string[] = [];
  while (root.type === 'MemberExpression') {
    const isKnown = !root.computed || root.property.type === 'Literal';
    path = isKnown ? [keyName(root.property as SyntaxNode), ...path] : [];
    root = root.object as SyntaxNode;
  }
  return { root, path, isThis: root.type === 'ThisExpression' };
}

function linkAssigned({ node, scope }: Assignment): void {
  const left = node.left as SyntaxNode;
  const right = node.right as SyntaxNode;
  if (left.type === 'MemberExpression') addTo(left, right, scope);
  if (left.type !== 'Identifier') return;
  const binding = bindingOf(left, scope);
  if (node.operator !== '=') addTaint(binding, { node: right, scope });
  if (binding !== undefined && binding.writes.length < MOST_VALUES)
    binding.writes.push({ node: right, scope, path: WHOLE });
}

/** Notes that code gives a variable of the environment a host: `process.env.API = 'https://…'`. */
function linkVariable(name: string, given: Value, evaluator: Evaluator): void {
  const { text } = given;
  if (text !== undefined && (hostsIn(text).length > 0 || isHost(text)))
    evaluator.addGlobal(`process.env.${name}`, given);
}

/** Notes the variables of the environment that a call sets: `Object.assign(process.env, { … })`. */
function linkVariables({ node, scope, name }: WrittenCall, evaluator: Evaluator): void {
  if (name !== 'assign' || node.type !== 'CallExpression') return;
  const [first, ...others] = node.arguments as SyntaxNode[];
  if (first === undefined || evaluator.value(first, scope).ref !== 'process.env') return;
  for (const other of others)
    for (const [name, given] of evaluator.value(other, scope).members ?? [])
      linkVariable(name, given, evaluator);
}

/**
 * Notes the global names under which code keeps what loads modules, and the variables of the environment that it sets:
 * `global.r = require`, `process.env.API = 'https://…'`.
 */
function linkGlobal({ node, scope }: Assignment, evaluator: Evaluator): void {
  const left = node.left as SyntaxNode;
  if (left.type === 'MemberExpression') {
    const name = keyName(left.property as SyntaxNode);
    const object = left.object as SyntaxNode;
    const mayBe =
      object.type === 'Identifier' ||
      (object.type === 'MemberExpression' && keyName(object.property as SyntaxNode) === 'env');
    if (
      name !== '' &&
      mayBe &&
      mayBeText(node.right as SyntaxNode) &&
      evaluator.value(object, scope).ref === 'process.env'
    ) {
      linkVariable(name, evaluator.value(node.right as SyntaxNode, scope), evaluator);
      return;
    }
  }
  if (left.type !== 'MemberExpression' || left.object.type !== 'Identifier') return;
  const binding = bindingOf(left.object, scope);
  if (binding !== undefined) {
    const path = isLoadedName(binding) ? pathOf(evaluator.value(left.object, scope)) : undefined;
    const member = left.computed ? '' : keyName(left.property as SyntaxNode);
    if (path !== undefined && member !== '')
      evaluator.assignExport(path, member, { node: node.right as SyntaxNode, scope });
    return;
  }
  if (globalRef(left.object.name) !== 'global') return;
  const right = evaluator.value(node.right as SyntaxNode, scope);
  const name = keyName(left.property as SyntaxNode);
  if (name !== '' && (isLoader(right.ref) || right.ref === 'module')) evaluator.addGlobal(name, right);
  else if (name !== '' && !PLATFORM.test(name))
    evaluator.assignGlobal(name, { node: node.right as SyntaxNode, scope });
}

/** Checks for an expression that may be a text by its kind. */
function mayBeText({ type }: SyntaxNode): boolean {
  return !/^(?:(?:Arrow)?FunctionExpression|ClassExpression|ObjectExpression|ArrayExpression|UnaryExpression|UpdateExpression|ThisExpression)$/.test(
    type,
  );
}

/** Names that platforms have, which polyfills assign. */
const PLATFORM =
  /^(?:fetch|[A-Z]\w*|process|require|module|exports|global|window|self|document|navigator|crypto|performance|location|setTimeout|setInterval|console)$/;

/** Checks for a name that has a file of the program. */
function isLoadedName({ imported, writes }: Binding): boolean {
  if (imported !== undefined) return isRelative(imported);
  const [only] = writes;
  if (writes.length !== 1 || only?.node.type !== 'CallExpression') return false;
  const [first] = only.node.arguments as SyntaxNode[];
  return first?.type === 'Literal' && typeof first.value === 'string' && isRelative(first.value);
}

function addTaint(binding: Binding | undefined, taint: Taint): void {
  if (binding === undefined) return;
  binding.taints ??= [];
  if (binding.taints.length < MOST_VALUES) binding.taints.push(taint);
}
