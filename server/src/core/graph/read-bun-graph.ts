import type { BunLockfile } from '../lockfile/bun/bun-lockfile.ts';
import type { LockEntry } from '../lockfile/lockfile.ts';
import type { DependencyGraph } from './dependency-graph.ts';
import { type BuiltNode, GraphBuilder } from './graph-builder.ts';
import type { GraphOptions } from './graph-options.ts';

/**
 * The graph of a bun.lock. Keys of `packages` for members and links are those of importers. Bun keeps every declaration of
 * a name that stands in several sections.
 */
export function readBunGraph(lockfile: BunLockfile, { manifests }: GraphOptions): DependencyGraph {
  const builder = new GraphBuilder(lockfile);
  const nodes = new Map<LockEntry, BuiltNode>();
  for (const entry of lockfile.entries) nodes.set(entry, builder.addPackage(entry, entry.key));
  for (const [path, importer] of lockfile.importers)
    nodes.set(importer, builder.importer(path, importer.name));
  for (const link of lockfile.links) {
    const importer = builder.importer(linkedPath(link), link.name);
    nodes.set(link, importer);
    builder.addImporterEntry(importer, link.key);
  }
  for (const [path, manifest] of manifests ?? []) {
    if (builder.hasImporter(path)) builder.importer(path, manifest.name?.value);
  }
  for (const [from, node] of nodes) {
    if (node < 0 && lockfile.importers.get(from.key) !== from) continue;
    for (const edge of from.edges) {
      if (edge.section === 'devDependencies' && node >= 0) continue;
      const to = lockfile.follow(from, edge);
      builder.addEdge(node, to === undefined ? undefined : nodes.get(to), {
        ...edge,
        specifier: edge.specifier.value,
      });
    }
  }
  return builder.finish('bring');
}

/** `packages/a` of `workspace:packages/a`; "" for the root. */
function linkedPath({ source, resolved, key }: LockEntry): string {
  if (source === 'root') return '';
  return resolved?.value.replace(/^(?:workspace|link):(?:\.\/)?/, '') ?? key;
}
