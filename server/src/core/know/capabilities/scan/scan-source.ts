import type { ESTree, SyntaxNode, SyntaxProgram } from '../../../read/source/syntax.ts';
import type { Evidence, SignHit } from '../capability.ts';
import { createEvaluator, type Evaluator } from '../value/evaluate.ts';
import { isLoader } from '../value/refs.ts';
import {
  type Binding,
  type CallPlace,
  type FunctionFacts,
  lookUp,
  MOST_VALUES,
  readScopes,
  type Scope,
  type Scoped,
} from '../value/scopes.ts';
import { exactText, type FunctionNode, type Place, type Value } from '../value/value.ts';
import type { Found } from './found.ts';
import { readCall } from './read-call.ts';
import { readAssignments, readConditions, readLoops } from './read-statements.ts';
import { readTexts } from './read-texts.ts';

/** What a file can do, and what it loads. */
export interface SourceFacts {
  readonly evidence: readonly Evidence[];
  readonly signs: readonly SignHit[];
  /** The paths that it loads, relative to it. */
  readonly loads: readonly string[];
  readonly isPartial: boolean;
}

/**
 * Finds what a program can do by its syntax tree, without running any of it.
 *
 * @param ownName The name of the package that it belongs to.
 */
export function scanSource(program: SyntaxProgram, ownName: string | undefined): SourceFacts {
  const scoped = readScopes(program);
  const evaluator = createEvaluator(scoped);
  const targets = linkCalls(scoped, evaluator);
  evaluator.reset();
  markLoaded(scoped, evaluator, targets);
  const evidence = new Map<string, Evidence>();
  const signs = new Map<string, SignHit>();
  const found: Found = {
    evaluator,
    add(capability, detail, at) {
      const key = `${capability} ${detail}`;
      if (!evidence.has(key)) evidence.set(key, { capability, detail, at });
    },
    sign(sign, at, isLoaded) {
      const known = signs.get(sign);
      if (known === undefined || (isLoaded && !known.isLoaded)) signs.set(sign, { sign, at, isLoaded });
    },
    isOtherPackage(path) {
      const name = /(?:^|\/)node_modules\/((?:@[\w.-]+\/)?[a-z\d][\w.-]*)/i.exec(path)?.[1];
      return name !== undefined && name !== ownName;
    },
  };
  const loads = new Set<string>(importsOf(program));
  for (const call of scoped.calls) {
    const called = evaluator.called(call);
    if (isLoader(called.callee.ref)) {
      const path = called.args[0] && exactText(called.args[0]);
      if (path !== undefined && /^\.{1,2}(?:\/|$)/.test(path)) loads.add(path);
    }
    readCall(call, called, found);
    if (/^(?:mod:(?:child_process|worker_threads)\.|Worker$)/.test(called.callee.ref ?? ''))
      for (const path of startedFiles(called.args)) loads.add(path);
  }
  readAssignments(scoped, found);
  readConditions(scoped, found);
  readLoops(scoped, found);
  readTexts(scoped, found);
  return {
    evidence: [...evidence.values()],
    signs: [...signs.values()],
    loads: [...loads],
    isPartial: scoped.isCut,
  };
}

