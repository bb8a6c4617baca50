import { linkedFolder } from '../lockfile/model/linked-folder.ts';
import type { LockEntry } from '../lockfile/model/lockfile.ts';
import type { YarnLockfile } from '../lockfile/yarn/yarn-lockfile.ts';
import { BerryLockEntry } from '../lockfile/yarn-berry/berry-lock-entry.ts';
import type { DependencyGraph } from './dependency-graph.ts';
import { effectiveEdges } from './effective-edges.ts';
import { type BuiltNode, GraphBuilder } from './graph-builder.ts';
import type { GraphOptions } from './graph-options.ts';
import { addManifestImporters } from './manifest-importers.ts';
import { readBerryGraph } from './read-berry-graph.ts';

/** Builds the graph of a yarn.lock of any version. */
export function readYarnGraph(lockfile: YarnLockfile, options: GraphOptions): DependencyGraph {
  const first = lockfile.importers.values().next().value ?? lockfile.entries[0];
  return first instanceof BerryLockEntry
    ? readBerryGraph(lockfile, options)
    : readClassicGraph(lockfile, options);
}

/** Yarn 1 records no peer dependencies and no importers, so the project's manifests serve as importers. */
function readClassicGraph(lockfile: YarnLockfile, options: GraphOptions): DependencyGraph {
  const builder = new GraphBuilder(lockfile);
  const nodes = new Map<LockEntry, BuiltNode>();
  for (const entry of lockfile.entries) nodes.set(entry, builder.addPackage(entry, entry.key));
  const members = new Set<BuiltNode>();
  for (const [path, manifest] of options.manifests ?? [])
    members.add(builder.importer(path, manifest.name?.value, manifest.version?.value));
  for (const link of lockfile.links) {
    const path = /@link:([^,]*)/.exec(link.key)?.[1] ?? link.key;
    nodes.set(link, builder.importer(linkedFolder('', path.trim()), link.name));
  }
  const nodeOf = (entry: LockEntry | undefined) => (entry === undefined ? undefined : nodes.get(entry));
  addManifestImporters(builder, lockfile, options, nodeOf);
  for (const [entry, node] of nodes) {
    // The dependencies of a member come from its manifest.
    if (members.has(node)) continue;
    for (const edge of effectiveEdges(entry.edges)) {
      const specifier = edge.specifier.value;
      const target = lockfile.follow(entry, edge, options.replaced?.(entry, edge));
      builder.addEdge(node, nodeOf(target), { ...edge, specifier });
    }
  }
  builder.addGapOfLost();
  return builder.finish('use');
}
