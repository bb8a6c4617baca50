import { type DependencyGraph, importerAt, type NodeNumber } from '../graph/dependency-graph.ts';
import { kindOfCode } from '../graph/edge-table.ts';
import type { GraphPath } from '../graph/shortest-paths.ts';
import { type WaysFrom, type WhyInstalled, whyInstalled } from '../graph/why-installed.ts';
import type { GraphedLockfile } from './graph-json.ts';
import { counted, nodeWords } from './package-words.ts';
import { COLOURED, type Paint, PLAIN } from './paint.ts';
import { displayWidth, visibleText } from './visible-text.ts';
import { wrap } from './wrap.ts';

/** What was found in one lockfile. */
export interface FoundNodes {
  readonly lockfile: GraphedLockfile;
  readonly graph: DependencyGraph;
  readonly nodes: readonly NodeNumber[];
}

export interface WhyTextOptions {
  readonly columns: number;
  readonly colour: boolean;
}

/** More than a person reads; how many there are is said. */
const MOST_INSTANCES = 6;
const MOST_DEPENDENTS = 12;
const MOST_IMPORTERS = 5;
const MOST_PATHS = 4;
const MOST_STEPS = 9;

/** The ways to the packages found, as a small tree for each importer, with a line end. */
export function whyText(found: readonly FoundNodes[], { columns, colour }: WhyTextOptions): string {
  const paint = colour ? COLOURED : PLAIN;
  const blocks = found.flatMap(({ lockfile, graph, nodes }) => {
    const shown = nodes.slice(0, MOST_INSTANCES).map((node) => {
      const why = whyInstalled(graph, node, MOST_DEPENDENTS);
      return instanceLines(lockfile.path, graph, why, columns, paint);
    });
    const more = nodes.length - shown.length;
    const rest = more > 0 ? [`and ${counted(more, 'more instance')} in ${visibleText(lockfile.path)}`] : [];
    return [...shown, ...(rest.length > 0 ? [rest] : [])];
  });
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function instanceLines(
  path: string,
  graph: DependencyGraph,
  why: WhyInstalled,
  columns: number,
  paint: Paint,
): readonly string[] {
  const facts = [visibleText(path), ...factsOf(graph, why)].join(', ');
  const name = nodeWords(graph, why.node);
  const head = wrap(name, columns).map((row) => paint.strong(row));
  const inOneLine = displayWidth(name) + 2 + displayWidth(facts) <= columns;
  const lines = inOneLine
    ? [`${head[0]}  ${paint.faint(facts)}`]
    : [...head, ...wrap(facts, columns - 2).map((row) => paint.faint(`  ${row}`))];
  for (const ways of why.ways.slice(0, MOST_IMPORTERS))
    lines.push(...importerLines(graph, ways, columns, paint));
  const importers = why.ways.length - MOST_IMPORTERS;
  if (importers > 0) lines.push(paint.faint(`  and from ${counted(importers, 'more importer')}`));
  const unfollowed = why.dependents - why.followed;
  if (unfollowed > 0) {
    lines.push(
      paint.faint(
        `  and through ${counted(unfollowed, 'more package')} that ${unfollowed === 1 ? 'asks' : 'ask'} for it`,
      ),
    );
  }
  return lines;
}

function factsOf(graph: DependencyGraph, { node, ways, dependents }: WhyInstalled): readonly string[] {
  const instance = graph.packages[node];
  if (instance === undefined) return dependents === 0 ? ['nothing depends on it'] : [];
  const { dev, optional, peer, entry, installScript } = instance;
  const facts: string[] = [];
  if (entry.source !== 'registry') facts.push(`from ${SOURCES[entry.source]}`);
  if (dev) facts.push('development only');
  if (optional) facts.push('optional');
  if (peer) facts.push('peer');
  if (entry.bundled) facts.push('bundled');
  if (installScript === true) facts.push('has an install script');
  if (entry.deprecated !== undefined) facts.push('deprecated');
  if (dependents === 0)
    facts.push(graph.lockfile.recordsEdges ? 'nothing asks for it' : 'it is not known what asks for it');
  else if (ways.length === 0) facts.push('no importer leads to it');
  return facts;
}

const SOURCES = {
  registry: 'a registry',
  git: 'git',
  tarball: 'an address',
  file: 'a local file',
  directory: 'a local folder',
  link: 'a link',
  workspace: 'the workspace',
  root: 'the workspace',
} as const;

/** A step of a tree: an edge, or a stretch of edges that is left out, and what follows it. */
interface Branch {
  readonly edge: number;
  readonly skipped: number;
  readonly children: Branch[];
}

function importerLines(
  graph: DependencyGraph,
  { importer, paths }: WaysFrom,
  columns: number,
  paint: Paint,
): readonly string[] {
  const shown = paths.slice(0, MOST_PATHS);
  const branches: Branch[] = [];
  for (const path of shown) addPath(branches, path);
  const more = paths.length - shown.length;
  const lines = wrap(nodeWords(graph, importer), columns - 2).map((row) => `  ${row}`);
  if (importerAt(graph, importer) === undefined) return lines;
  branches.forEach((branch, at) => {
    const isLast = at === branches.length - 1 && more === 0;
    lines.push(...branchLines(graph, branch, '  ', isLast, columns, paint));
  });
  if (more > 0) lines.push(paint.faint(`  └─ and ${counted(more, 'more way')}`));
  return lines;
}

/** Puts a path into the tree; of a long one the middle is left out. */
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
  const lines = skipped > 0 ? [`${paint.faint(`${indent}│  … ${counted(skipped, 'package')} between`)}`] : [];
  const name = nodeWords(graph, graph.edges.to[edge]!);
  const asked = askedWords(graph, edge);
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

/** `^1.2.0`, `^1.2.0 dev`: what is declared, and how where it is no plain dependency. */
function askedWords({ edges, packages }: DependencyGraph, edge: number): string {
  const kind = kindOfCode(edges.kinds[edge]!);
  const specifier = edges.specifiers[edge]!;
  // What pnpm writes of a package's dependency is no more than the version that stands here already.
  const version = packages[edges.to[edge]!]?.version;
  const isVersion = specifier === version || specifier.startsWith(`${version}(`);
  const words = isVersion ? '' : visibleText(specifier.slice(0, 200));
  return kind === 'prod' ? words : `${words} ${kind}`.trim();
}
