import type { ESTree, SyntaxNode } from '../../../read/source/syntax.ts';
import { createCallTargets } from './call-target.ts';
import { callValue, type Tools } from './call-value.ts';
import { type ClassNode, constructorOf, nameInThis, scopeOfThis, THIS } from './class-members.ts';
import { isSent, sentInto } from './compiled.ts';
import { isClient } from './configured.ts';
import type { Evaluator } from './evaluator.ts';
import { createFiles, type SourceModule } from './files.ts';
import { elementOf } from './fold.ts';
import { createResults, MOST_RETURNS } from './function-results.ts';
import { KeptValues } from './kept-values.ts';
import { Label, labelsOfName, NAMES, WANTED } from './labels.ts';
import { literalValue, operatorValue } from './literal-values.ts';
import { withPart } from './member-of.ts';
import { isLookUp } from './node-kinds.ts';
import { elementRef, isFormEvent } from './page-forms.ts';
import { PartsIn } from './parts-in.ts';
import { picksSecrets } from './picked.ts';
import { Places } from './places.ts';
import { BUNDLE, globalRef, memberRef, moduleRef, refValue } from './refs.ts';
import {
  type Binding,
  bindingOf,
  type CallPlace,
  type FunctionFacts,
  type Given,
  hasFunctions,
  keyName,
  MOST_VALUES,
  type Scope,
  type Taint,
  WHOLE,
  type Write,
  type WritePath,
} from './scope.ts';
import { declassifiedKeys, nameLabels } from './text-labels.ts';
import {
  either,
  exactText,
  type FunctionNode,
  labelled,
  type Place,
  UNKNOWN,
  type Value,
  withLabels,
  withoutLabels,
} from './value.ts';

export type { Evaluator };

const DEEPEST = 60;
/** Evaluations for each file, so that no text takes longer. */
const MOST_STEPS = 400_000;

/**
 * Creates a reader of expressions: what they may be and where their data come from, without running anything. The files
 * of a package are one program.
 */
