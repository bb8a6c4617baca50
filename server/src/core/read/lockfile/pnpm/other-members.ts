import { childrenOf, keyOf, type Node, scalarOf, valueSpan, type YamlTape } from './yaml-tape.ts';

/** Of a package and of its snapshots, in all versions of the file. */
const WRITTEN: ReadonlySet<string> = new Set([
  ...['resolution', 'name', 'version', 'engines', 'os', 'cpu', 'libc', 'hasBin', 'deprecated', 'patched'],
  ...['peerDependencies', 'peerDependenciesMeta', 'bundledDependencies', 'dependencies'],
  ...['optionalDependencies', 'transitivePeerDependencies', 'optional', 'dev', 'requiresBuild'],
]);

/** Returns the members that pnpm seldom writes and reads all the same, such as `id` and `prepare`: each as its name and value. */
export function otherMembers(tape: YamlTape, nodes: Iterable<Node>): readonly string[] {
  const others: string[] = [];
  for (const node of new Set(nodes)) {
    for (const member of childrenOf(tape, node)) {
      const name = keyOf(tape, member);
      if (WRITTEN.has(name)) continue;
      const { start, end } = valueSpan(tape, member);
      const value = scalarOf(tape, member) ?? tape.text.slice(start, end).replace(/\s+/g, ' ');
      others.push(`${name} ${value}`.trimEnd());
    }
  }
  return others;
}
