import type { Span } from '../../text/span.ts';
import type { LockProblem } from '../model/lockfile.ts';
import { shownText } from '../model/shown-text.ts';
import { type FindKey, type KeyTable, MISSING } from './key-table.ts';
import { readSpecifiers, sectionOf, specifierNode, versionNode } from './pnpm-edge.ts';
import type { PnpmImporter } from './pnpm-importer.ts';
import { type KeyStyle, keyOfReference } from './pnpm-keys.ts';
import { isEscapedKey, isQuote } from './yaml-lexis.ts';
import {
  hasChildren,
  isMapping,
  isScalar,
  keyOf,
  keySpan,
  NONE,
  type Node,
  nextNode,
  RECORD,
  scalarOf,
  valueSpan,
  type YamlTape,
} from './yaml-tape.ts';

/** The edges among the snapshots of a document (in versions 5 and 6: among its packages), by their numbers. */
export interface PnpmGraph {
  /** The targets of snapshot `n` are `targets[starts[n]]` up to `targets[starts[n + 1] - 1]`. */
  readonly starts: Int32Array;
  readonly targets: Int32Array;
  /** The targets of importers: of production and optional dependencies, and of development ones. */
  readonly production: readonly number[];
  readonly development: readonly number[];
  /** Dependencies of snapshots on folders. */
  readonly links: readonly SnapshotLink[];
}

/** A dependency of a snapshot on a folder: both by their nodes. */
export interface SnapshotLink {
  readonly snapshot: Node;
  readonly dependency: Node;
}

/** The targets of dependencies, and how to find one by its key. */
export interface Snapshots {
  readonly style: KeyStyle;
  readonly nodes: readonly Node[];
  readonly table: KeyTable;
  readonly find: FindKey;
}

type Report = (message: string, span: Span, kind?: LockProblem['kind']) => void;

/** Follows every dependency once, and reports those that do not resolve. */
export function readGraph(
  tape: YamlTape,
  snapshots: Snapshots,
  importers: Iterable<PnpmImporter>,
  report: Report,
): PnpmGraph {
  const { nodes, style } = snapshots;
  const starts = new Int32Array(nodes.length + 1);
  const targets: number[] = [];
  const production: number[] = [];
  const development: number[] = [];
  const links: SnapshotLink[] = [];

  const numberOf = (dependent: Node, dependency: Node, version: Node): number => {
    if (!isScalar(tape, version)) {
      report('a dependency without a version', keySpan(tape, dependency));
      return MISSING;
    }
    if (leadsToFolder(tape, version)) return MISSING;
    const number = numberOfTarget(tape, snapshots, dependency, version);
    if (number === MISSING) {
      const key = keyOfReference(keyOf(tape, dependency), scalarOf(tape, version) ?? '', style);
      const isRoot = tape.documents.includes(dependent) || keyOf(tape, dependent) === '.';
      const from = isRoot ? 'the project' : shownText(keyOf(tape, dependent));
      report(
        `${from} depends on ${shownText(key)}, which is not in this file`,
        valueSpan(tape, version),
        'missing',
      );
    }
    return number;
  };

  const sectionAt = (member: Node) => {
    const section = sectionOf(tape, member);
    if (section === undefined || hasChildren(tape, member)) return section;
    if (!isMapping(tape, member)) report('a section must be a mapping', keySpan(tape, member));
    return undefined;
  };

  for (const [number, snapshot] of nodes.entries()) {
    starts[number] = targets.length;
    const end = nextNode(tape, snapshot);
    for (let member = snapshot + RECORD; member < end; member = nextNode(tape, member)) {
      if (sectionAt(member) === undefined) continue;
      const last = nextNode(tape, member);
      for (let dependency = member + RECORD; dependency < last; dependency = nextNode(tape, dependency)) {
        const target = numberOf(snapshot, dependency, dependency);
        if (target !== MISSING) targets.push(target);
        else if (leadsToFolder(tape, dependency)) links.push({ snapshot, dependency });
      }
    }
  }
  starts[nodes.length] = targets.length;

  for (const { node } of importers) {
    const specifiers = readSpecifiers(tape, node);
    const end = nextNode(tape, node);
    for (let member = node + RECORD; member < end; member = nextNode(tape, member)) {
      const section = sectionAt(member);
      if (section === undefined) continue;
      const roots = section === 'devDependencies' ? development : production;
      const last = nextNode(tape, member);
      for (let dependency = member + RECORD; dependency < last; dependency = nextNode(tape, dependency)) {
        const specifier = specifierNode(tape, dependency, specifiers);
        if (specifier === NONE || !isScalar(tape, specifier)) {
          report('a dependency without a specifier', keySpan(tape, dependency));
        }
        // For example where two lines became one.
        const name = keyOf(tape, dependency);
        if (/\s/.test(name)) report(`${shownText(name)} is no name of a package`, keySpan(tape, dependency));
        const target = numberOf(node, dependency, versionNode(tape, dependency));
        if (target !== MISSING) roots.push(target);
      }
    }
  }
  return { starts, targets: new Int32Array(targets), production, development, links };
}

function leadsToFolder({ text, records }: YamlTape, version: Node): boolean {
  const start = records[version + 2]!;
  return text.startsWith('link:', isQuote(text.charCodeAt(start)) ? start + 1 : start);
}

/**
 * Returns the number of the snapshot that a dependency's version refers to, without creating its key if that is plain.
 */
function numberOfTarget(
  tape: YamlTape,
  { style, table, find }: Snapshots,
  dependency: Node,
  version: Node,
): number {
  const { text, records } = tape;
  const start = records[dependency]!;
  const end = records[dependency + 1]!;
  const from = records[version + 2]!;
  const to = records[version + 3]!;
  const quote = quoteOf(text, start, end);
  const versionQuote = quoteOf(text, from, to);
  if (quote === ESCAPED || versionQuote === ESCAPED) {
    return find(keyOfReference(keyOf(tape, dependency), scalarOf(tape, version) ?? '', style));
  }
  return table.findTarget(start + quote, end - quote, from + versionQuote, to - versionQuote);
}

const ESCAPED = -1;

/** Returns the length of a token's quote, `ESCAPED` if its text differs from its value. */
function quoteOf(text: string, start: number, end: number): number {
  if (!isQuote(text.charCodeAt(start))) return 0;
  return isEscapedKey(text, start, end) ? ESCAPED : 1;
}

/** Returns a test for snapshots, by number, that are reachable only through development dependencies. */
export function devOnlyIn(graph: PnpmGraph): (snapshot: number) => boolean {
  const production = reachedFrom(graph, graph.production);
  const development = reachedFrom(graph, graph.development);
  return (snapshot) => development[snapshot] === 1 && production[snapshot] === 0;
}

/** Returns 1 for each snapshot reachable from the roots, including the roots. */
function reachedFrom({ starts, targets }: PnpmGraph, roots: readonly number[]): Uint8Array {
  const reached = new Uint8Array(starts.length - 1);
  const waiting: number[] = [];
  const visit = (number: number): void => {
    if (reached[number] === 1) return;
    reached[number] = 1;
    waiting.push(number);
  };
  for (const root of roots) visit(root);
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
    for (let edge = starts[number]!; edge < starts[number + 1]!; edge++) visit(targets[edge]!);
  }
  return reached;
}
