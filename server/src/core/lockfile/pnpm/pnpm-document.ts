import type { Span } from '../../text/span.ts';
import type { LockEdge, LockEntry, LockProblem } from '../lockfile.ts';
import { shownText } from '../shown-text.ts';
import { KeyTable, MISSING } from './key-table.ts';
import { dependencyNamed, versionNode } from './pnpm-edge.ts';
import { type PnpmGraph, reachedFrom, readGraph } from './pnpm-graph.ts';
import { linkedPath, PnpmImporter, pnpmLink } from './pnpm-importer.ts';
import { isLink, type KeyStyle, keyOfReference, packageKeyOf } from './pnpm-keys.ts';
import { type EntryContext, PnpmLockEntry } from './pnpm-lock-entry.ts';
import { type PnpmLockSettings, readLockSettings } from './pnpm-settings.ts';
import { isQuote } from './yaml-lexis.ts';
import {
  childrenOf,
  hasChildren,
  isMapping,
  keyOf,
  keySpan,
  locatedScalar,
  memberOf,
  NONE,
  type Node,
  nodeSpan,
  valueSpan,
  type YamlTape,
} from './yaml-tape.ts';

/** One YAML document of a pnpm lockfile. */
export interface PnpmDocument {
  /** The document's place in the file, from 0. */
  readonly index: number;
  readonly style: KeyStyle;
  /** Whether it is about pnpm itself and its configuration, as the first document is from pnpm 11. */
  readonly isEnvironment: boolean;
  readonly importers: ReadonlyMap<string, PnpmImporter>;
  /** The packages that could be read, in the order of the text. */
  readonly entries: readonly PnpmLockEntry[];
  /** How many there are, read or not. */
  readonly entriesTotal: number;
  readonly settings: PnpmLockSettings;
  readonly problems: readonly LockProblem[];
  /** By a key of `packages`. */
  entry(key: string): PnpmLockEntry | undefined;
  /** By what a dependency of this name has as its version. */
  entryOf(name: string, reference: string): PnpmLockEntry | undefined;
  resolve(importerPath: string, name: string): LockEntry | undefined;
  follow(from: LockEntry, edge: LockEdge): LockEntry | undefined;
}

const MAX_PROBLEMS = 100;

/** Reads a document whose version is known. Problems that its text has are in the tape, those of its sense here. */
export function readPnpmDocument(
  tape: YamlTape,
  document: Node,
  index: number,
  style: KeyStyle,
): PnpmDocument {
  const problems: LockProblem[] = [];
  const report: Report = (message, span, kind) => {
    if (problems.length < MAX_PROBLEMS)
      problems.push(kind === undefined ? { message, span } : { message, span, kind });
  };
  const importers = readImporters(tape, document, index, report);
  const needed = style === 9 ? 'importers' : style === 5 ? 'specifiers' : undefined;
  if (needed !== undefined && isWithoutProject(tape, document, importers, needed)) {
    const { start } = valueSpan(tape, document);
    report(`it has no "${needed}"`, { start, end: start });
  }

  const snapshots = memberOf(tape, document, 'snapshots');
  if (style !== 9 && snapshots !== NONE)
    report('"snapshots" does not belong to this version', keySpan(tape, snapshots));

  let graph: PnpmGraph | undefined;
  let devOnly: ((node: Node) => boolean) | undefined;
  const context: EntryContext = {
    tape,
    style,
    index,
    isDevOnly(snapshots) {
      devOnly ??= devOnlyTest(graph, snapshotNodes);
      return snapshots.length > 0 && snapshots.every(devOnly);
    },
  };

  const packages = readPackages(context, memberOf(tape, document, 'packages'), report);
  const entryByKey = (key: string) => packages.byNumber[packages.table.find(key)];
  let snapshotNodes = packages.nodes;
  let table = packages.table;
  if (style === 9) {
    snapshotNodes = [...childrenOf(tape, snapshots)];
    table = new KeyTable(tape, snapshotNodes);
    joinSnapshots(tape, snapshotNodes, packages, report);
  }
  graph = readGraph(tape, style, table, snapshotNodes, importers.values(), report);

  const entryOf = (name: string, reference: string): PnpmLockEntry | undefined => {
    const key = keyOfReference(name, reference, style);
    return entryByKey(style === 9 ? packageKeyOf(key) : key);
  };
  const target = (
    from: string,
    name: string,
    version: ReturnType<typeof locatedScalar>,
  ): LockEntry | undefined => {
    if (version === undefined) return undefined;
    if (!isLink(version.value)) return entryOf(name, version.value);
    return importers.get(linkedPath(from, version.value)) ?? pnpmLink(tape.text, name, version);
  };
  return {
    index,
    style,
    isEnvironment: isEnvironment(tape, importers),
    importers,
    entries: packages.entries,
    entriesTotal: packages.nodes.length,
    settings: readLockSettings(tape, document),
    problems,
    entry: entryByKey,
    entryOf,
    resolve(importerPath, name) {
      const importer = importers.get(importerPath);
      if (importer === undefined) return undefined;
      const dependency = dependencyNamed(tape, importer.node, name);
      if (dependency === NONE) return undefined;
      return target(importerPath, name, locatedScalar(tape, versionNode(tape, dependency)));
    },
    follow(from, edge) {
      // A package's links are relative to the lockfile's folder, an importer's to its own.
      const folder = 'path' in from && typeof from.path === 'string' ? from.path : '';
      const version = 'version' in edge ? (edge.version as ReturnType<typeof locatedScalar>) : edge.specifier;
      return target(folder, edge.name, version);
    },
  };
}

