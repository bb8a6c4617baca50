import type { DependencyGraph } from '../../../read/graph/dependency-graph.ts';
import { kindOfCode } from '../../../read/graph/edge-table.ts';
import { asClause } from '../../../read/text/words/clause.ts';
import { visibleText } from '../../../read/text/words/visible-text.ts';
import type { GraphedLockfile } from './graph-json.ts';
import { COLOURS } from './picture/colours.ts';
import { isFound, type Verdicts } from './picture/verdict.ts';

/** A lockfile with the verdicts on its packages. */
export interface JudgedLockfile extends GraphedLockfile {
  readonly verdicts: Verdicts;
}

/**
 * Returns the whole graphs in Graphviz's DOT language, with a trailing newline. The frame of a partly read lockfile
 * states that, and packages with findings have the colour of the worst.
 */
export function graphDot(lockfiles: readonly JudgedLockfile[]): string {
  const clusters = lockfiles.flatMap((lockfile, at) => clusterLines(lockfile, at));
  const lines = ['digraph dependencies {', '  rankdir=LR;', '  node [shape=box];', ...clusters, '}'];
  return `${lines.join('\n')}\n`;
}

function clusterLines(
  { path, status, reason, graph, verdicts }: JudgedLockfile,
  at: number,
): readonly string[] {
  const state =
    status === 'checked' ? '' : ` (${status}${reason === undefined ? '' : `: ${asClause(reason)}`})`;
  return [
    `  subgraph cluster_${at} {`,
    `    label=${quoted(path + state)};`,
    // Graphviz omits empty frames.
    ...(graph === undefined
      ? [`    g${at} [label=${quoted(status)}, shape=plain];`]
      : graphLines(graph, at, verdicts)),
    '  }',
  ];
}

function graphLines(graph: DependencyGraph, at: number, verdicts: Verdicts): readonly string[] {
  const { packages, importers, edges } = graph;
  const lines: string[] = [];
  for (const [index, { path, name }] of importers.entries()) {
    const place = path === '' ? '.' : path;
    const label = quoted(name === undefined ? place : `${name} (${place})`);
    lines.push(`    g${at}_${packages.length + index} [label=${label}, style=bold];`);
  }
  for (const [node, { name, version, dev }] of packages.entries()) {
    const label = quoted(version === undefined ? name : `${name} ${version}`);
    const verdict = verdicts.of({ name, version });
    const { fill, text } = COLOURS[verdict];
    const filled = isFound(verdict) ? `, style=filled, fillcolor="${fill}", fontcolor="${text}"` : '';
    lines.push(`    g${at}_${node} [label=${label}${dev ? ', color=gray' : ''}${filled}];`);
  }
  for (let edge = 0; edge < edges.count; edge++) {
    const kind = kindOfCode(edges.kinds[edge]!);
    const style = kind === 'prod' ? '' : ` [label=${kind}, style=dashed]`;
    lines.push(`    g${at}_${edges.from[edge]!} -> g${at}_${edges.to[edge]!}${style};`);
  }
  return lines;
}

/** Returns a quoted string of the language. */
export function quoted(text: string): string {
  return `"${visibleText(text).replace(/["\\]/g, '\\$&')}"`;
}
