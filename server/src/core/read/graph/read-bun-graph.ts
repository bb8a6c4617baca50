import type { BunLockfile } from '../lockfile/bun/bun-lockfile.ts';
import type { LockEdge, LockEntry } from '../lockfile/model/lockfile.ts';
import type { DependencyGraph } from './dependency-graph.ts';
import { type BuiltNode, GraphBuilder } from './graph-builder.ts';
import type { GraphOptions } from './graph-options.ts';
import { PeersFromAbove } from './peers-from-above.ts';

/**
 * Builds the graph of a bun.lock. Keys of `packages` for members and links are those of importers. Bun keeps every
 * declaration of a name that appears in several sections.
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
  builder.describeImporters(manifests);
  const isolated = isIsolated(lockfile) ? new PeersFromAbove() : undefined;
  const peers: (readonly [BuiltNode, LockEdge, BuiltNode | undefined])[] = [];
  for (const [from, node] of nodes) {
    if (node < 0 && lockfile.importers.get(from.key) !== from) continue;
    for (const edge of from.edges) {
      if (edge.section === 'devDependencies' && node >= 0) continue;
      const target = lockfile.follow(from, edge);
      const to = target === undefined ? undefined : nodes.get(target);
      if (isolated !== undefined && node >= 0 && edge.section === 'peerDependencies') {
        peers.push([node, edge, to]);
        continue;
      }
      if (to !== undefined && edge.section !== 'peerDependencies') isolated?.add(node, edge.name, to);
      builder.addEdge(node, to, { ...edge, specifier: edge.specifier.value });
    }
  }
  for (const [node, edge, hoisted] of peers) {
    const found = isolated?.find(node, edge.name, hoisted);
    if (found === undefined) builder.addGap('There are too many peer dependencies to follow all of them.');
    for (const to of found ?? [hoisted]) {
      builder.addEdge(node, to, { ...edge, specifier: edge.specifier.value });
    }
  }
  return builder.finish('bring');
}

/**
 * Checks whether Bun installs a copy of a package for each choice of its peers: since version 1 of the file's
 * `configVersion`, if there are members. Otherwise a peer is what Node finds in the folders around the package.
 */
function isIsolated({ configVersion, importers }: BunLockfile): boolean {
  return Number(configVersion?.value ?? 0) >= 1 && importers.size > 1;
}

/** Returns `packages/a` for `workspace:packages/a`; "" for the root. */
function linkedPath({ source, resolved, key }: LockEntry): string {
  if (source === 'root') return '';
  return resolved?.value.replace(/^(?:workspace|link):(?:\.\/)?/, '') ?? key;
}
