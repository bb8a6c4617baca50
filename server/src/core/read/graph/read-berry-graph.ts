import { linkedFolder } from '../lockfile/model/linked-folder.ts';
import type { LockEdge, LockEntry } from '../lockfile/model/lockfile.ts';
import type { YarnLockEntry, YarnLockfile } from '../lockfile/yarn/yarn-lockfile.ts';
import { BerryLockEntry } from '../lockfile/yarn-berry/berry-lock-entry.ts';
import { readLocator } from '../lockfile/yarn-berry/locator.ts';
import { effectiveDependencies } from '../manifest/effective-dependencies.ts';
import type { DependencySection, Manifest } from '../manifest/manifest.ts';
import type { DependencyGraph } from './dependency-graph.ts';
import { effectiveEdges } from './effective-edges.ts';
import { type BuiltNode, GraphBuilder } from './graph-builder.ts';
import type { GraphOptions } from './graph-options.ts';
import { allPeers, findProvidedPeers, type PeerNode } from './provided-peers.ts';

/**
 * Builds the graph of a lockfile of Yarn 2 or later. Patched copies are instances of their originals; only the manifest
 * tells which dependencies of a member are for development. Peers resolve to what dependents provide.
 */
export function readBerryGraph(lockfile: YarnLockfile, options: GraphOptions): DependencyGraph {
  const builder = new GraphBuilder(lockfile);
  const nodes = new Map<LockEntry, BuiltNode>();
  const follow = (from: LockEntry, edge: LockEdge) =>
    lockfile.follow(from, edge, options.replaced?.(from, edge));
  const { manifests, extended } = options;
  const paths = new Map(
    [...lockfile.importers].map(([path, importer]): [LockEntry, string] => [importer, path]),
  );
  const edgesOf = (from: LockEntry) => {
    if (extended === undefined) return from.edges;
    const path = paths.get(from);
    // A member's version is in its manifest; Yarn uses 0.0.0 if it has none.
    const version =
      path === undefined ? from.version?.value : (manifests?.get(path)?.version?.value ?? '0.0.0');
    return extended(from.name, version, from.edges);
  };
  const onlyPatched = entriesOnlyPatched(lockfile, follow, extended === undefined ? undefined : edgesOf);

  for (const entry of lockfile.entries) {
    if (!onlyPatched.has(entry)) nodes.set(entry, builder.addPackage(entry, locatorOf(entry)));
  }
  for (const [path, importer] of lockfile.importers) {
    const node = builder.importer(path, importer.name);
    nodes.set(importer, node);
    builder.addImporterEntry(node, importer.key);
  }
  for (const link of lockfile.links) {
    if (isLinkedFolder(link)) {
      const node = builder.importer(pathOfLink(link), link.name);
      nodes.set(link, node);
      builder.addImporterEntry(node, link.key);
    } else if (!isCondition(link)) {
      nodes.set(link, builder.addPackage(lockfile.origin(link), locatorOf(link), { own: link }));
    }
  }
  builder.describeImporters(manifests);

  const peerNodes = new Map<BuiltNode, PeerNode<BuiltNode>>();
  const names: string[] = [];
  const targets: BuiltNode[] = [];
  let unknownSections = 0;
  for (const [from, node] of nodes) {
    const path = node < 0 ? paths.get(from) : undefined;
    const manifest = path === undefined ? undefined : manifests?.get(path);
    if (path !== undefined && manifest === undefined) unknownSections++;
    const sectionOf = manifest === undefined ? undefined : sectionsIn(manifest);
    let peers: Map<string, LockEdge> | undefined;
    const firstOfNode = targets.length;
    const add = (edge: LockEdge, to: BuiltNode | undefined) => {
      const { name, optional } = edge;
      const section = (edge.section === 'dependencies' ? sectionOf?.(name) : undefined) ?? edge.section;
      builder.addEdge(node, to, { name, section, specifier: edge.specifier.value, optional });
    };
    const declared = edgesOf(from);
    for (const edge of declared) {
      if (edge.section !== 'peerDependencies') continue;
      peers ??= new Map();
      peers.set(edge.name, edge);
    }
    // A dependency of the same name as a peer is the fallback if the peer is not provided: then both are declared.
    for (const edge of node < 0 ? effectiveEdges(declared) : declared) {
      if (edge.section === 'peerDependencies') {
        if (node < 0) add(edge, undefined);
        continue;
      }
      const target = follow(from, edge);
      const choices = target !== undefined && isCondition(target) ? choicesOf(target, follow) : NO_CHOICE;
      const first = choices[0] ?? target;
      const to = first === undefined ? undefined : nodes.get(first);
      add(edge, to);
      for (const other of choices.slice(1)) add(edge, nodes.get(other));
      if (to === undefined) continue;
      names.push(edge.name);
      targets.push(to);
    }
    if (peerNodes.has(node)) continue;
    peerNodes.set(node, {
      node,
      name: from.name,
      isImporter: node < 0,
      peers: peersOf(from, peers, (name) => names.includes(name, firstOfNode)),
      first: firstOfNode,
      end: targets.length,
    });
  }

  const isWhole = findProvidedPeers(peerNodes.values(), { names, targets }, (edge, from, to) => {
    if (from >= 0) builder.addEdge(from, to, { ...edge, specifier: edge.specifier.value });
  });
  if (!isWhole) builder.addGap('There are too many peer dependencies to follow all of them.');
  if (unknownSections > 0) {
    const which = unknownSections === 1 ? 'one member' : `${unknownSections} members`;
    builder.addGap(
      `This lockfile does not separate development dependencies from others, and the package.json of ${which} was not read.`,
    );
  }
  builder.addGapOfLost();
  return builder.finish('use');
}

