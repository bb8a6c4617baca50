import type { ESTree, SyntaxNode } from '../../../read/source/syntax.ts';
import { bundleCall, bundledModules, type NamedModule, namedModules } from '../value/compiled.ts';
import type { Evaluator } from '../value/evaluate.ts';
import type { SourceModule } from '../value/files.ts';
import { memberNode } from '../value/made-nodes.ts';
import { type Binding, bindingOf, keyName, type Scope } from '../value/scope.ts';
import type { BundledModules } from '../value/value.ts';

const NONE: readonly NamedModule[] = [];

/**
 * Finds the bundles in files, `modules[id](module, module.exports, load)`, and notes which modules their functions load.
 *
 * @param addTo Notes that an expression becomes a member of a name.
 * @returns The files that have bundles.
 */
export function linkBundles(
  modules: readonly SourceModule[],
  evaluator: Evaluator,
  addTo: (target: SyntaxNode, node: SyntaxNode, scope: Scope) => void,
): readonly SourceModule[] {
  const found = new Set<SourceModule>();
  for (const module of modules) {
    const loads = new Set<Binding>();
    for (const { node, scope } of module.calls) {
      // All bundles are called with three arguments at least.
      if (node.type !== 'CallExpression' || node.arguments.length < 3) continue;
      for (const { fn, loads: own } of namedModules(node) ?? NONE) {
        const facts = evaluator.facts(fn);
        const [load] = facts?.params[0] ?? [];
        if (facts === undefined || load === undefined) continue;
        load.bundle = own;
        facts.isNamedModule = true;
        found.add(module);
      }
      const call = bundleCall(node);
      const list = call && bindingOf(call.modules, scope);
      const load = call && bindingOf(call.load, scope);
      const bundled = list && modulesOf(list);
      if (bundled === undefined || load === undefined) continue;
      loads.add(load);
      load.bundle = bundled;
      for (const fn of bundled.values()) {
        const [inner] = evaluator.facts(fn)?.params[2] ?? [];
        if (inner === undefined) continue;
        inner.bundle = bundled;
        loads.add(inner);
      }
      found.add(module);
    }
    if (found.has(module)) linkDefined(module, loads, addTo);
  }
  return [...found];
}

function modulesOf({ writes }: Binding): BundledModules | undefined {
  for (const { node, path } of writes) {
    const found = path.length === 0 ? bundledModules(node) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Notes what modules export by getters: `load.d(exports, { run: () => run })`. */
function linkDefined(
  { calls, assignments, keys }: SourceModule,
  loads: ReadonlySet<Binding>,
  addTo: (target: SyntaxNode, node: SyntaxNode, scope: Scope) => void,
): void {
  const names = keys as Set<string>;
  for (const { node } of assignments) {
    const left = node.left as SyntaxNode;
    if (left.type === 'MemberExpression' && !left.computed) names.add(keyName(left.property as SyntaxNode));
  }
  for (const { node, scope, name: called } of calls) {
    if (called !== 'd' || node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') continue;
    const { object } = node.callee;
    if (object.type !== 'Identifier') continue;
    const [target, members] = node.arguments as SyntaxNode[];
    const load = bindingOf(object, scope);
    if (load === undefined || !loads.has(load) || members?.type !== 'ObjectExpression') continue;
    for (const one of members.properties) {
      const getter = one.type === 'Property' ? (one.value as ESTree.ArrowFunctionExpression) : undefined;
      if (one.type !== 'Property' || getter?.type !== 'ArrowFunctionExpression') continue;
      const name = keyName(one.key as SyntaxNode);
      names.add(name);
      if (getter.body.type !== 'BlockStatement')
        addTo(memberNode(target!, name), getter.body as SyntaxNode, scope);
    }
  }
}
