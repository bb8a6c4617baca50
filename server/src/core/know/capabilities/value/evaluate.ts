import type { ESTree, SyntaxNode } from '../../../read/source/syntax.ts';
import { callValue, type Tools } from './call-value.ts';
import { type Called, calledAs } from './called.ts';
import { createFiles, isOwn, type SourceModule } from './files.ts';
import { elementOf } from './fold.ts';
import { Label, labelsOfName, NAMES } from './labels.ts';
import { operatorValue } from './literal-values.ts';
import { globalRef, memberRef, moduleRef, refValue } from './refs.ts';
import {
  type Binding,
  bindingOf,
  type CallPlace,
  type FunctionFacts,
  type Given,
  keyName,
  MOST_VALUES,
  type Scope,
  strip,
  type Write,
} from './scope.ts';
import { declassifiedKeys, nameLabels, textLabels } from './text-labels.ts';
import {
  either,
  exactText,
  type FunctionNode,
  labelled,
  listOf,
  tainted,
  UNKNOWN,
  type Value,
  withLabels,
} from './value.ts';

const DEEPEST = 60;
/** The ways in which a function that gets functions may return, to be read for each call. */
const MOST_RETURNS = 3;
/** Evaluations for each file, so that no text takes longer. */
const MOST_STEPS = 400_000;

export interface Evaluator {
  value(node: SyntaxNode, scope: Scope): Value;
  /** Returns what is called, with the arguments in order, after `call`, `apply` and `Reflect.apply`. */
  called(call: CallPlace): Called;
  /** Returns the function of the file that a call calls. */
  calledFunction(call: CallPlace): FunctionNode | undefined;
  facts(fn: FunctionNode): FunctionFacts | undefined;
  /** Notes what a global name leads to: what loads modules, or the host in `process.env.API`. */
  addGlobal(name: string, value: Value): void;
  /** Forgets what was computed, after names got further values. */
  reset(): void;
}

/**
 * Keeps the value of an expression on its node: a map of all nodes takes as long as the evaluation. The nodes belong to
 * one scan.
 */
const VALUE = Symbol('value');
type Kept = SyntaxNode & { [VALUE]?: Value | undefined };

/**
 * Creates a reader of expressions: what they may be and where their data come from, without running anything. The files
 * of a package are one program.
 */
