import { editJsonTape } from '../../text/json/edit-json-tape.ts';
import {
  childrenOf,
  decodeString,
  isObject,
  isString,
  type JsonScanOptions,
  type JsonTape,
  memberOf,
  NONE,
  type Token,
  tokenSpan,
} from '../../text/json/json-tape.ts';
import type { Uri } from '../../text/paths/uri.ts';
import type { ParseProblem } from '../../text/problem.ts';
import { EMPTY, isEmptyText } from '../model/empty-lockfile.ts';
import {
  controlProblems,
  isGuess,
  locatedScalar,
  repeatedMembers,
  scanTolerantly,
} from '../model/json-lock-text.ts';
import { lazyStatus } from '../model/lazy-status.ts';
import type { LockEntry, LockProblem } from '../model/lockfile.ts';
import { lockfileStatus } from '../model/lockfile-status.ts';
import { placeOf } from '../model/place-of.ts';
import type { Reach } from '../model/reach.ts';
import { shownText } from '../model/shown-text.ts';
import { type Unread, unreadLockfile } from '../model/unread-lockfile.ts';
import type { BunFile } from './bun-lock-entry.ts';
import type { BunLockfile } from './bun-lockfile.ts';
import { findMissingTargets } from './missing-targets.ts';
import { type PackageTree, plantPackageTree } from './package-tree.ts';
import { findReach } from './reach.ts';
import { readImporters, readPackages } from './read-packages.ts';
import { readCatalogs, readOverrides, readPatches, readTrusted } from './read-sections.ts';

/**
 * Reads a bun.lock of version 0 to 3 from any text: JSON with comments and trailing commas. Never throws; a text that
 * is only partly understood gives that part, and the places of the rest.
 */
export function readBunLockfile(uri: Uri, text: string): BunLockfile {
  return readBunTape(uri, scanTolerantly(text, SCAN));
}

const SCAN: JsonScanOptions = { lenient: true };

function readBunTape(uri: Uri, tape: JsonTape): BunLockfile {
  const { text } = tape;
  const root: Token = isObject(tape, 0) ? 0 : NONE;
  const formatVersion = locatedScalar(tape, memberOf(tape, root, 'lockfileVersion'));
  const unreadable = (problem: ParseProblem): BunLockfile =>
    unreadBunLockfile(uri, text, {
      status: 'unreadable',
      reason: `${placeOf(text, problem)}.`,
      problems: [problem],
      formatVersion,
    });
  if (isEmptyText(text)) return unreadBunLockfile(uri, text, EMPTY);
  if (root === NONE) {
    const span = { start: 0, end: text.length };
    return unreadable(tape.problems[0] ?? { message: 'a lockfile must be an object', span });
  }
  if (formatVersion !== undefined && !/^[0-3]$/.test(formatVersion.value)) {
    const reason = unsupportedReason(formatVersion.value);
    return unreadBunLockfile(uri, text, { status: 'unsupported', reason, formatVersion });
  }
  const packages = memberOf(tape, root, 'packages');
  const workspaces = memberOf(tape, root, 'workspaces');
  if (!isObject(tape, packages) && !isObject(tape, workspaces)) {
    const problem = { message: 'it has neither "packages" nor "workspaces"', span: tokenSpan(tape, root) };
    return unreadable(tape.problems[0] ?? problem);
  }

  const problems: LockProblem[] = [...tape.problems, ...outlineProblems(tape, root)];
  const file: BunFile = {
    tape,
    reachOf: (entry) => reachOf(entry),
    patchOf: (key) => sections.patches.findLast((patch) => patch.key.value === key)?.path,
  };
  const importers = readImporters(file, workspaces, problems);
  const { placed, entries, links, total } = readPackages(file, packages, problems);
  const tree = lazyTree(placed, importers);
  const reachOf = lazyReach(tree, importers);
  const member = (name: string) => memberOf(tape, root, name);
  const sections = {
    configVersion: locatedScalar(tape, member('configVersion')),
    overrides: readOverrides(tape, member('overrides'), problems),
    catalogs: readCatalogs(tape, member('catalog'), member('catalogs'), problems),
    patches: readPatches(tape, member('patchedDependencies'), problems),
    trusted: readTrusted(tape, member('trustedDependencies'), problems),
  };

  problems.sort((a, b) => a.span.start - b.span.start);
  const first = problems[0];
  const guess = isGuess(tape);
  if (first !== undefined && guess && entries.length === 0 && importers.size === 0) return unreadable(first);
  const entriesTotal = guess ? Math.max(total, countTuples(text) - links.length) : total;
  const judged = lazyStatus(() => {
    const missing = guess ? [] : findMissingTargets(tape, placed, importers);
    const counts = { read: 1, entries: entries.length, total: entriesTotal };
    return lockfileStatus(text, [...problems, ...controlProblems(tape), ...missing], counts);
  });
  return {
    kind: 'lockfile',
    format: 'bun',
    uri,
    text,
    formatVersion,
    get status() {
      return judged().status;
    },
    get reason() {
      return judged().reason;
    },
    get problems() {
      return judged().problems;
    },
    entries,
    entriesTotal,
    importers,
    links,
    // Newer versions of Bun write the flag, older ones do not, and the file does not record its writer.
    recordsInstallScripts: false,
    recordsEdges: true,
    ...sections,
    entry: (key) => placed.get(key) ?? importers.get(key),
    resolve: (importerPath, name) => tree().resolve(importerPath, name),
    follow: (from, edge) => tree().follow(from, edge),
    edited(after, edit) {
      const next = editJsonTape(tape, after, edit, SCAN);
      return next === undefined ? undefined : readBunTape(uri, next);
    },
  };
}

