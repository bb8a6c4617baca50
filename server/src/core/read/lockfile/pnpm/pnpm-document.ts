import type { Located, Span } from '../../text/span.ts';
import type { TextBytes } from '../../text/text-bytes.ts';
import type { LockEdge, LockEntry, LockProblem } from '../model/lockfile.ts';
import { joinSnapshots, type NumbersOf, type Packages } from './join-snapshots.ts';
import { findKeyIn, KeyTable } from './key-table.ts';
import { dependencyNamed, versionNode } from './pnpm-edge.ts';
import { devOnlyIn, type PnpmGraph, readGraph } from './pnpm-graph.ts';
import { linkedPath, PnpmImporter, pnpmLink } from './pnpm-importer.ts';
import { isLink, type KeyStyle, keyOfReference, packageKeyOf } from './pnpm-keys.ts';
import { type EntryContext, PnpmLockEntry } from './pnpm-lock-entry.ts';
import { patchFinder } from './pnpm-patches.ts';
import { type PnpmLockSettings, readLockSettings } from './pnpm-settings.ts';
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
  /** The index of the document in the file. */
  readonly index: number;
  readonly style: KeyStyle;
  /** Whether it concerns pnpm itself and its configuration, like the first document since pnpm 11. */
  readonly isEnvironment: boolean;
  readonly importers: ReadonlyMap<string, PnpmImporter>;
  /** The readable packages, in source order. */
  readonly entries: readonly PnpmLockEntry[];
  /** The number of packages, readable or not. */
  readonly entriesTotal: number;
  readonly settings: PnpmLockSettings;
  readonly problems: readonly LockProblem[];
  /** The dependencies of packages on folders. */
  readonly links: readonly PackageLink[];
  /** Looks up a package by a key of `packages`. */
  entry(key: string): PnpmLockEntry | undefined;
  /** Looks up a package by the version of a dependency with this name. */
  entryOf(name: string, reference: string): PnpmLockEntry | undefined;
  resolve(importerPath: string, name: string): LockEntry | undefined;
  follow(from: LockEntry, edge: LockEdge): LockEntry | undefined;
}

/** A dependency of a package on a folder, whose path is relative to the lockfile's. */
export interface PackageLink {
  /** The package; undefined if the file has none with its key. */
  readonly from: PnpmLockEntry | undefined;
  readonly name: string;
  /** `link:` and the folder. */
  readonly version: Located<string>;
}

const MAX_PROBLEMS = 100;

/** Reads a document whose version is known. Syntax problems are in the tape, semantic ones here. */
export function readPnpmDocument(
  tape: YamlTape,
  bytes: TextBytes,
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
  let devOnly: ((snapshot: number) => boolean) | undefined;
  let numbersOf: NumbersOf = (entry) => [entry];
  const settings = readLockSettings(tape, document);
  const context: EntryContext = {
    tape,
    style,
    index,
    patchesOf: patchFinder(settings),
    snapshotsOf: ({ number }) => numbersOf(number).map((snapshot) => snapshotNodes[snapshot]!),
    isDevOnly({ number }) {
      devOnly ??= graph === undefined ? () => false : devOnlyIn(graph);
      const numbers = numbersOf(number);
      return numbers.length > 0 && numbers.every(devOnly);
    },
  };

  const packages = readPackages(context, memberOf(tape, document, 'packages'), report);
  const entryByKey = (key: string) => packages.byNumber[packages.find(key)];
  let snapshotNodes = packages.nodes;
  let { find } = packages;
  if (style === 9) {
    snapshotNodes = [...childrenOf(tape, snapshots)];
    find = findKeyIn(tape, snapshotNodes);
    numbersOf = joinSnapshots(tape, bytes, snapshotNodes, packages, report);
  }
  const table = new KeyTable(tape, bytes, style, snapshotNodes, find);
  graph = readGraph(tape, { style, nodes: snapshotNodes, table, find }, importers.values(), report);

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
  const links = graph.links.flatMap(({ snapshot, dependency }): readonly PackageLink[] => {
    const version = locatedScalar(tape, dependency);
    if (version === undefined) return [];
    const key = keyOf(tape, snapshot);
    const from = entryByKey(style === 9 ? packageKeyOf(key) : key);
    return [{ from, name: keyOf(tape, dependency), version }];
  });
  return {
    index,
    style,
    isEnvironment: isEnvironment(tape, importers),
    importers,
    entries: packages.entries,
    entriesTotal: packages.nodes.length,
    settings,
    problems,
    links,
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
    // In a file of a single project, its sections are at the top level.
    importers.set('', new PnpmImporter(tape, document, '.', index));
    return importers;
  }
  for (const node of childrenOf(tape, members)) {
    if (!isMapping(tape, node)) report('an importer must be a mapping', keySpan(tape, node));
    const importer = new PnpmImporter(tape, node, keyOf(tape, node), index);
    if (!importers.has(importer.path)) importers.set(importer.path, importer);
  }
  if (!hasChildren(tape, members) && !isMapping(tape, members)) {
    report('"importers" must be a mapping', keySpan(tape, members));
  }
  return importers;
}