export function createEvaluator(
  modules: ReadonlyMap<string, SourceModule>,
  functions: ReadonlyMap<SyntaxNode, FunctionFacts>,
): Evaluator {
  const mostSteps = MOST_STEPS * Math.min(modules.size, 10);
  const { loaded, imported, memberIn, forget } = createFiles(modules, { value, returnOf });
  let kept: Kept[] = [];
  let reset = new Set<Binding>();
  let resetFunctions = new Set<FunctionFacts>();
  let steps = 0;
  let names: Set<string> | undefined;
  const globals = new Map<string, Value>();

  function value(node: SyntaxNode, scope: Scope, depth = 0, given?: Given): Value {
    const { type } = node;
    // Names have their values in their bindings, and literals are quick.
    const isKept = given === undefined && type !== 'Identifier' && type !== 'Literal';
    if (isKept) {
      const found = (node as Kept)[VALUE];
      if (found !== undefined) return found;
    }
    if (depth > DEEPEST || steps++ > mostSteps) return UNKNOWN;
    const made = compute(node, scope, depth + 1, given);
    if (isKept) {
      (node as Kept)[VALUE] = made;
      kept.push(node as Kept);
    }
    return made;
  }

  function compute(node: SyntaxNode, scope: Scope, depth: number, given: Given | undefined): Value {
    switch (node.type) {
      case 'Identifier':
        return identifier(node, scope, depth, given);
      case 'MemberExpression':
        return member(node, scope, depth, given);
      case 'Literal':
        if (typeof node.value === 'string') return { labels: textLabels(node.value), text: node.value };
        if (typeof node.value === 'boolean') return { labels: 0, number: Number(node.value) };
        if (typeof node.value === 'number') return { labels: 0, number: node.value };
        if ('regex' in node) return { labels: 0, ref: `regexp:${node.regex.pattern}/${node.regex.flags}` };
        return UNKNOWN;
      case 'CallExpression':
      case 'NewExpression':
      case 'ImportExpression':
      case 'TaggedTemplateExpression':
        return callValue(called({ node, scope }, depth, given), { node, scope, depth, given }, tools);
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        return { labels: 0, fn: node };
      case 'MetaProperty':
        return { labels: 0, ref: 'import.meta' };
      default:
        return operatorValue(node, (one) => value(one as SyntaxNode, scope, depth, given));
    }
  }

  const tools: Tools = {
    load: (specifier, { scope, depth }) => loaded(scope.fn.file, specifier, depth),
    settled: (fn, { depth }) => settled(fn, depth),
    returnOf: (fn, { depth }) => returnOf(fn, depth),
    apply: (fn, args, { depth, given }) => applied(fn, args, depth, given),
  };

  /** Returns what the promise has that a function for `new Promise` settles. */
  function settled(fn: FunctionNode, depth: number): Value {
    let found: Value = UNKNOWN;
    for (const { node, scope } of functions.get(fn)?.resolved?.slice(0, MOST_VALUES) ?? [])
      found = either(found, value(node, scope, depth));
    return found;
  }

  function identifier(node: ESTree.Identifier, scope: Scope, depth: number, given: Given | undefined): Value {
    const { name } = node;
    const binding = bindingOf(node, scope);
    if (binding === undefined) return globals.get(name) ?? refValue(globalRef(name));
    const passed = given?.get(binding);
    if (passed !== undefined) return passed;
    if (binding.value !== undefined) return binding.value;
    if (binding.isBusy) return UNKNOWN;
    binding.isBusy = true;
    let found = labelled(nameLabels(name) | binding.labels);
    if (binding.imported !== undefined) {
      const [module = '', path = ''] = binding.imported.split('\n');
      const made =
        imported(scope.fn.file, module, path.slice(1), depth) ??
        refValue(path === '' ? moduleRef(module) : memberRef(moduleRef(module), path.slice(1)));
      found = either(found, made);
    }
    const { writes, taints, fn } = binding;
    for (let at = 0; at < writes.length && at < MOST_VALUES; at++)
      found = either(found, written(writes[at]!, depth));
    if (taints !== undefined)
      for (const taint of taints)
        found = tainted(
          found,
          value(taint.node, taint.scope, depth).labels & ~(NAMES | declassifiedKeys(taint.member ?? '')),
          taint.member,
        );
    if (fn.callbackOf !== undefined && fn.params.some((one) => one.includes(binding)))
      found = either(found, callbackParam(fn, fn.callbackOf, binding, depth));
    // A constant to which something is appended is no constant.
    if (binding.writes.length > 1 && found.text !== undefined && found.fn === undefined)
      found = { ...found, isPartial: true };
    binding.isBusy = false;
    binding.value = found;
    reset.add(binding);
    return found;
  }

  /** Returns what a function that is passed to a call gets from there. */
  function callbackParam(
    { params }: FunctionFacts,
    calls: readonly CallPlace[],
    binding: Binding,
    depth: number,
  ): Value {
    let found = UNKNOWN;
    for (const call of calls.slice(0, 4)) {
      const { object, method } = called(call, depth);
      const isFirst = params[method === 'reduce' ? 1 : 0]?.includes(binding) === true;
      if (object.list !== undefined && isFirst) found = either(found, elementOf(object));
      else {
        const isPromise = method === 'then' && object.ref !== undefined;
        const passed = isPromise ? object : labelled(value(call.node, call.scope, depth).labels);
        found = either(found, passed);
      }
    }
    return found;
  }

  function written({ node, scope, path }: Write, depth: number): Value {
    let found = value(node, scope, depth);
    for (const step of path) {
      if (step === -1) found = elementOf(found);
      else if (typeof step === 'number') found = found.list?.[step] ?? labelled(found.labels);
      else if (typeof step === 'string') found = memberIn(found, step, depth);
      else {
        const key = value(step, scope, depth);
        const name = exactText(key);
        found =
          name === undefined
            ? labelled(found.labels)
            : withLabels(memberIn(found, name, depth), labelsOfName(key.labels));
      }
    }
    return found;
  }

  function member(
    node: ESTree.MemberExpression,
    scope: Scope,
    depth: number,
    given: Given | undefined,
  ): Value {
    const object = value(node.object as SyntaxNode, scope, depth, given);
    if (!node.computed) return memberNamed(object, keyName(node.property as SyntaxNode), depth);
    const key = value(node.property as SyntaxNode, scope, depth, given);
    if (key.number !== undefined) {
      if (object.list !== undefined) return object.list[key.number] ?? labelled(object.labels);
      if (object.text !== undefined) return { labels: object.labels, text: object.text.charAt(key.number) };
    }
    const name = exactText(key);
    if (name !== undefined) {
      const found = memberNamed(object, name, depth);
      return found.ref === undefined ? found : withLabels(found, labelsOfName(key.labels));
    }
    // A variable of the environment whose name is computed from all names.
    if (object.ref === 'process.env') return labelled(key.labels & Label.environment);
    if (object.list !== undefined) return withLabels(elementOf(object), key.labels);
    if (object.members !== undefined && object.ref === undefined)
      return withLabels(elementOf({ labels: object.labels, list: [...object.members.values()] }), key.labels);
    const ref =
      object.ref === undefined
        ? (key.labels & (Label.decoded | Label.codes)) === Label.decoded
          ? 'hidden'
          : undefined
        : memberRef(object.ref, '*');
    return { labels: object.labels | key.labels | (ref === undefined ? 0 : labelsOfName(key.labels)), ref };
  }

  function memberNamed(object: Value, name: string, depth: number): Value {
    if (object.ref === 'process.env') {
      const assigned = globals.get(`process.env.${name}`);
      const found = memberIn(object, name, depth);
      return assigned === undefined ? found : either(found, assigned);
    }
    const known = object.ref === 'global' ? globals.get(name) : undefined;
    return known ?? memberIn(object, name, depth);
  }

  /** Returns what a function may return, whoever calls it. */
  function returnOf(fn: FunctionNode, depth = 0): Value {
    const facts = functions.get(fn);
    if (facts === undefined || facts.isBusy) return UNKNOWN;
    if (facts.returned !== undefined) return facts.returned;
    facts.isBusy = true;
    let found = UNKNOWN;
    const { returns } = facts;
    for (let at = 0; at < returns.length && at < MOST_VALUES; at++)
      found = either(found, value(returns[at]!.node, returns[at]!.scope, depth));
    facts.isBusy = false;
    facts.returned = found;
    resetFunctions.add(facts);
    return found;
  }

  /**
   * Returns the result of a function that is one expression, or that gets functions, for these arguments; undefined for
   * other functions.
   */
  function applied(
    fn: FunctionNode,
    args: readonly Value[],
    depth: number,
    outer?: Given,
  ): Value | undefined {
    const facts = functions.get(fn);
    const returns = facts?.returns ?? [];
    if (facts === undefined || returns.length === 0 || facts.isBusy) return undefined;
    const most = args.some((one) => one.fn !== undefined) ? MOST_RETURNS : 1;
    if (returns.length > most) return undefined;
    const given = new Map<Binding, Value>(outer);
    facts.params.forEach((bindings, at) => {
      const [binding] = bindings;
      if (bindings.length !== 1 || binding === undefined || args[at] === undefined) return;
      const isRest = fn.params[at]?.type === 'RestElement';
      given.set(binding, isRest ? listOf(args.slice(at)) : args[at]);
    });
    facts.isBusy = true;
    let found = UNKNOWN;
    for (const { node, scope } of returns) found = either(found, value(node, scope, depth, given));
    facts.isBusy = false;
    return found;
  }

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
    const args = () => node.arguments.map((one) => value(one as SyntaxNode, scope, depth, given));
    if (target.type !== 'MemberExpression') {
      const name = target.type === 'Identifier' ? target.name : '';
      return calledAs(value(target, scope, depth, given), UNKNOWN, name, args);
    }
    const object = value(target.object as SyntaxNode, scope, depth, given);
    const property = target.property as SyntaxNode;
    const method = target.computed
      ? (exactText(value(property, scope, depth, given)) ?? '')
      : keyName(property);
    const isFunction = object.fn !== undefined || object.ref !== undefined;
    if (isFunction && (method === 'call' || method === 'bind'))
      return calledAs(object, UNKNOWN, method, () => args().slice(1));
    if (isFunction && method === 'apply')
      return calledAs(object, UNKNOWN, method, () => args()[1]?.list ?? args().slice(1));
    if (object.ref === 'Reflect') {
      const [first = UNKNOWN, second = UNKNOWN, third] = args();
      if (method === 'apply') return calledAs(first, UNKNOWN, method, () => third?.list ?? []);
      if (method === 'construct') return calledAs(first, UNKNOWN, method, () => second.list ?? []);
      if (method === 'get')
        return calledAs({ labels: 0, ref: 'Reflect.get' }, first, exactText(second) ?? '', () => []);
    }
    let callee = value(target, scope, depth, given);
    const isPlain =
      callee.fn === undefined && isOwn(object) && object.text === undefined && object.list === undefined;
    const own = isPlain && !callee.ref ? modules.get(scope.fn.file)!.methods.get(method) : undefined;
    if (own !== undefined) callee = { ...callee, fn: own };
    return calledAs(callee, object, method, args);
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
    const own = object.ref === undefined ? object.members?.get(name) : memberIn(object, name, 0);
    return own?.fn ?? methods.get(name);
  }

  return {
    value: (node, scope) => value(node, scope),
    called: (call) => called(call),
    calledFunction,
    facts: (fn) => functions.get(fn),
    addGlobal: (name, known) => globals.set(name, known),
    reset() {
      for (const node of kept) node[VALUE] = undefined;
      kept = [];
      forget();
      for (const binding of reset) binding.value = undefined;
      for (const facts of resetFunctions) facts.returned = undefined;
      reset = new Set();
      resetFunctions = new Set();
    },
  };
}
