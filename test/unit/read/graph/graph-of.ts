import { buildGraph } from '../../../../server/src/core/read/graph/build-graph.ts';
import type { DependencyGraph } from '../../../../server/src/core/read/graph/dependency-graph.ts';
import { idOfNode } from '../../../../server/src/core/read/graph/dependency-graph.ts';
import { kindOfCode } from '../../../../server/src/core/read/graph/edge-table.ts';
import { lockfileKindOf, readLockfile } from '../../../../server/src/core/read/lockfile/detect.ts';
import { readManifest } from '../../../../server/src/core/read/manifest/read-manifest.ts';
import { graphOptionsOf } from '../../../../server/src/core/read/project/graph-options-of.ts';
import { openFiles } from '../../../workspace.ts';

/** Returns the graph of a lockfile by its file name, with manifests by the path of their folder. */
export function graphOf(
  name: string,
  content: string | object,
  manifests: Readonly<Record<string, object>> = {},
): DependencyGraph {
  const text = typeof content === 'string' ? content : JSON.stringify(content, undefined, 2);
  const read = Object.entries(manifests).map(
    ([path, manifest]) =>
      [path, readManifest(`file:///shop/${path}/package.json`, JSON.stringify(manifest))] as const,
  );
  return buildGraph(readLockfile(`file:///shop/${name}`, text, lockfileKindOf(name)!), {
    manifests: new Map(read),
  });
}

/** Returns the graph of a lockfile with everything that its project's files add, as shown on the command line. */
export async function graphIn(
  files: Readonly<Record<string, string>>,
  lockfile: string,
): Promise<DependencyGraph> {
  const { snapshot, uri } = await openFiles(new Map(Object.entries(files)));
  const project = snapshot.projects[0]!;
  const file = project.files.get(uri(lockfile));
  if (file?.kind !== 'lockfile') throw new Error(`there is no lockfile ${lockfile}`);
  return buildGraph(file, graphOptionsOf(project, file.uri));
}

/** Returns `from -> to kind specifier`, importers as `[path]`, sorted. */
export function edgesOf(graph: DependencyGraph): readonly string[] {
  const label = (node: number) =>
    node < graph.packages.length ? idOfNode(graph, node) : `[${idOfNode(graph, node)}]`;
  const { edges } = graph;
  return Array.from(
    edges.from,
    (from, edge) =>
      `${label(from)} -> ${label(edges.to[edge]!)} ${kindOfCode(edges.kinds[edge]!)} ${edges.specifiers[edge]}`,
  ).sort();
}

/** Returns the ids of packages with their flags: `a dev optional`. */
export function packagesOf({ packages }: DependencyGraph): readonly string[] {
  return packages.map(({ id, dev, optional, peer }) =>
    [id, ...(dev ? ['dev'] : []), ...(optional ? ['optional'] : []), ...(peer ? ['peer'] : [])].join(' '),
  );
}

/** Returns the index of a package by its id, or of an importer by its path in brackets. */
export function nodeOf(graph: DependencyGraph, id: string): number {
  const { packages, importers } = graph;
  const node = id.startsWith('[')
    ? packages.length + importers.findIndex(({ path }) => `[${path}]` === id)
    : packages.findIndex((instance) => instance.id === id);
  if (node < 0 || (id.startsWith('[') && node < packages.length)) throw new Error(`there is no ${id}`);
  return node;
}

/** Returns a lockfile of npm 7 and later, of packages by path; entries are built from `version` and further members. */
export function npmLock(packages: Readonly<Record<string, object>>): object {
  return { name: 'shop', lockfileVersion: 3, requires: true, packages };
}
