import type { ESTree, SyntaxNode } from '../../../read/source/syntax.ts';
import { type Called, type CalledIn, calledAs, PlainCall } from './called.ts';
import { isOwn, type SourceModule } from './files.ts';
import {
  bindingOf,
  type CallPlace,
  type FunctionFacts,
  type Given,
  keyName,
  type Scope,
  strip,
} from './scope.ts';
import { exactText, type FunctionNode, UNKNOWN, type Value } from './value.ts';

interface Tools {
  value(node: SyntaxNode, scope: Scope, depth?: number, given?: Given): Value;
  memberIn(object: Value, name: string, depth: number): Value;
  /** Returns what a member is, whose object may be known. */
  member(
    node: ESTree.MemberExpression,
    scope: Scope,
    depth: number,
    given: Given | undefined,
    known: Value,
  ): Value;
}

export interface CallTargets {
  /** Returns what is called, with the arguments in order, after `call`, `apply` and `Reflect.apply`. */
  called(call: CallPlace, depth?: number, given?: Given): Called;
  /** Returns the function of the program that a call calls. */
  calledFunction(call: CallPlace): FunctionNode | undefined;
  /** Forgets which members files have, after they got others. */
  forget(): void;
}

/** The methods that may call another function than the one that is written. */
const PASSES: ReadonlySet<string> = new Set(['call', 'bind', 'apply', 'construct', 'get']);

/** Creates a reader of what calls call. */
export function createCallTargets(
  modules: ReadonlyMap<string, SourceModule>,
  functions: ReadonlyMap<SyntaxNode, FunctionFacts>,
  { value, memberIn, member }: Tools,
): CallTargets {
  let names: Set<string> | undefined;

  function called({ node, scope }: CallPlace, depth = 0, given?: Given): Called {
    if (node.type === 'ImportExpression') {
      const args = [value(node.source as SyntaxNode, scope, depth, given)];
      return { callee: { labels: 0, ref: 'require' }, object: UNKNOWN, method: 'import', args };
    }
    if (node.type === 'TaggedTemplateExpression') {
      const callee = value(node.tag as SyntaxNode, scope, depth, given);
      return { callee, object: UNKNOWN, method: '', args: [value(node.quasi, scope, depth, given)] };
    }
    const target = strip(node.callee as SyntaxNode);
    // Most calls are of no interest, and neither are their arguments.
    const args = node.arguments as SyntaxNode[];
    const place = { scope, depth, given };
    if (target.type !== 'MemberExpression') {
      const name = target.type === 'Identifier' ? target.name : '';
      return new PlainCall(value(target, scope, depth, given), UNKNOWN, name, args, place, value);
    }
    const object = value(target.object as SyntaxNode, scope, depth, given);
    const property = target.property as SyntaxNode;
    const method = target.computed
      ? (exactText(value(property, scope, depth, given)) ?? '')
      : keyName(property);
    const passed = PASSES.has(method) ? passedOn(object, method, args, place) : undefined;
    if (passed !== undefined) return passed;
    // What is not kept would be computed twice for each call of a chain.
    let callee =
      given === undefined ? value(target, scope, depth) : member(target, scope, depth + 1, given, object);
    const isPlain =
      callee.fn === undefined && isOwn(object) && object.text === undefined && object.list === undefined;
    const own = isPlain && !callee.ref ? modules.get(scope.fn.file)!.methods.get(method) : undefined;
    if (own !== undefined) callee = { ...callee, fn: own };
    return new PlainCall(callee, object, method, args, place, value);
  }

  /** Returns what is called by another function: `call`, `bind`, `apply`, or one of `Reflect`; undefined for other calls. */
  function passedOn(
    object: Value,
    method: string,
    nodes: readonly SyntaxNode[],
    { scope, depth, given }: CalledIn,
  ): Called | undefined {
    const args = () => nodes.map((one) => value(one, scope, depth, given));
    const isFunction = object.fn !== undefined || object.ref !== undefined;
    if (isFunction && (method === 'call' || method === 'bind'))
      return calledAs(object, UNKNOWN, method, () => args().slice(1));
    if (isFunction && method === 'apply')
      return calledAs(object, UNKNOWN, method, () => args()[1]?.list ?? args().slice(1));
    if (object.ref !== 'Reflect') return undefined;
    const [first = UNKNOWN, second = UNKNOWN, third] = args();
    if (method === 'apply') return calledAs(first, UNKNOWN, method, () => third?.list ?? []);
    if (method === 'construct') return calledAs(first, UNKNOWN, method, () => second.list ?? []);
    return calledAs({ labels: 0, ref: 'Reflect.get' }, first, exactText(second) ?? '', () => []);
  }

  /** Returns the names of the members of objects and files in which the program may have functions. */
  function memberNames(): ReadonlySet<string> {
    if (names !== undefined) return names;
    names = new Set();
    for (const { keys, computedKeys, exports } of modules.values()) {
      for (const name of keys) names.add(name);
      for (const name of exports.named.keys()) names.add(name);
      for (const { node, scope } of computedKeys) names.add(exactText(value(node, scope)) ?? '');
    }
    return names;
  }

  function calledFunction({ node, scope }: CallPlace): FunctionNode | undefined {
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return undefined;
    const target = strip(node.callee as SyntaxNode);
    // Most functions have a name that nothing else has, and names that no file declares have none of its functions.
    if (target.type === 'Identifier') {
      const binding = bindingOf(target, scope);
      const only = binding?.writes.length === 1 ? binding.writes[0] : undefined;
      if (binding === undefined) return undefined;
      if (only?.path.length === 0 && functions.has(only.node)) return only.node as FunctionNode;
    }
    if (target.type !== 'MemberExpression') return value(target, scope).fn;
    const [first] = node.arguments as SyntaxNode[];
    if (isReflect(target) && first !== undefined) return value(first, scope).fn;
    const name = target.computed ? '' : keyName(target.property as SyntaxNode);
    const isBound = /^(?:call|apply|bind)$/.test(name);
    const { methods } = modules.get(scope.fn.file)!;
    // Most methods are those of arrays and the like, whose names no object of the program has.
    if (!isBound && !methods.has(name) && !memberNames().has(name)) return undefined;
    const { object: owner } = target;
    if (owner.type === 'Identifier' && bindingOf(owner, scope) === undefined) return undefined;
    const object = value(target.object as SyntaxNode, scope);
    if (object.fn !== undefined && isBound) return object.fn;
    if (!isOwn(object) || object.text !== undefined || object.list !== undefined) return undefined;
    const own =
      object.ref === undefined && object.self === undefined
        ? object.members?.get(name)
        : memberIn(object, name, 0);
    return own?.fn ?? methods.get(name);
  }

  return {
    called,
    calledFunction,
    forget() {
      names = undefined;
    },
  };
}

/** Checks for `Reflect.apply` and `Reflect.construct`. */
export function isReflect({ object, property }: ESTree.MemberExpression): boolean {
  return (
    object.type === 'Identifier' &&
    object.name === 'Reflect' &&
    /^(?:apply|construct)$/.test(keyName(property as SyntaxNode))
  );
}
