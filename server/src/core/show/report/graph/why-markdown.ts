import { type DependencyGraph, importerAt } from '../../../read/graph/dependency-graph.ts';
import { describeAsked } from '../../../read/graph/describe-asked.ts';
import { describeNode } from '../../../read/graph/describe-package.ts';
import type { PathsFrom } from '../../../read/graph/why-installed.ts';
import { plural } from '../../../read/text/words/words.ts';
import { escapeMarkdown } from '../../features/markdown.ts';
import {
  type Bounds,
  type Branch,
  branchesOf,
  describeRest,
  describeTarget,
  type ExplainedVersion,
  explainNodes,
  type FoundNodes,
  factsOf,
} from './why-tree.ts';

/** Formats the dependency paths to each matching version as nested lists of Markdown, one for each importer. */
export function whyMarkdown(title: string, found: readonly FoundNodes[]): string {
  const blocks = found.flatMap((each) => {
    const { shown, more, most } = explainNodes(each);
    const place = each.lockfile.path;
    const rest = more > 0 ? [escapeMarkdown(`And ${plural(more, 'more version')} in ${place}.`)] : [];
    return [...shown.map((one) => versionBlock(each.graph, place, one, most)), ...rest];
  });
  return `${[`# ${escapeMarkdown(title)}`, ...blocks].join('\n\n')}\n`;
}

function versionBlock(
  graph: DependencyGraph,
  place: string,
  { version, why }: ExplainedVersion,
  most: Bounds,
): string {
  const facts = factsOf(graph, why);
  const lines = why.ways.slice(0, most.importers).flatMap((ways) => importerItems(graph, ways, most));
  return [
    `## ${escapeMarkdown(version.words)}`,
    escapeMarkdown([place, ...facts].join(', ')),
    ...(lines.length === 0 ? [] : [lines.join('\n')]),
    ...describeRest(why, most).map((words) => `… ${escapeMarkdown(words)}`),
  ].join('\n\n');
}

function importerItems(
  graph: DependencyGraph,
  { importer, paths }: PathsFrom,
  most: Bounds,
): readonly string[] {
  const lines = [item(0, escapeMarkdown(describeNode(graph, importer)))];
  if (importerAt(graph, importer) === undefined) return lines;
  for (const branch of branchesOf(paths.slice(0, most.paths))) lines.push(...branchItems(graph, branch, 1));
  const more = paths.length - most.paths;
  if (more > 0) lines.push(item(1, `and ${plural(more, 'more path')}`));
  return lines;
}

function branchItems(
  graph: DependencyGraph,
  { edge, skipped, children }: Branch,
  depth: number,
): readonly string[] {
  const skip = skipped > 0 ? [item(depth, `… ${plural(skipped, 'package')} between`)] : [];
  const asked = describeAsked(graph, edge);
  const words = escapeMarkdown(describeTarget(graph, edge));
  const name = children.length === 0 ? `**${words}**` : words;
  return [
    ...skip,
    item(depth, asked === '' ? name : `${name} ${escapeMarkdown(asked)}`),
    ...children.flatMap((child) => branchItems(graph, child, depth + 1)),
  ];
}

function item(depth: number, words: string): string {
  return `${'  '.repeat(depth)}- ${words}`;
}