type Report = (message: string, span: Span, kind?: LockProblem['kind']) => void;

function readImporters(
  tape: YamlTape,
  document: Node,
  index: number,
  report: Report,
): ReadonlyMap<string, PnpmImporter> {
  const importers = new Map<string, PnpmImporter>();
  const members = memberOf(tape, document, 'importers');
  if (members === NONE) {
    // In a file of a single project its sections stand at the top.
    importers.set('', new PnpmImporter(tape, document, '.', index));
    return importers;
  }
  for (const node of childrenOf(tape, members)) {
    if (!isMapping(tape, node)) report('an importer is a mapping', keySpan(tape, node));
    const importer = new PnpmImporter(tape, node, keyOf(tape, node), index);
    if (!importers.has(importer.path)) importers.set(importer.path, importer);
  }
  if (!hasChildren(tape, members) && !isMapping(tape, members)) {
    report('"importers" is a mapping', keySpan(tape, members));
  }
  return importers;
}

/** Whether nothing is there that pnpm writes even for a project without dependencies, as in a file cut short. */
function isWithoutProject(
  tape: YamlTape,
  document: Node,
  importers: ReadonlyMap<string, PnpmImporter>,
  needed: string,
): boolean {
  if (memberOf(tape, document, 'importers') !== NONE || memberOf(tape, document, needed) !== NONE)
    return false;
  return needed === 'importers' || (importers.get('')?.edges.length ?? 0) === 0;
}

interface ReadPackages {
  /** The members of `packages`, and their entries: none, where that could not be read. */
  readonly nodes: readonly Node[];
  readonly byNumber: readonly (PnpmLockEntry | undefined)[];
  readonly table: KeyTable;
  readonly entries: readonly PnpmLockEntry[];
}

function readPackages(context: EntryContext, packages: Node, report: Report): ReadPackages {
  const { tape, style } = context;
  const nodes = [...childrenOf(tape, packages)];
  const byNumber: (PnpmLockEntry | undefined)[] = [];
  const entries: PnpmLockEntry[] = [];
  const isDamaged = damageTest(tape);
  for (const node of nodes) {
    const entry = isDamaged(nodeSpan(tape, node)) ? undefined : readEntry(context, node, report);
    byNumber.push(entry);
    if (entry === undefined) continue;
    entries.push(entry);
    if (style !== 9) entry.snapshotNodes.push(node);
  }
  if (packages !== NONE && nodes.length === 0 && !isMapping(tape, packages)) {
    report('"packages" is a mapping', keySpan(tape, packages));
  }
  return { nodes, byNumber, table: new KeyTable(tape, nodes), entries };
}

