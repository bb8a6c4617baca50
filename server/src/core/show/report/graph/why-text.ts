import { type DependencyGraph, importerAt, type NodeNumber } from '../../../read/graph/dependency-graph.ts';
import { describeAsked } from '../../../read/graph/describe-asked.ts';
import { describeNode } from '../../../read/graph/describe-package.ts';
import type { GraphPath } from '../../../read/graph/shortest-paths.ts';
import { type PathsFrom, type WhyInstalled, whyInstalled } from '../../../read/graph/why-installed.ts';
import { displayWidth, visibleText } from '../../../read/text/words/visible-text.ts';
import { plural } from '../../../read/text/words/words.ts';
import { wrap } from '../../../read/text/wrap.ts';
import { COLOURED, type Paint, PLAIN } from '../paint.ts';
import type { GraphedLockfile } from './graph-json.ts';
import { type ShownVersion, shownVersions, versionLines } from './why-versions.ts';

/** The matches in one lockfile. */
export interface FoundNodes {
  readonly lockfile: GraphedLockfile;
  readonly graph: DependencyGraph;
  readonly nodes: readonly NodeNumber[];
}

export interface WhyTextOptions {
  readonly columns: number;
  readonly colour: boolean;
}

/** Nobody reads more; the text states how many there are. */
const MOST_VERSIONS = 6;
const MOST_DEPENDENTS = 12;
const MOST_STEPS = 9;
/** Limits of importers, and of paths from each: lower for several versions, as each has its own. */
const OF_ONE: Bounds = { importers: 5, paths: 4 };
const OF_SEVERAL: Bounds = { importers: 3, paths: 3 };

interface Bounds {
  readonly importers: number;
  readonly paths: number;
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
  const blocks = found.flatMap(({ lockfile, graph, nodes }) => {
    const place = visibleText(lockfile.path);
    const versions = shownVersions(graph, nodes);
    const most = versions.length > 1 ? OF_SEVERAL : OF_ONE;
    const shown = versions
      .slice(0, MOST_VERSIONS)
      .map((version) => ({ version, why: whyInstalled(graph, version.nodes, MOST_DEPENDENTS) }))
      .map(({ version, why }) => waysLines(place, graph, version, why, { columns, paint, most }));
    const more = versions.length - shown.length;
    const rest = more > 0 ? [`and the dependency paths to ${plural(more, 'more version')} in ${place}`] : [];
    return [versionLines(graph, versions, { place, columns, paint }), ...shown, rest];
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
  const importers = why.ways.length - most.importers;
  if (importers > 0) lines.push(paint.faint(`  and from ${plural(importers, 'more importer')}`));
  const unfollowed = why.dependents - why.followed;
  if (unfollowed > 0) {
    lines.push(
      paint.faint(
        `  and through ${plural(unfollowed, 'more package')} that ${unfollowed === 1 ? 'asks' : 'ask'} for it`,
      ),
    );
  }
  return lines;
}

/** Returns facts that apply to every copy; sources, scripts and deprecation if they apply to any. */
function factsOf(graph: DependencyGraph, { nodes, ways, dependents }: WhyInstalled): readonly string[] {
  const instances = nodes.map((node) => graph.packages[node]).filter((instance) => instance !== undefined);
  if (instances.length === 0) return dependents === 0 ? ['nothing depends on it'] : [];
  const facts: string[] = [];
  if (instances.length > 1) facts.push(plural(instances.length, 'copy', 'copies'));
  for (const source of new Set(instances.map(({ entry }) => entry.source))) {
    if (source !== 'registry') facts.push(`from ${SOURCES[source]}`);
  }
  if (instances.every(({ dev }) => dev)) facts.push('development');
  if (instances.every(({ optional }) => optional)) facts.push('optional');
  if (instances.every(({ peer }) => peer)) facts.push('peer');
  if (instances.every(({ entry }) => entry.bundled)) facts.push('bundled');
  if (instances.some(({ installScript }) => installScript === true)) facts.push('has an install script');
  if (instances.some(({ entry }) => entry.deprecated !== undefined)) facts.push('deprecated');
  if (dependents === 0)
    facts.push(graph.lockfile.recordsEdges ? 'nothing asks for it' : 'its dependents are unknown');
  else if (ways.length === 0) facts.push('no importer leads to it');
  return facts;
}

const SOURCES = {
  registry: 'a registry',
  git: 'git',
  tarball: 'a URL',
  file: 'a local file',
  directory: 'a local folder',
  link: 'a link',
  workspace: 'the workspace',
  root: 'the workspace',
} as const;

/** A node of a tree: an edge, or a run of omitted edges, with its children. */
interface Branch {
  readonly edge: number;
  readonly skipped: number;
  readonly children: Branch[];
}

function importerLines(
  graph: DependencyGraph,
  { importer, paths }: PathsFrom,
  { columns, paint, most }: Style,
): readonly string[] {
  const shown = paths.slice(0, most.paths);
  const branches: Branch[] = [];
  for (const path of shown) addPath(branches, path);
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

/** Adds a path to the tree, without the middle of a long one. */
function addPath(branches: Branch[], path: GraphPath): void {
  const steps = path.edges;
  const isLong = steps.length > MOST_STEPS;
  const kept = isLong ? [...steps.slice(0, 4), ...steps.slice(4 - MOST_STEPS)] : steps;
  let level = branches;
  kept.forEach((edge, at) => {
    const skipped = isLong && at === 4 ? steps.length - MOST_STEPS : 0;
    let branch = level.find((known) => known.edge === edge && known.skipped === skipped);
    if (branch === undefined) {
      branch = { edge, skipped, children: [] };
      level.push(branch);
    }
    level = branch.children;
  });
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

/** Formats the target of an edge, with the name it is imported under if that is an alias. */
function describeTarget(graph: DependencyGraph, edge: number): string {
  const to = graph.edges.to[edge]!;
  const instance = graph.packages[to];
  const name = graph.edges.names[edge]!;
  const words = describeNode(graph, to);
  const isAlias = instance !== undefined && name !== instance.name && name !== instance.alias;
  return isAlias ? `${words} as ${visibleText(name)}` : words;
}
