import type { ESTree, SyntaxNode } from '../../../read/source/syntax.ts';
import { Label } from './labels.ts';
import type { BundledModules, FunctionNode, Place, Value } from './value.ts';

export type WritePath = readonly (string | number | SyntaxNode)[];

/** A value that a name gets as a whole. */
export const WHOLE: WritePath = [];

/** A value that a name gets: of an expression, of a member of it, or of an element of it. */
export interface Write extends Place<Scope> {
  /** The names or positions that lead to the part of it. */
  readonly path: WritePath;
}

/** A value that becomes part of a name, or of a member of it. */
export interface Taint extends Place<Scope> {
  /** The names that lead to the member. */
  readonly member?: readonly string[] | undefined;
  /** Whether it only says with which host a client connects. */
  readonly isTarget?: boolean | undefined;
}

/** Checks for a value by which a name may get functions, and not only labels. */
export function hasFunctions({ member, isTarget }: Taint): boolean {
  return isTarget !== true && member !== undefined && member.length > 0;
}

/** A name in a scope. All have the same members in the same order, which makes reading them faster. */
export interface Binding {
  readonly name: string;
  /** The function whose scope declares it. */
  readonly fn: FunctionFacts;
  readonly writes: Write[];
  /** Values that become part of it, if there are any. */
  taints: Taint[] | undefined;
  readonly imported: string | undefined;
  /** Labels that it has whatever it gets. */
  labels: number;
  /** The function for `new Promise` whose result it settles. */
  resolves: FunctionFacts | undefined;
  /** The modules of a bundle that it loads, if it does. */
  bundle: BundledModules | undefined;
  /** The part of a parameter that it is, if that is a pattern. */
  part: WritePath;
  value: Value | undefined;
  /** When its value was computed. */
  round: number;
  /** The level at which it is being computed, or 0. */
  busy: number;
  /** When a value was forgotten that was computed within a cycle. */
  forgotten: number;
}

export interface Scope {
  readonly parent: Scope | undefined;
  /** Undefined while it declares none: most blocks do not. */
  names: Map<string, Binding> | undefined;
  readonly fn: FunctionFacts;
}

/** A function, or the program itself. */
export interface FunctionFacts {
  readonly node: FunctionNode | undefined;
  /** The path of the file that it is in. */
  readonly file: string;
  readonly returns: Place<Scope>[];
  /** What settles the promise that it makes, if anything does. */
  resolved: Place<Scope>[] | undefined;
  readonly params: Binding[][];
  /** What it yields, as lists. */
  yields: Place<Scope>[] | undefined;
  /** What its steps wait for, if it is a generator that a compiler took apart. */
  steps: Place<Scope>[] | undefined;
  /** The name of all its arguments, if it uses them. */
  everything: Binding | undefined;
  /** Calls that get this function as an argument, if there are any. */
  callbackOf: CallPlace[] | undefined;
  returned: Value | undefined;
  /** When its result was computed. */
  round: number;
  /** The level at which its result is being computed, or 0. */
  busy: number;
  /** When a value was forgotten that was computed within a cycle. */
  forgotten: number;
  isLoaded: boolean;
  /** Whether it is a module of a bundle whose first parameter loads others. */
  isNamedModule: boolean;
}

export interface CallPlace extends Place<Scope> {
  readonly node:
    | ESTree.CallExpression
    | ESTree.NewExpression
    | ESTree.ImportExpression
    | ESTree.TaggedTemplateExpression;
}

/** A call of the program. */
export interface WrittenCall extends CallPlace {
  /** The name of the function or method as it is written, kept here because most calls are passed over by it. */
  readonly name: string;
}

/** Parameters that a call of a pure function has. */
export type Given = ReadonlyMap<Binding, Value>;

/** The values of a name that are read: functions of large programs are called from thousands of places. */
export const MOST_VALUES = 24;

/** Makes the facts of a function of which nothing is known yet. */
export function newFunctionFacts(node: FunctionNode | undefined, file: string): FunctionFacts {
  return {
    node,
    file,
    returns: [],
    resolved: undefined,
    params: [],
    yields: undefined,
    steps: undefined,
    everything: undefined,
    callbackOf: undefined,
    returned: undefined,
    round: 0,
    busy: 0,
    forgotten: 0,
    isLoaded: false,
    isNamedModule: false,
  };
}

/** Returns the binding that a name has in a scope after it is declared there. */
export function declare(scope: Scope, name: string, imported?: string): Binding {
  scope.names ??= new Map();
  const known = scope.names.get(name);
  if (known !== undefined) return known;
  const binding: Binding = {
    name,
    fn: scope.fn,
    writes: [],
    taints: undefined,
    imported,
    labels: 0,
    resolves: undefined,
    bundle: undefined,
    part: WHOLE,
    value: undefined,
    round: 0,
    busy: 0,
    forgotten: 0,
  };
  scope.names.set(name, binding);
  return binding;
}

/** Returns the binding that a name has in a scope. */
export function lookUp(scope: Scope, name: string): Binding | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const found = at.names?.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The binding of a name where it is used, null if no scope declares it: each is looked up several times. */
const BINDING = Symbol('binding');

/** Does the same for a name in the scope in which it is used. */
export function bindingOf(node: ESTree.Identifier, scope: Scope): Binding | undefined {
  const used = node as ESTree.Identifier & { [BINDING]?: Binding | null };
  used[BINDING] ??= lookUp(scope, node.name) ?? null;
  return used[BINDING] ?? undefined;
}

/** Returns the name of a key that is not computed. */
export function keyName(key: SyntaxNode): string {
  if (key.type === 'Identifier' || key.type === 'PrivateIdentifier') return key.name;
  return key.type === 'Literal' ? String(key.value) : '';
}

/** Returns the name of a function or method that is called, as it is written. */
export function calledName(callee: SyntaxNode): string {
  return keyName(callee.type === 'MemberExpression' ? (callee.property as SyntaxNode) : callee);
}

/** Returns the expression within parentheses, optional chains and sequences. */
export function strip(node: SyntaxNode): SyntaxNode {
  let at = node;
  while (
    at.type === 'ChainExpression' ||
    at.type === 'ParenthesizedExpression' ||
    at.type === 'SequenceExpression'
  )
    at = (at.type === 'SequenceExpression' ? at.expressions.at(-1) : at.expression) as SyntaxNode;
  return at;
}

/** Returns the outermost scope of the function that a scope is in. */
export function functionScope(scope: Scope): Scope {
  let at = scope;
  while (at.parent !== undefined && at.parent.fn === at.fn) at = at.parent;
  return at;
}

/** Labels what a handler of a web server gets from clients, by the names that its parameters have. */
export function labelRequest(params: readonly (readonly Binding[])[]): void {
  const request = params[0]?.[0];
  const response = params[1]?.[0];
  if (request === undefined || response === undefined) return;
  if (/^_?req(?:uest)?$/.test(request.name) && /^_?(?:res(?:ponse)?|reply)$/.test(response.name))
    request.labels |= Label.request;
}
