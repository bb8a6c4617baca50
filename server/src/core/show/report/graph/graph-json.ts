import { type DependencyGraph, type GraphPackage, idOfNode } from '../../../read/graph/dependency-graph.ts';
import { kindOfCode } from '../../../read/graph/edge-table.ts';
import type { Lockfile, ReadStatus } from '../../../read/lockfile/model/lockfile.ts';
import { printableJson } from '../../../read/text/words/visible-text.ts';

/** A lockfile below the directory with its graph, which may be incomplete as stated by `status`. */
export interface GraphedLockfile {
  /** Relative to the directory, with `/`. */
  readonly path: string;
  readonly format: Lockfile['format'];
  readonly lockfileVersion: string | undefined;
  readonly status: ReadStatus;
  /** Why it is not `checked`: one sentence. */
  readonly reason: string | undefined;
  /** Undefined if nothing in the file could be read. */
  readonly graph: DependencyGraph | undefined;
}

/**
 * Returns the graphs as JSON text, with a trailing newline; each package, edge and importer has its own line. The form
 * is stable: members may be added in later versions, none is renamed or removed.
 */
export function graphJson(lockfiles: readonly GraphedLockfile[]): string {
  const items = lockfiles.map(lockfileText);
  const list = items.length === 0 ? '[]' : `[\n${items.join(',\n')}\n]`;
  return printableJson(`{"version":1,"lockfiles":${list}}\n`);
}

function lockfileText({ path, format, lockfileVersion, status, reason, graph }: GraphedLockfile): string {
  const head = {
    path,
    format,
    lockfileVersion: lockfileVersion ?? null,
    status,
    reason,
    gaps: gapsOf(graph),
  };
  const lists = [
    ['packages', graph?.packages.map(packageText)],
    ['edges', graph === undefined ? undefined : edgeTexts(graph)],
    ['importers', graph === undefined ? undefined : importerTexts(graph)],
  ] as const;
  const texts = lists.map(([name, lines]) => `"${name}":${listText(lines ?? [])}`);
  return `${JSON.stringify(head).slice(0, -1)},\n${texts.join(',\n')}}`;
}

function gapsOf(graph: DependencyGraph | undefined): readonly string[] | undefined {
  return graph === undefined || graph.gaps.length === 0 ? undefined : graph.gaps;
}

function listText(lines: readonly string[]): string {
  return lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n]`;
}

function packageText(instance: GraphPackage): string {
  const { entry, id, document, name, alias, version, dev, optional, peer, installScript, span } = instance;
  return JSON.stringify({
    id,
    entry: entry.key,
    document,
    name,
    alias,
    version: version ?? null,
    source: entry.source,
    resolved: entry.resolved?.value,
    integrity: entry.integrity?.value,
    checksum: entry.checksum?.value,
    dev,
    optional,
    peer,
    bundled: entry.bundled,
    installScript,
    deprecated: entry.deprecated,
    span: { start: span.start, end: span.end },
  });
}

function edgeTexts(graph: DependencyGraph): readonly string[] {
  const { edges } = graph;
  return Array.from(edges.from, (from, edge) =>
    JSON.stringify({
      from: idOfNode(graph, from),
      to: idOfNode(graph, edges.to[edge]!),
      kind: kindOfCode(edges.kinds[edge]!),
      specifier: edges.specifiers[edge]!,
    }),
  );
}

function importerTexts(graph: DependencyGraph): readonly string[] {
  return graph.importers.map(({ path, name, entries, dependencies }) =>
    JSON.stringify({
      path,
      name,
      entries: entries.length === 0 ? undefined : entries,
      dependencies: dependencies.map((dependency) => ({
        name: dependency.name,
        kind: dependency.kind,
        specifier: dependency.specifier,
        resolved: dependency.resolved === undefined ? null : idOfNode(graph, dependency.resolved),
      })),
    }),
  );
}
