import { linkedFolder } from '../lockfile/model/linked-folder.ts';
import type { PnpmDocument } from '../lockfile/pnpm/pnpm-document.ts';
import type { PnpmEdge } from '../lockfile/pnpm/pnpm-edge.ts';
import { isLink, keyOfReference } from '../lockfile/pnpm/pnpm-keys.ts';
import type { PnpmLockEntry, PnpmSnapshot } from '../lockfile/pnpm/pnpm-lock-entry.ts';
import type { PnpmLockfile } from '../lockfile/pnpm/read-pnpm-lockfile.ts';
import type { DependencyGraph } from './dependency-graph.ts';
import { effectiveEdges } from './effective-edges.ts';
import { type BuiltNode, GraphBuilder } from './graph-builder.ts';
import type { GraphOptions } from './graph-options.ts';

/**
 * Builds the graph of a pnpm-lock.yaml, with all its documents: an instance is a package with one choice of peers.
 * Since version 9 of the file, development packages are found by walking from the importers.
 */
export function readPnpmGraph(lockfile: PnpmLockfile, { manifests }: GraphOptions): DependencyGraph {
  const builder = new GraphBuilder(lockfile);
  // The project's document comes first, so that it keeps the key of a package that two documents have.
  const documents = lockfile.documents.toSorted((a, b) => Number(a.isEnvironment) - Number(b.isEnvironment));
  for (const document of documents) addDocument(builder, document, documents.length > 1);
  builder.describeImporters(manifests);
  return builder.finish('bring');
}

interface Instance {
  readonly node: BuiltNode;
  readonly entry: PnpmLockEntry;
  readonly snapshot: PnpmSnapshot;
}

function addDocument(builder: GraphBuilder, document: PnpmDocument, isOneOfSeveral: boolean): void {
  const { style } = document;
  const nodes = new Map<string, BuiltNode>();
  const instances: Instance[] = [];
  for (const entry of document.entries) {
    const facts = isOneOfSeveral ? { document: document.index } : {};
    const { snapshots } = entry;
    if (snapshots.length === 0) nodes.set(entry.key, builder.addPackage(entry, entry.key, facts));
    const said = style === 9 ? undefined : { dev: entry.dev, optional: entry.optional };
    for (const snapshot of snapshots) {
      const reach = said ?? { optional: snapshot.optional };
      const node = builder.addPackage(entry, snapshot.key, { ...facts, reach });
      if (!nodes.has(snapshot.key)) nodes.set(snapshot.key, node);
      instances.push({ node, entry, snapshot });
    }
  }

  const nodeOf = (folder: string, name: string, reference: string): BuiltNode | undefined => {
    if (isLink(reference)) return builder.importer(linkedFolder(folder, reference.slice('link:'.length)));
    const node = nodes.get(keyOfReference(name, reference, style));
    if (node !== undefined) builder.nameInstance(node, name);
    return node;
  };
  for (const { path } of document.importers.values()) builder.importer(path);
  const peersOf = memoizedPeers();
  for (const { node, entry, snapshot } of instances) {
    const peers = peersOf(entry, snapshot);
    for (const edge of snapshot.edges) {
      if (edge.section === 'peerDependencies') continue;
      const peer = peers?.get(edge.name);
      const to = nodeOf('', edge.name, edge.specifier.value);
      builder.addEdge(node, to, { ...(peer ?? edge), specifier: (peer ?? edge).specifier.value });
    }
  }
  for (const importer of document.importers.values()) {
    const from = builder.importer(importer.path);
    for (const edge of effectiveEdges(importer.edges)) {
      const { version, specifier } = edge;
      const to = version === undefined ? undefined : nodeOf(importer.path, edge.name, version.value);
      builder.addEdge(from, to, { ...edge, specifier: specifier.value });
    }
  }
}

/**
 * Finds the peer dependencies that a package declares, by name: their resolutions are listed among its other
 * dependencies. If the keys of `packages` have no peers, only a snapshot whose key has some has resolved any. Called
 * once for each entry in order.
 */
function memoizedPeers(): (
  entry: PnpmLockEntry,
  snapshot: PnpmSnapshot,
) => ReadonlyMap<string, PnpmEdge> | undefined {
  let latest: PnpmLockEntry | undefined;
  let known: ReadonlyMap<string, PnpmEdge> | undefined;
  return (entry, { key, edges }) => {
    if (key === entry.key) return peersAmong(edges);
    if (entry !== latest) known = peersAmong(entry.edges);
    latest = entry;
    return known;
  };
}

function peersAmong(edges: readonly PnpmEdge[]): ReadonlyMap<string, PnpmEdge> | undefined {
  const peers = edges.filter(({ section }) => section === 'peerDependencies');
  return peers.length === 0 ? undefined : new Map(peers.map((edge) => [edge.name, edge]));
}