/** Returns the entries that only their own patches depend on: the patched copies are installed instead. */
function entriesOnlyPatched(
  lockfile: YarnLockfile,
  follow: (from: LockEntry, edge: LockEdge) => LockEntry | undefined,
  edgesOf: ((from: LockEntry) => readonly LockEdge[]) | undefined,
): ReadonlySet<LockEntry> {
  const patched = new Set<LockEntry>();
  const names = new Set<string>();
  for (const link of lockfile.links) {
    const origin = lockfile.origin(link);
    if (origin === link) continue;
    patched.add(origin);
    names.add(origin.name);
    for (const { value } of origin.descriptors) names.add(value.slice(0, Math.max(1, value.indexOf('@', 1))));
  }
  if (patched.size === 0) return patched;
  for (const from of [...lockfile.importers.values(), ...lockfile.entries, ...lockfile.links]) {
    if (edgesOf === undefined && from instanceof BerryLockEntry && !from.dependsOnAny(names)) continue;
    for (const edge of edgesOf?.(from) ?? from.edges) {
      if (!names.has(edge.name)) continue;
      const to = follow(from, edge);
      if (to !== undefined) patched.delete(to);
    }
  }
  return patched;
}

/** Resolves an entry created by the plugin for conditions: it holds nothing but a choice of dependencies. */
function choicesOf(
  entry: LockEntry,
  follow: (from: LockEntry, edge: LockEdge) => LockEntry | undefined,
): readonly LockEntry[] {
  const choices = entry.edges.slice(0, MOST_CHOICES).map((edge) => follow(entry, edge));
  return choices.filter((choice) => choice !== undefined).filter((choice) => !isCondition(choice));
}

const NO_CHOICE: readonly LockEntry[] = [];

/** The plugin's own syntax has two. */
const MOST_CHOICES = 10;

function isCondition(entry: LockEntry): boolean {
  return entry instanceof BerryLockEntry && entry.locator.reference.startsWith('condition:');
}

function locatorOf(entry: YarnLockEntry): string {
  return entry instanceof BerryLockEntry ? entry.resolution.value : entry.key;
}

function isLinkedFolder(entry: YarnLockEntry): boolean {
  return entry instanceof BerryLockEntry && entry.locator.kind === 'link';
}

/** Returns `packages/a` for `link:../a::locator=shop%40workspace%3Apackages%2Fb`. */
function pathOfLink(link: YarnLockEntry): string {
  return link instanceof BerryLockEntry ? folderOf(link.locator.reference) : link.key;
}

/** Returns the folder of a member or link, which may be linked from a folder that is itself linked; "" for others. */
function folderOf(reference: string, nesting = 0): string {
  const end = reference.indexOf('::');
  const target = end === -1 ? reference : reference.slice(0, end);
  const [, kind, path = ''] = /^(workspace|link|portal):(.*)$/.exec(target) ?? [];
  if (kind === undefined || kind === 'workspace') return linkedFolder('', path);
  const binding = end === -1 ? undefined : /(?:^|&)locator=([^&]*)/.exec(reference.slice(end + 2))?.[1];
  const from = binding === undefined || nesting >= MOST_NESTED ? undefined : readLocator(decoded(binding));
  return linkedFolder(from === undefined ? '' : folderOf(from.reference, nesting + 1), path);
}

/** Only a hostile text nests deeper. */
const MOST_NESTED = 5;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function peersOf(
  from: LockEntry,
  declared: ReadonlyMap<string, LockEdge> | undefined,
  hasOwn: (name: string) => boolean,
): PeerNode<BuiltNode>['peers'] {
  const optional = from instanceof BerryLockEntry ? from.optionalPeers : NO_NAMES;
  if (declared === undefined && optional.size === 0) return NO_PEERS;
  return allPeers(declared ?? new Map(), optional, hasOwn);
}

const NO_NAMES: ReadonlySet<string> = new Set();

const NO_PEERS: PeerNode<BuiltNode>['peers'] = new Map();

/** Returns a lookup of the section in which a manifest declares a name: of several, the one installed in production. */
function sectionsIn(manifest: Manifest): (name: string) => DependencySection | undefined {
  const sections = new Map<string, DependencySection>();
  for (const { name, section } of effectiveDependencies(manifest)) {
    if (section !== 'devDependencies' || !sections.has(name)) sections.set(name, section);
  }
  return (name) => sections.get(name);
}