/**
 * Checks whether the document lacks what pnpm writes even for a project without dependencies, as in a truncated file. A
 * version alone is how people write an empty lockfile, and pnpm accepts it as one.
 */
function isWithoutProject(
  tape: YamlTape,
  document: Node,
  importers: ReadonlyMap<string, PnpmImporter>,
  needed: string,
): boolean {
  if (memberOf(tape, document, 'importers') !== NONE || memberOf(tape, document, needed) !== NONE)
    return false;
  if ([...childrenOf(tape, document)].length === 1 && memberOf(tape, document, 'lockfileVersion') !== NONE)
    return false;
  return needed === 'importers' || (importers.get('')?.edges.length ?? 0) === 0;
}

interface ReadPackages extends Packages {
  readonly entries: readonly PnpmLockEntry[];
}

function readPackages(context: EntryContext, packages: Node, report: Report): ReadPackages {
  const { tape } = context;
  const nodes = [...childrenOf(tape, packages)];
  const byNumber: (PnpmLockEntry | undefined)[] = [];
  const entries: PnpmLockEntry[] = [];
  const isDamaged = damageTest(tape);
  for (const [number, node] of nodes.entries()) {
    const entry = isDamaged(nodeSpan(tape, node)) ? undefined : readEntry(context, node, number, report);
    byNumber.push(entry);
    if (entry !== undefined) entries.push(entry);
  }
  if (packages !== NONE && nodes.length === 0 && !isMapping(tape, packages)) {
    report('"packages" must be a mapping', keySpan(tape, packages));
  }
  return { nodes, byNumber, find: findKeyIn(tape, nodes), entries };
}

function readEntry(
  context: EntryContext,
  node: Node,
  number: number,
  report: Report,
): PnpmLockEntry | undefined {
  const { tape } = context;
  if (!isMapping(tape, node)) {
    report('an entry must be a mapping', keySpan(tape, node));
    return undefined;
  }
  const entry = new PnpmLockEntry(context, node, number);
  if (entry.malformed !== NONE) {
    const isMissing = entry.malformed === node;
    const message = isMissing ? 'it has no resolution' : 'this value has the wrong type';
    report(message, keySpan(tape, entry.malformed));
  }
  if (tape.records[node + 3] !== tape.text.length || !entry.isCut) return entry;
  report('the text ends in the middle of a hash', entry.integrity?.span ?? entry.keySpan);
  return undefined;
}

/** Returns a test for damage inside a span; spans must be passed in source order. */
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

function isEnvironment(tape: YamlTape, importers: ReadonlyMap<string, PnpmImporter>): boolean {
  const root = importers.get('');
  if (root === undefined || importers.size !== 1) return false;
  return ['configDependencies', 'packageManagerDependencies'].some(
    (group) => memberOf(tape, root.node, group) !== NONE,
  );
}
