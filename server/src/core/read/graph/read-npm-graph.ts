import type { LockEdge, LockEntry, Lockfile } from '../lockfile/model/lockfile.ts';
import { NpmV1Entry } from '../lockfile/npm-v1/npm-v1-entry.ts';
import type { DependencySection } from '../manifest/manifest.ts';
import type { DependencyGraph } from './dependency-graph.ts';
import { effectiveEdges } from './effective-edges.ts';
import { type BuiltNode, GraphBuilder } from './graph-builder.ts';
import type { GraphOptions } from './graph-options.ts';
import { addManifestImporters } from './manifest-importers.ts';
import { type Scope, ScopeForest, scopeInside, visitScopes } from './node-scopes.ts';

/**
 * Builds the graph of a package-lock.json or npm-shrinkwrap.json: edges lead to what Node finds in the folders around a
 * package. The reach is the one that npm recorded.
 */
export function readNpmGraph(lockfile: Lockfile, options: GraphOptions): DependencyGraph {
  const builder = new GraphBuilder(lockfile);
  const nodes = new Map<LockEntry, BuiltNode>();
  for (const entry of lockfile.entries) {
    if (isLinkedFolder(entry)) {
      const folder = linkedFolder(builder, entry);
      builder.addImporterEntry(folder, entry.key);
      nodes.set(entry, folder);
      continue;
    }
    const { dev, optional, peer } = entry;
    nodes.set(entry, builder.addPackage(entry, undefined, { reach: { dev, optional, peer } }));
  }
  for (const [path, importer] of lockfile.importers)
    nodes.set(importer, builder.importer(path, importer.name, importer.version?.value));
  const nodeOf = (entry: LockEntry | undefined): BuiltNode | undefined =>
    entry === undefined ? undefined : (nodes.get(entry) ?? linkedFolder(builder, entry));

  for (const root of scopesOf(lockfile)) {
    visitScopes(root, (entry, resolve) => {
      const from = nodes.get(entry);
      if (from === undefined) return;
      for (const edge of effectiveEdges(entry.edges)) {
        // Development dependencies of a package are never installed.
        if (edge.section === 'devDependencies' && from >= 0) continue;
        const target = resolve(edge.name);
        const section = sectionOf(entry, edge, target);
        const { name, optional } = edge;
        builder.addEdge(from, nodeOf(target), { name, section, optional, specifier: edge.specifier.value });
      }
    });
  }
  if (lockfile.importers.size > 0) builder.describeImporters(options.manifests);
  else addManifestImporters(builder, lockfile, withoutFolders(builder, options), nodeOf);
  if (!lockfile.recordsEdges && lockfile.entries.length > 0) {
    builder.addGap('This version of the lockfile does not record what its packages depend on.');
  }
  return builder.finish('bring');
}

/**
 * npm up to 6 writes what a package requires without its section. An optional package required by a mandatory one is an
 * optional dependency of it; npm 7 and later also read it so.
 */
function sectionOf(from: LockEntry, { section }: LockEdge, to: LockEntry | undefined): DependencySection {
  const isOptional = from instanceof NpmV1Entry && to?.optional === true && !from.optional;
  return isOptional ? 'optionalDependencies' : section;
}

/** Yields the folders of a lockfile with `packages`, or those of one with nested `dependencies`. */
function scopesOf(lockfile: Lockfile): Iterable<Scope> {
  if (lockfile.entries[0] instanceof NpmV1Entry) return nestedScopes(lockfile.entries);
  const forest = new ScopeForest();
  for (const importer of lockfile.importers.values()) forest.add(importer.key, importer);
  for (const entry of lockfile.entries) forest.add(entry.key, entry);
  for (const link of lockfile.links) forest.addLink(link.key, targetOf(lockfile, link));
  return forest.roots;
}

/** Built from the objects themselves, because the paths of deeply nested ones are longer than their text. */
function nestedScopes(entries: readonly LockEntry[]): Iterable<Scope> {
  const folders = new ScopeForest();
  const scopes = new Map<NpmV1Entry, Scope>();
  const byPath = new Map<string, Scope>();
  const folderAt = (path: string): Scope => {
    let scope = byPath.get(path);
    if (scope === undefined) {
      scope = folders.at(path);
      byPath.set(path, scope);
    }
    return scope;
  };
  const scopeOf = (entry: NpmV1Entry): Scope => {
    let scope = scopes.get(entry);
    if (scope === undefined) {
      const { parent } = entry;
      const around = parent === undefined ? folderAt(entry.inFolder ?? '') : scopeOf(parent);
      scope = scopeInside(around, entry.folder);
      scopes.set(entry, scope);
    }
    return scope;
  };
  for (const entry of entries) {
    if (!(entry instanceof NpmV1Entry)) continue;
    const scope = scopeOf(entry);
    scope.meaning = entry;
    const folder = entry.linkedFolder;
    if (folder === undefined) scope.entry = entry;
    else if (!entry.isLaterLink) folderAt(folder).entry = entry;
  }
  return folders.roots;
}

/** Returns the target of a link: a member or package of the file, otherwise the link itself. */
function targetOf(lockfile: Lockfile, link: LockEntry): LockEntry {
  const target = lockfile.entry(linkedPath(link));
  return target === undefined || target.source === 'link' ? link : target;
}

function linkedPath(link: LockEntry): string {
  if (link instanceof NpmV1Entry && link.linkedFolder !== undefined) return link.linkedFolder;
  const { resolved, key } = link;
  return resolved?.value.replace(/^(?:file:)?(?:\.\/)?/, '') ?? key;
}

/** Returns the importer of a folder outside of the workspace, of which the file has only the link. */
function linkedFolder(builder: GraphBuilder, link: LockEntry): BuiltNode {
  return builder.importer(linkedPath(link), link.name);
}

/** npm 5 and 6 link a project folder that something depends on; the lockfile records what the folder requires. */
function isLinkedFolder(entry: LockEntry): boolean {
  return entry instanceof NpmV1Entry && entry.source === 'directory';
}

function withoutFolders(builder: GraphBuilder, options: GraphOptions): GraphOptions {
  const { manifests } = options;
  if (manifests === undefined) return options;
  return { ...options, manifests: new Map([...manifests].filter(([path]) => !builder.hasImporter(path))) };
}