function importsOf(program: SyntaxProgram): readonly string[] {
  const found: string[] = [];
  for (const node of program.body as SyntaxNode[])
    if (
      (node.type === 'ImportDeclaration' ||
        node.type === 'ExportNamedDeclaration' ||
        node.type === 'ExportAllDeclaration') &&
      node.source
    ) {
      const path = String((node.source as ESTree.Literal).value);
      if (/^\.{1,2}\//.test(path)) found.push(path);
    }
  return found;
}

/** Returns the files of the package that a call may start: `fork(path.join(__dirname, 'a.js'))`, `exec('a.bat')`. */
function startedFiles(args: readonly Value[]): readonly string[] {
  const texts = args.slice(0, 2).flatMap((arg) => [arg, ...(arg.list ?? [])]);
  return texts
    .flatMap(({ text }) => (text === undefined || text.length > 400 ? [] : text.split(/[\s"']+/)))
    .filter((word) => /^(?:\.\/)?[\w./-]+\.(?:[cm]?js|sh|bat|cmd|ps1|vbs|py)$/.test(word))
    .map((word) => (word.startsWith('./') ? word : `./${word}`));
}

const ADDS = /^(?:push|unshift|set|add|append|concat|write|update|assign|splice|fill|copy)$/;

function addTaint(binding: Binding | undefined, taint: Place<Scope>): void {
  if (binding !== undefined && binding.taints.length < MOST_VALUES) binding.taints.push(taint);
}

/**
 * Gives parameters the arguments of calls within the file, and names what is added to them. Returns the functions of the
 * file that calls call.
 */
function linkCalls(
  { calls, assignments }: Scoped,
  evaluator: Evaluator,
): ReadonlyMap<CallPlace, FunctionFacts> {
  const targets = new Map<CallPlace, FunctionFacts>();
  for (const call of calls) {
    const { node, scope } = call;
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression') continue;
    const args = node.arguments as SyntaxNode[];
    const fn = evaluator.calledFunction(call);
    const facts = fn && evaluator.facts(fn);
    if (facts !== undefined) targets.set(call, facts);
    const isShifted =
      facts !== undefined &&
      node.callee.type === 'MemberExpression' &&
      /^(?:call|bind)$/.test((node.callee.property as { name?: string }).name ?? '');
    args.forEach((arg, at) => {
      const isFunction = arg.type === 'FunctionExpression' || arg.type === 'ArrowFunctionExpression';
      if (isFunction && facts === undefined) evaluator.facts(arg)?.callbackOf.push(call);
      if (facts === undefined) return;
      const bindings = facts.params[isShifted ? at - 1 : at] ?? [];
      const [only] = bindings;
      if (bindings.length !== 1 || only === undefined)
        for (const one of bindings) addTaint(one, { node: arg, scope });
      else if (only.writes.length < MOST_VALUES) only.writes.push({ node: arg, scope, path: [] });
    });
    if (node.callee.type === 'MemberExpression' && node.callee.object.type === 'Identifier') {
      const name = (node.callee.property as { name?: string }).name ?? '';
      const isAssign = name === 'assign' && args[0]?.type === 'Identifier';
      const target = isAssign ? (args[0] as ESTree.Identifier).name : node.callee.object.name;
      if (ADDS.test(name))
        for (const arg of args.slice(isAssign ? 1 : 0))
          if (!arg.type.includes('Function')) addTaint(lookUp(scope, target), { node: arg, scope });
    }
  }
  for (const { node, scope } of assignments) {
    let left = node.left as SyntaxNode;
    const isMember = left.type === 'MemberExpression';
    while (left.type === 'MemberExpression') left = left.object as SyntaxNode;
    if (left.type !== 'Identifier') continue;
    const binding = lookUp(scope, left.name);
    const right = { node: node.right as SyntaxNode, scope };
    if (isMember || node.operator !== '=') addTaint(binding, right);
    if (!isMember && binding !== undefined && binding.writes.length < MOST_VALUES)
      binding.writes.push({ ...right, path: [] });
  }
  return targets;
}

/** Marks the functions that run when the file is loaded, as far as calls in it show. */
function markLoaded(
  { top, calls }: Scoped,
  evaluator: Evaluator,
  targets: ReadonlyMap<CallPlace, FunctionFacts>,
): void {
  const byFunction = new Map<FunctionFacts, CallPlace[]>();
  for (const call of calls) {
    const list = byFunction.get(call.scope.fn);
    if (list === undefined) byFunction.set(call.scope.fn, [call]);
    else list.push(call);
  }
  const waiting: FunctionFacts[] = [top.fn];
  top.fn.isLoaded = true;
  const reach = (facts: FunctionFacts | undefined) => {
    if (facts === undefined || facts.isLoaded === true) return;
    facts.isLoaded = true;
    waiting.push(facts);
  };
  for (let fn = waiting.pop(); fn !== undefined; fn = waiting.pop())
    for (const call of byFunction.get(fn) ?? []) {
      reach(targets.get(call));
      const { node, scope } = call;
      if (node.type !== 'CallExpression' && node.type !== 'NewExpression') continue;
      for (const arg of node.arguments as SyntaxNode[]) {
        if (arg.type === 'FunctionExpression' || arg.type === 'ArrowFunctionExpression')
          reach(evaluator.facts(arg));
        else if (arg.type === 'Identifier')
          for (const { node } of lookUp(scope, arg.name)?.writes ?? [])
            reach(evaluator.facts(node as FunctionNode));
      }
    }
}