function unreadBunLockfile(uri: Uri, text: string, unread: Unread): BunLockfile {
  return {
    ...unreadLockfile(uri, text, 'bun', unread),
    format: 'bun',
    entries: [],
    importers: new Map(),
    links: [],
    configVersion: undefined,
    overrides: [],
    catalogs: new Map(),
    patches: [],
    trusted: [],
    follow: () => undefined,
  };
}

/** Explains why a version is not read, and what to do. */
function unsupportedReason(version: string): string {
  const said = shownText(version, 20);
  return /^[1-9]\d{0,3}$/.test(version)
    ? `lockfileVersion ${said} of bun.lock is newer than 3, the latest supported one; update dephygiene.`
    : `lockfileVersion ${said} is not one that Bun writes; remove bun.lock and run bun install.`;
}

/** Returns the problems of the root's members. Readers differ on which of two members with the same name counts. */
function outlineProblems(tape: JsonTape, root: Token): readonly LockProblem[] {
  const problems: LockProblem[] = [...repeatedMembers(tape, root)];
  const names = new Set<string>();
  for (const key of childrenOf(tape, root)) {
    names.add(decodeString(tape, key));
  }
  for (const name of ['lockfileVersion', 'workspaces']) {
    if (!names.has(name) && !isGuess(tape))
      problems.push({ message: `it has no "${name}"`, span: tokenSpan(tape, root) });
  }
  const version = memberOf(tape, root, 'lockfileVersion');
  if (isString(tape, version)) {
    problems.push({ message: '"lockfileVersion" must be a number', span: tokenSpan(tape, version) });
  }
  for (const name of ['packages', 'workspaces']) {
    const section = memberOf(tape, root, name);
    if (section !== NONE && !isObject(tape, section)) {
      problems.push({ message: `"${name}" must be an object`, span: tokenSpan(tape, section) });
    }
  }
  return problems;
}

/** Builds the tree on first use. */
function lazyTree(
  placed: ReadonlyMap<string, LockEntry>,
  importers: ReadonlyMap<string, LockEntry>,
): () => PackageTree {
  let tree: PackageTree | undefined;
  return () => {
    tree ??= plantPackageTree(placed, importers);
    return tree;
  };
}

function lazyReach(
  tree: () => PackageTree,
  importers: ReadonlyMap<string, LockEntry>,
): (entry: LockEntry) => Reach {
  let reachOf: ((entry: LockEntry) => Reach) | undefined;
  return (entry) => {
    reachOf ??= findReach({
      importers: importers.values(),
      follow: (from, edge) => tree().follow(from, edge),
      optionalPeersOf: (from) => ('optionalPeers' in from ? (from.optionalPeers as readonly string[]) : []),
    });
    return reachOf(entry);
  };
}

/** Counts the entries in a broken text: lines with a key and a list that begins with `"name@…`. */
function countTuples(text: string): number {
  return text.match(/^[ \t]*"[^"\n]*":[ \t]*\[[ \t]*"[^"\n]+@/gm)?.length ?? 0;
}