function readEntry(context: EntryContext, node: Node, report: Report): PnpmLockEntry | undefined {
  const { tape } = context;
  if (!isMapping(tape, node)) {
    report('an entry is a mapping', keySpan(tape, node));
    return undefined;
  }
  const entry = new PnpmLockEntry(context, node, keyOf(tape, node));
  if (entry.malformed !== NONE) {
    const isMissing = entry.malformed === node;
    const message = isMissing ? 'it has no resolution' : 'this value has the wrong type';
    report(message, keySpan(tape, entry.malformed));
  }
  if (tape.records[node + 3] !== tape.text.length || !entry.isCut) return entry;
  report('the text ends in the middle of a hash', entry.integrity?.span ?? entry.keySpan);
  return undefined;
}

/** For spans in the order of the text: whether anything damaged lies in one. */
function damageTest({ damaged }: YamlTape): (span: Span) => boolean {
  let next = 0;
  let furthest = -1;
  return ({ start, end }) => {
    while (next < damaged.length && damaged[next]!.start < end) {
      furthest = Math.max(furthest, damaged[next]!.end);
      next++;
    }
    return furthest > start;
  };
}

/** Gives each entry its snapshots. pnpm writes both in one order, so that the next one is nearly always the right one. */
function joinSnapshots(
  tape: YamlTape,
  snapshots: readonly Node[],
  { nodes, byNumber, table }: ReadPackages,
  report: Report,
): void {
  const joined = new Uint8Array(nodes.length);
  let near = 0;
  for (const node of snapshots) {
    if (!isMapping(tape, node)) report('a snapshot is a mapping', keySpan(tape, node));
    if (near + 1 < nodes.length && isSnapshotOf(tape, node, nodes[near + 1]!)) near++;
    else if (near >= nodes.length || !isSnapshotOf(tape, node, nodes[near]!)) {
      const key = packageKeyOf(keyOf(tape, node));
      const number = table.find(key);
      if (number === MISSING) {
        report(`${shownText(key)} is not in "packages"`, keySpan(tape, node));
        continue;
      }
      near = number;
    }
    joined[near] = 1;
    byNumber[near]?.snapshotNodes.push(node);
  }
  for (const [number, node] of nodes.entries()) {
    // An entry that could not be read is reported already.
    if (joined[number] === 0 && byNumber[number] !== undefined) {
      report(`${shownText(keyOf(tape, node))} is not in "snapshots"`, keySpan(tape, node));
    }
  }
}

/** Whether the snapshot's key is the package's, with or without peers behind it; false where that needs a second look. */
function isSnapshotOf({ text, records }: YamlTape, snapshot: Node, entry: Node): boolean {
  const quote = isQuote(text.charCodeAt(records[snapshot]!)) ? 1 : 0;
  const entryQuote = isQuote(text.charCodeAt(records[entry]!)) ? 1 : 0;
  const key = text.slice(records[entry]! + entryQuote, records[entry + 1]! - entryQuote);
  const start = records[snapshot]! + quote;
  const end = records[snapshot + 1]! - quote;
  if (key.includes('(') || !text.startsWith(key, start)) return false;
  const at = start + key.length;
  return at === end || (at < end && text.charCodeAt(at) === 40 && text.charCodeAt(end - 1) === 41);
}

/** Tells for a snapshot whether development dependencies lead to it, and no others. */
function devOnlyTest(graph: PnpmGraph | undefined, nodes: readonly Node[]): (node: Node) => boolean {
  if (graph === undefined) return () => false;
  const production = reachedFrom(graph, graph.production);
  const development = reachedFrom(graph, graph.development);
  const numbers = new Map(nodes.map((node, number) => [node, number]));
  return (node) => {
    const number = numbers.get(node);
    return number !== undefined && development[number] === 1 && production[number] === 0;
  };
}

function isEnvironment(tape: YamlTape, importers: ReadonlyMap<string, PnpmImporter>): boolean {
  const root = importers.get('');
  if (root === undefined || importers.size !== 1) return false;
  return ['configDependencies', 'packageManagerDependencies'].some(
    (group) => memberOf(tape, root.node, group) !== NONE,
  );
}
