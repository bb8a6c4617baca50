import type { LockEdge, LockEntry } from '../lockfile/lockfile.ts';
import type { YarnLockEntry, YarnLockfile } from '../lockfile/yarn/yarn-lockfile.ts';
import { BerryLockEntry } from '../lockfile/yarn-berry/berry-lock-entry.ts';
import { effectiveDependencies } from '../manifest/effective-dependencies.ts';
import type { DependencySection, Manifest } from '../manifest/manifest.ts';
import type { DependencyGraph } from './dependency-graph.ts';
import { effectiveEdges } from './effective-edges.ts';
import { type BuiltNode, GraphBuilder } from './graph-builder.ts';
import type { GraphOptions } from './graph-options.ts';
import { linkedFolder } from './linked-folder.ts';
import { findProvidedPeers, type PeerNode, withTypes } from './provided-peers.ts';

/**
 * The graph of a lockfile of Yarn 2 or later. Patched copies are instances of what they are copies of; which
 * dependencies of a member are for development only its manifest says. Peers lead to what the dependents provide.
 */
export function readBerryGraph(lockfile: YarnLockfile, options: GraphOptions): DependencyGraph {
  const builder = new GraphBuilder(lockfile);
  const nodes = new Map<LockEntry, BuiltNode>();
  const follow = (from: LockEntry, edge: LockEdge) =>
    lockfile.follow(from, edge, options.replaced?.(from, edge));
  const onlyPatched = entriesOnlyPatched(lockfile, follow);
  const { manifests } = options;

  for (const entry of lockfile.entries) {
    if (!onlyPatched.has(entry)) nodes.set(entry, builder.addPackage(entry, locatorOf(entry)));
  }
  for (const [path, importer] of lockfile.importers) {
    const node = builder.importer(path, importer.name);
    builder.importer(path, manifests?.get(path)?.name?.value);
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

  const peerNodes = new Map<BuiltNode, PeerNode<BuiltNode>>();
  let unknownSections = 0;
  for (const [from, node] of nodes) {
    const isImporter = lockfile.importers.get(pathOfNode(from)) === from;
    const manifest = isImporter ? manifests?.get(pathOfNode(from)) : undefined;
    if (isImporter && manifest === undefined) unknownSections++;
    const sectionOf = sectionsIn(manifest);
    const peers = new Map<string, LockEdge>();
    const provides = new Map<string, BuiltNode>();
    // A package may have a dependency for where it is not given the peer of that name.
    for (const edge of node < 0 ? effectiveEdges(from.edges) : from.edges) {
      const specifier = edge.specifier.value;
      if (edge.section === 'peerDependencies') {
        peers.set(edge.name, edge);
        if (node < 0) builder.addEdge(node, undefined, { ...edge, specifier });
        continue;
      }
      const section = edge.section === 'dependencies' ? (sectionOf(edge.name) ?? edge.section) : edge.section;
      const targets = behindConditions(follow(from, edge), follow).map((target) => nodes.get(target));
      if (targets[0] !== undefined) provides.set(edge.name, targets[0]);
      for (const to of targets.length === 0 ? [undefined] : targets) {
        builder.addEdge(node, to, { ...edge, section, specifier });
      }
    }
    if (!peerNodes.has(node)) {
      peerNodes.set(node, { node, name: from.name, peers: withTypes(peers), provides });
    }
  }

  const isWhole = findProvidedPeers(peerNodes, (edge, from, to) => {
    if (from >= 0) builder.addEdge(from, to, { ...edge, specifier: edge.specifier.value });
  });
  if (!isWhole) builder.addGap('There are too many peer dependencies to follow all of them.');
  if (unknownSections > 0) {
    const which = unknownSections === 1 ? 'one member' : `${unknownSections} members`;
    builder.addGap(
      `This lockfile does not tell development dependencies from others, and the package.json of ${which} was not read.`,
    );
  }
  return builder.finish('use');
}

/** The entries that nothing leads to but the patches of them: what is installed are the patched copies. */
function entriesOnlyPatched(
  lockfile: YarnLockfile,
  follow: (from: LockEntry, edge: LockEdge) => LockEntry | undefined,
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
    for (const edge of from.edges) {
      if (!names.has(edge.name)) continue;
      const to = follow(from, edge);
      if (to !== undefined) patched.delete(to);
    }
  }
  return patched;
}

/**
 * What the entry stands for: itself, but for one that the plugin for conditions makes, which holds nothing but the
 * choice between its dependencies.
 */
function behindConditions(
  entry: LockEntry | undefined,
  follow: (from: LockEntry, edge: LockEdge) => LockEntry | undefined,
): readonly LockEntry[] {
  if (entry === undefined || !isCondition(entry)) return entry === undefined ? [] : [entry];
  const choices = entry.edges.slice(0, MOST_CHOICES).map((edge) => follow(entry, edge));
  return choices.filter((choice) => choice !== undefined).filter((choice) => !isCondition(choice));
}

/** The plugin's own syntax has two. */
const MOST_CHOICES = 10;

function isCondition(entry: LockEntry): boolean {
  return entry instanceof BerryLockEntry && entry.locator.reference.startsWith('condition:');
}

function locatorOf(entry: YarnLockEntry): string {
  return entry instanceof BerryLockEntry ? entry.resolution.value : entry.key;
}

/** The importer's path as the lockfile's `importers` have it; of no use for anything else. */
function pathOfNode(entry: LockEntry): string {
  if (!(entry instanceof BerryLockEntry) || entry.locator.kind !== 'workspace') return entry.key;
  const path = entry.locator.reference.slice('workspace:'.length);
  return path === '.' ? '' : path;
}

function isLinkedFolder(entry: YarnLockEntry): boolean {
  return entry instanceof BerryLockEntry && entry.locator.kind === 'link';
}

/** `link:../a::locator=shop%40workspace%3Apackages%2Fb` is `packages/a`. */
function pathOfLink(link: YarnLockEntry): string {
  if (!(link instanceof BerryLockEntry)) return link.key;
  const [target = '', bindings = ''] = link.locator.reference.split('::');
  const folder = /(?:^|&)locator=[^&]*?%40workspace%3A([^&]*)/.exec(bindings)?.[1];
  const from = folder === undefined ? '' : decoded(folder);
  return linkedFolder(from === '.' ? '' : from, target.slice(target.indexOf(':') + 1));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** In which section a manifest declares a name: of several, that which is installed in production. */
function sectionsIn(manifest: Manifest | undefined): (name: string) => DependencySection | undefined {
  if (manifest === undefined) return () => undefined;
  const sections = new Map<string, DependencySection>();
  for (const { name, section } of effectiveDependencies(manifest)) {
    if (section !== 'devDependencies' || !sections.has(name)) sections.set(name, section);
  }
  return (name) => sections.get(name);
}