export function createEvaluator(
  modules: ReadonlyMap<string, SourceModule>,
  functions: ReadonlyMap<SyntaxNode, FunctionFacts>,
): Evaluator {
  const owners = new Map([...modules.values()].flatMap((one) => [...one.owners]));
  const mostSteps = MOST_STEPS * Math.min(modules.size, 10);
  const {
    loaded,
    imported,
    memberIn: ownMember,
    membersOf,
    forget,
    addExport,
  } = createFiles(modules, {
    value,
    returnOf: (fn, depth) => returnOf(fn, depth),
    memberOfSelf,
  });
  const {
    called,
    calledFunction,
    forget: forgetMembers,
  } = createCallTargets(modules, functions, {
    value,
    memberIn,
    member,
  });
  const kept = new KeptValues();
  const { returnOf, applied } = createResults(functions, kept, { value, anyOf, part });
  let steps = 0;
  let isLinking = true;
  const parts = { value, membersOf };
  const globals = new Map<string, Value>();
  const assigned = new Places();
  const files = new Places();

  /** Returns the member of a value that has a name, also by the getter of a proxy. */
  function memberIn(object: Value, name: string, depth: number): Value {
    const own = ownMember(object, name, depth);
    if (object.getter === undefined || depth > DEEPEST) return own;
    const target = { ...object, getter: undefined };
    const made = applied(
      object.getter,
      [target, { labels: 0, text: name }],
      depth + 1,
      undefined,
      MOST_RETURNS,
    );
    return made === undefined ? own : either(made, own);
  }

  function value(node: SyntaxNode, scope: Scope, depth = 0, given?: Given): Value {
    const { type } = node;
    // Names have their values in their bindings, and literals are quick.
    const isKept = given === undefined && type !== 'Identifier' && type !== 'Literal';
    if (isKept) {
      const found = kept.of(node);
      if (found !== undefined) return found;
    }
    if (depth > DEEPEST || steps++ > mostSteps) return UNKNOWN;
    const made = compute(node, scope, depth + 1, given);
    if (isKept) kept.keep(node, made);
    return made;
  }

  function compute(node: SyntaxNode, scope: Scope, depth: number, given: Given | undefined): Value {
    switch (node.type) {
      case 'Identifier':
        return identifier(node, scope, depth, given);
      case 'MemberExpression':
        return member(node, scope, depth, given);
      case 'Literal':
        return literalValue(node);
      case 'CallExpression':
      case 'NewExpression':
      case 'ImportExpression':
      case 'TaggedTemplateExpression':
        return callValue(called({ node, scope }, depth, given), { node, scope, depth, given }, tools);
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        return { labels: 0, fn: node };
      case 'ClassDeclaration':
      case 'ClassExpression':
        return { labels: 0, fn: constructorOf(node as ClassNode), self: node };
      case 'ThisExpression': {
        const owner = scopeOfThis(scope)?.names?.get(THIS)?.writes[0]?.node;
        return owner === undefined ? UNKNOWN : { labels: 0, self: owner };
      }
      default:
        return operatorValue(node, new PartsIn(parts, scope, depth, given));
    }
  }

  const tools: Tools = {
    load: (specifier, { scope, depth }) => loaded(scope.fn.file, specifier, depth),
    settled: (fn, { depth }) => settled(fn, depth),
    returnOf: (fn, { depth }) => returnOf(fn, depth),
    apply: (fn, args, { depth, given }) => applied(fn, args, depth, given),
    sent: ({ node, scope, depth }) => sent(node, scope, depth),
    bundled: (fn, { depth }) => bundled(fn, depth),
    picks: (fn, { scope, depth }) =>
      fn !== undefined &&
      picksSecrets(fn, (node) => value(node, functions.get(fn)?.returns[0]?.scope ?? scope, depth)),
    contentOf: (path, { depth }) => anyOf(files.get(path) ?? [], depth),
    isLinking: () => isLinking,
  };

  function sent(node: SyntaxNode, scope: Scope, depth: number): Value | undefined {
    const step = sentInto(node.start ?? 0, scope);
    return step && value(step.node, step.scope, depth);
  }

  /** Returns what a module of a bundle exports. */
  function bundled(fn: FunctionNode, depth: number): Value {
    const facts = functions.get(fn);
    if (facts === undefined) return UNKNOWN;
    const scope = { parent: undefined, names: undefined, fn: facts };
    const [[own] = [], [named] = []] = facts.isNamedModule ? facts.params.slice(1) : facts.params;
    const exported = named === undefined ? UNKNOWN : ofName(named, scope, depth);
    return own ? either(memberIn(ofName(own, scope, depth), 'exports', depth), exported) : exported;
  }

  /** Returns what the promise has that a function for `new Promise` settles. */
  function settled(fn: FunctionNode, depth: number): Value {
    return anyOf(functions.get(fn)?.resolved ?? [], depth);
  }

  function identifier(node: ESTree.Identifier, scope: Scope, depth: number, given: Given | undefined): Value {
    const { name } = node;
    const binding = bindingOf(node, scope);
    if (binding === undefined) return globalValue(name, depth) ?? refValue(globalRef(name));
    if (given === undefined) return ofName(binding, scope, depth);
    return given.get(binding) ?? ofLocal(binding, depth, given) ?? ofName(binding, scope, depth);
  }

  /** Returns what a constant of a function has for the arguments of a call; undefined if it is none of such a function. */
  function ofLocal(binding: Binding, depth: number, given: Given): Value | undefined {
    const [write] = binding.writes;
    if (write === undefined || binding.writes.length > 1 || binding.taints !== undefined) return undefined;
    if (binding.fn.busy === 0 || !given.has(binding.fn.params[0]?.[0] as Binding) || binding.part !== WHOLE)
      return undefined;
    // Each is computed once for a call, and has nothing yet where it needs itself.
    const known = given as Map<Binding, Value>;
    known.set(binding, UNKNOWN);
    const found = part(value(write.node, write.scope, depth, given), write.path, write.scope, depth);
    known.set(binding, found);
    return found;
  }

  function globalValue(name: string, depth: number): Value | undefined {
    const known = globals.get(name);
    const places = assigned.get(name);
    return known ?? (places && anyOf(places, depth));
  }

  /** Returns what any of several expressions may be. */
  function anyOf(places: readonly Place<Scope>[], depth: number): Value {
    let found: Value = UNKNOWN;
    for (let at = 0; at < places.length && at < MOST_VALUES; at++)
      found = either(found, value(places[at]!.node, places[at]!.scope, depth));
    return found;
  }

  /** Returns a member of `this`; undefined if the class or file has none of that name. */
  function memberOfThis(scope: Scope, name: string, depth: number): Value | undefined {
    const own = scopeOfThis(scope);
    const binding = own?.names?.get(nameInThis(name));
    return binding && ofName(binding, own!, depth);
  }

  function memberOfSelf(self: SyntaxNode, name: string, depth: number): Value | undefined {
    const scope = owners.get(self);
    return scope && memberOfThis(scope, name, depth);
  }

  /** Returns what a name has. */
  function ofName(binding: Binding, scope: Scope, depth: number): Value {
    const known = kept.ofName(binding);
    if (known !== undefined) return known;
    if (binding.bundle !== undefined) return refValue(BUNDLE);
    if (binding.busy > 0) {
      kept.meet(binding.busy);
      return UNKNOWN;
    }
    binding.busy = kept.begin();
    let found = labelled(nameLabels(binding.name) | binding.labels);
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
        if (!isLinking || hasFunctions(taint))
          found = withPart(found, taint.member ?? [], ofTaint(taint, depth));
    if (fn.callbackOf !== undefined && fn.params.some((one) => one.includes(binding)))
      found = either(found, callbackParam(fn, fn.callbackOf, binding, depth));
    // A constant to which something is appended is no constant.
    if (binding.writes.length > 1 && found.text !== undefined && found.fn === undefined)
      found = { ...found, isPartial: true };
    kept.end(binding.busy);
    binding.busy = 0;
    kept.keepName(binding, found);
    return found;
  }

  function ofTaint({ node, scope, member, isTarget }: Taint, depth: number): Value {
    const given = value(node, scope, depth);
    if (isTarget === true) return labelled(isClient('', [given]) ? Label.client : 0);
    return withoutLabels(given, NAMES | declassifiedKeys(member?.at(-1) ?? ''));
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
      if (isLinking && method !== 'then' && !(isFirst && object.list !== undefined)) continue;
      const { ref } = isFirst ? value(call.node, call.scope, depth) : UNKNOWN;
      if (isFormEvent(ref)) found = either(found, refValue(ref!));
      else if ((object.list !== undefined || elementRef(object.ref) !== undefined) && isFirst)
        found = either(found, elementOf(object));
      else {
        const each = method === 'forEach' && isFirst ? object.labels : 0;
        const passed =
          method === 'then' ? object : labelled(value(call.node, call.scope, depth).labels | each);
        found = either(found, part(passed, binding.part, call.scope, depth));
      }
    }
    return found;
  }

  function written({ node, scope, path }: Write, depth: number): Value {
    return part(value(node, scope, depth), path, scope, depth);
  }

  /** Returns the part of a value to which a path leads. */
  function part(of: Value, path: WritePath, scope: Scope, depth: number): Value {
    let found = of;
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
    known?: Value,
  ): Value {
    const step = scope.fn.steps !== undefined && isSent(node) ? sent(node, scope, depth) : undefined;
    if (step !== undefined) return step;
    if (node.object.type === 'ThisExpression' && !node.computed) {
      const own = memberOfThis(scope, keyName(node.property as SyntaxNode), depth);
      if (own !== undefined) return own;
    }
    const object = known ?? value(node.object as SyntaxNode, scope, depth, given);
    if (!node.computed) return memberNamed(object, keyName(node.property as SyntaxNode), depth);
    const key = value(node.property as SyntaxNode, scope, depth, given);
    if (key.number !== undefined) {
      if (object.list !== undefined) return object.list[key.number] ?? labelled(object.labels);
      // A character in the place of another one: `alphabet[other.indexOf(char)]`.
      const made = (isLookUp(node.property as SyntaxNode) ? Label.decoded : 0) | (key.labels & WANTED);
      if (object.text !== undefined)
        return { labels: object.labels | made, text: object.text.charAt(key.number) };
    }
    const name = exactText(key);
    if (name !== undefined) {
      const found = memberNamed(object, name, depth);
      return found.ref === undefined ? found : withLabels(found, labelsOfName(key.labels));
    }
    // A variable of the environment whose name is computed from all names.
    if (object.ref === 'process.env') return labelled(key.labels & Label.environment);
    if (object.list !== undefined) return withLabels(elementOf(object), key.labels & ~Label.request);
    if (object.members !== undefined && object.ref === undefined)
      return withLabels(
        elementOf({ labels: object.labels, list: [...object.members.values()] }),
        key.labels & ~Label.request,
      );
    const ref =
      object.ref === undefined
        ? (key.labels & (Label.decoded | Label.codes)) === Label.decoded
          ? 'hidden'
          : undefined
        : memberRef(object.ref, '*');
    // What a request chooses among other data is not what it sent.
    const chosen = key.labels & ~Label.request;
    return { labels: object.labels | chosen | (ref === undefined ? 0 : labelsOfName(key.labels)), ref };
  }

  function memberNamed(object: Value, name: string, depth: number): Value {
    if (object.ref === 'process.env') {
      const assigned = globals.get(`process.env.${name}`);
      const found = memberIn(object, name, depth);
      return assigned === undefined ? found : either(found, assigned);
    }
    const known = object.ref === 'global' ? globalValue(name, depth) : undefined;
    return known ?? memberIn(object, name, depth);
  }

  return {
    value: (node, scope) => value(node, scope),
    called: (call) => called(call),
    calledFunction,
    facts: (fn) => functions.get(fn),
    addGlobal: (name, known) => globals.set(name, known),
    assignGlobal: (name, place) => assigned.add(name, place),
    assignExport: addExport,
    writeFile: (path, place) => files.add(path, place),
    reset(isLinked) {
      isLinking = !isLinked;
      kept.reset();
      forget();
      forgetMembers();
    },
  };
}
