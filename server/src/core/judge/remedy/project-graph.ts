import { buildGraph } from '../../read/graph/build-graph.ts';
import type { DependencyGraph } from '../../read/graph/dependency-graph.ts';
import type { Lockfile } from '../../read/lockfile/model/lockfile.ts';
import type { Manifest } from '../../read/manifest/manifest.ts';
import { readManifest } from '../../read/manifest/read-manifest.ts';
import { meaningOf } from '../../read/project/meaning-of.ts';
import { extendedEdges } from '../../read/project/overrides/extended-edges.ts';
import { replacedSpecifier } from '../../read/project/overrides/replaced-specifier.ts';
import type { Project } from '../../read/project/project.ts';
import { lockGraphOf } from '../exposure/lock-graph.ts';
import type { RemedyContext } from './bad-package.ts';

interface Built {
  readonly inputs: readonly unknown[];
  readonly graph: DependencyGraph;
}

const known = new WeakMap<Lockfile, Built>();

/**
 * Returns the graph of the project's lockfile, cached while its inputs stay the same; undefined if no lockfile is read.
 * Without `text` it has no importers for formats that do not record the project's declarations.
 */
export function projectGraph({
  project,
  text,
}: Pick<RemedyContext, 'project'> & Partial<Pick<RemedyContext, 'text'>>): DependencyGraph | undefined {
  const { lockfile, manager, overrides, yarnrcs, catalogs } = project;
  if (lockfile === undefined || lockfile.entries.length === 0) return undefined;
  if (lockfile.importers.size > 0) {
    // Reuse the graph of the findings, unless it still belongs to an earlier text.
    const { graph } = lockGraphOf(lockfile, { manager, overrides, yarnrcs, catalogs });
    if (graph.lockfile === lockfile) return graph;
  }
  const texts = lockfile.importers.size > 0 || text === undefined ? [] : memberTexts(project, text);
  const inputs = [manager, overrides, yarnrcs, catalogs, ...texts.map((each) => each.text)];
  const before = known.get(lockfile);
  const isSame =
    before?.inputs.length === inputs.length && before.inputs.every((each, at) => each === inputs[at]);
  if (isSame) return before!.graph;
  const manifests = new Map<string, Manifest>();
  for (const each of texts) manifests.set(each.path, readManifest(each.uri, each.text));
  const graph = buildGraph(lockfile, {
    ...(manifests.size === 0 ? {} : { manifests }),
    declared(path, dependency) {
      const uri = manifests.get(path)?.uri;
      return uri === undefined ? undefined : meaningOf(project, uri, dependency).declared;
    },
    replaced: (from, edge) => replacedSpecifier({ manager, overrides, catalogs }, from, edge),
    extended: extendedEdges({ manager, yarnrcs }),
  });
  known.set(lockfile, { inputs, graph });
  return graph;
}

function memberTexts({ members }: Project, textOf: RemedyContext['text']) {
  return [...members].flatMap(([uri, { path }]) => {
    const text = textOf(uri);
    return text === undefined ? [] : [{ uri, path, text }];
  });
}
