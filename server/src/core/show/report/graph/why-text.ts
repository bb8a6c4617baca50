import { type DependencyGraph, importerAt } from '../../../read/graph/dependency-graph.ts';
import { describeAsked } from '../../../read/graph/describe-asked.ts';
import { describeNode } from '../../../read/graph/describe-package.ts';
import type { PathsFrom, WhyInstalled } from '../../../read/graph/why-installed.ts';
import { displayWidth, visibleText } from '../../../read/text/words/visible-text.ts';
import { plural } from '../../../read/text/words/words.ts';
import { wrap } from '../../../read/text/wrap.ts';
import { COLOURED, type Paint, PLAIN } from '../paint.ts';
import {
  type Bounds,
  type Branch,
  branchesOf,
  describeRest,
  describeTarget,
  explainNodes,
  type FoundNodes,
  factsOf,
} from './why-tree.ts';
import { type ShownVersion, versionLines } from './why-versions.ts';

export interface WhyTextOptions {
  readonly columns: number;
  readonly colour: boolean;
}

interface Style {
  readonly columns: number;
  readonly paint: Paint;
  readonly most: Bounds;
}

/**
 * Formats the matching versions if there are several, and the dependency paths to each as a small tree per importer;
 * with a trailing newline.
 */
export function whyText(found: readonly FoundNodes[], { columns, colour }: WhyTextOptions): string {
  const paint = colour ? COLOURED : PLAIN;
  const blocks = found.flatMap((each) => {
    const { graph } = each;
    const place = visibleText(each.lockfile.path);
    const { versions, shown, more, most } = explainNodes(each);
    const lines = shown.map(({ version, why }) =>
      waysLines(place, graph, version, why, { columns, paint, most }),
    );
    const rest = more > 0 ? [`and the dependency paths to ${plural(more, 'more version')} in ${place}`] : [];
    return [versionLines(graph, versions, { place, columns, paint }), ...lines, rest];
  });
  const filled = blocks.filter((lines) => lines.length > 0);
  return `${filled.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function waysLines(
  place: string,
  graph: DependencyGraph,
  { words }: ShownVersion,
  why: WhyInstalled,
  style: Style,
): readonly string[] {
  const { columns, paint, most } = style;
  const facts = [place, ...factsOf(graph, why)].join(', ');
  const head = wrap(words, columns).map((row) => paint.strong(row));
  const inOneLine = displayWidth(words) + 2 + displayWidth(facts) <= columns;
  const lines = inOneLine
    ? [`${head[0]}  ${paint.faint(facts)}`]
    : [...head, ...wrap(facts, columns - 2).map((row) => paint.faint(`  ${row}`))];
  for (const ways of why.ways.slice(0, most.importers)) lines.push(...importerLines(graph, ways, style));
  for (const words of describeRest(why, most)) lines.push(paint.faint(`  ${words}`));
  return lines;
}

function importerLines(
  graph: DependencyGraph,
  { importer, paths }: PathsFrom,
  { columns, paint, most }: Style,
): readonly string[] {
  const shown = paths.slice(0, most.paths);
  const branches = branchesOf(shown);
  const more = paths.length - shown.length;
  const lines = wrap(describeNode(graph, importer), columns - 2).map((row) => `  ${row}`);
  if (importerAt(graph, importer) === undefined) return lines;
  branches.forEach((branch, at) => {
    const isLast = at === branches.length - 1 && more === 0;
    lines.push(...branchLines(graph, branch, '  ', isLast, columns, paint));
  });
  if (more > 0) lines.push(paint.faint(`  └─ and ${plural(more, 'more path')}`));
  return lines;
}

function branchLines(
  graph: DependencyGraph,
  { edge, skipped, children }: Branch,
  indent: string,
  isLast: boolean,
  columns: number,
  paint: Paint,
): readonly string[] {
  const rail = paint.faint(`${indent}${isLast ? '└─' : '├─'} `);
  const below = `${indent}${isLast ? '   ' : '│  '}`;
  const lines = skipped > 0 ? [`${paint.faint(`${indent}│  … ${plural(skipped, 'package')} between`)}`] : [];
  const name = describeTarget(graph, edge);
  const asked = describeAsked(graph, edge);
  const room = columns - indent.length - 3;
  if (displayWidth(name) + 2 + displayWidth(asked) <= room)
    lines.push(asked === '' ? rail + name : `${rail}${name}  ${paint.faint(asked)}`);
  else {
    const [first = '', ...rest] = wrap(name, room);
    lines.push(`${rail}${first}`, ...rest.map((row) => paint.faint(below) + row));
    for (const row of asked === '' ? [] : wrap(asked, room - 2)) lines.push(paint.faint(`${below}  ${row}`));
  }
  children.forEach((child, at) => {
    lines.push(...branchLines(graph, child, below, at === children.length - 1, columns, paint));
  });
  return lines;
}
