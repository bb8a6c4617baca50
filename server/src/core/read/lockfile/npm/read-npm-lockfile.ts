import { editJsonTape } from '../../text/json/edit-json-tape.ts';
import { isObject, type JsonTape, memberOf, NONE, type Token, tokenSpan } from '../../text/json/json-tape.ts';
import { ownCopy } from '../../text/own-copy.ts';
import type { Uri } from '../../text/paths/uri.ts';
import type { ParseProblem } from '../../text/problem.ts';
import { moveSpan, type TextChange } from '../../text/text-change.ts';
import { entryAt } from '../faults/entries-mentioning.ts';
import {
  controlProblems,
  isGuess,
  locatedScalar,
  repeatedMembers,
  scanTolerantly,
} from '../model/json-lock-text.ts';
import { lazyStatus } from '../model/lazy-status.ts';
import type { Lockfile, LockProblem } from '../model/lockfile.ts';
import { lockfileStatus } from '../model/lockfile-status.ts';
import { placeOf } from '../model/place-of.ts';
import { shownText } from '../model/shown-text.ts';
import { unreadLockfile } from '../model/unread-lockfile.ts';
import { copyAt } from '../npm-v1/copy-at.ts';
import { readDependencies } from '../npm-v1/read-dependencies.ts';
import { NESTED_VERSIONS, readNpmV1Tape } from '../npm-v1/read-npm-v1-lockfile.ts';
import { keepDifferences } from './copy-differences.ts';
import type { EntriesByKey } from './entries-by-key.ts';
import { followEdge } from './follow-edge.ts';
import { findMissingTargets } from './missing-targets.ts';
import type { NpmLockEntry } from './npm-lock-entry.ts';
import { isNpmLockfile, type NpmLockfile, type NpmLockfileKind } from './npm-lockfile.ts';
import { editedPackages, type ReadPackages, readPackages } from './read-packages.ts';
import { resolveInNodeModules } from './resolve-in-node-modules.ts';

/**
 * Reads a package-lock.json or npm-shrinkwrap.json of any version from any text. Entries are what npm would install:
 * for a duplicate key the last one, as in npm.
 */
export function readNpmLockfile(uri: Uri, text: string, format: NpmLockfileKind): Lockfile {
  return readNpmTape(uri, scanTolerantly(text), format);
}

/** The knowledge about a lockfile that survives an edit in the value of one of its packages. */
interface Kept {
  /** The key of that package, which is checked again. */
  readonly key: string;
  /** Missing dependencies of other packages; undefined if unknown. */
  readonly missing: readonly LockProblem[] | undefined;
}

/** @param known the packages, if known from an earlier text */
function readNpmTape(
  uri: Uri,
  tape: JsonTape,
  format: NpmLockfileKind,
  known?: ReadPackages,
  kept?: Kept,
): Lockfile {
  const { text } = tape;
  const root: Token = isObject(tape, 0) ? 0 : NONE;
  const formatVersion =
    root === NONE ? undefined : locatedScalar(tape, memberOf(tape, root, 'lockfileVersion'));
  const packages = root === NONE ? NONE : memberOf(tape, root, 'packages');
  const unreadable = (problem: ParseProblem): Lockfile =>
    unreadLockfile(uri, text, format, {
      status: 'unreadable',
      reason: `${placeOf(text, problem)}.`,
      problems: [problem],
      formatVersion,
    });

  if (root === NONE) {
    return unreadable(
      tape.problems[0] ?? { message: 'a lockfile must be an object', span: { start: 0, end: text.length } },
    );
  }
  if (!isObject(tape, packages) && isNested(tape, root, packages, formatVersion?.value)) {
    return readNpmV1Tape(uri, tape, format, readNpmTape);
  }
  const unsupported = unsupportedReason(formatVersion?.value);
  if (unsupported !== undefined) {
    return unreadLockfile(uri, text, format, { status: 'unsupported', reason: unsupported, formatVersion });
  }
  if (!isObject(tape, packages)) {
    return unreadable(tape.problems[0] ?? { message: 'it has no "packages"', span: tokenSpan(tape, root) });
  }

  const read = known ?? readPackages(tape, packages);
  const problems: LockProblem[] = [...tape.problems, ...read.problems, ...repeatedMembers(tape, root)];
  if (formatVersion === undefined && tape.problems.length === 0) {
    problems.push({ message: 'it has no "lockfileVersion"', span: tokenSpan(tape, root) });
  }
  problems.sort((a, b) => a.span.start - b.span.start);
  const first = problems[0];
  const guessed = isGuess(tape);
  if (first !== undefined && guessed && read.count === 0) return unreadable(first);
  const entriesTotal = guessed ? Math.max(read.total, countEntryKeys(text) - read.links.length) : read.total;
  const { byKey, importers } = read;
  let missing: readonly LockProblem[] | undefined;
  const judged = lazyStatus(() => {
    missing = guessed ? [] : missingTargets(tape, byKey, format, kept);
    const counts = { read: 1, entries: read.count - read.unversioned, total: entriesTotal };
    return lockfileStatus(text, [...problems, ...controlProblems(tape), ...missing], counts);
  });
  const lockfile: NpmLockfile = {
    kind: 'lockfile',
    format,
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
    get entries() {
      return read.entries();
    },
    entriesTotal,
    importers,
    links: read.links,
    recordsInstallScripts: true,
    recordsEdges: true,
    entry: (key) => byKey.get(key),
    resolve: memoizedResolve(byKey),
    follow: (from, edge) => followEdge(byKey, from, edge),
    edited(nextText, edit) {
      const next = editJsonTape(tape, nextText, edit);
      if (next === undefined) return undefined;
      const entry = entryAt(read.entries(), edit.start) as NpmLockEntry | undefined;
      const isInside =
        entry !== undefined &&
        tape.records[entry.objectToken]! < edit.start &&
        edit.oldEnd < tape.records[entry.objectToken + 1]!;
      if (!isInside) return readNpmTape(uri, next, format);
      const { key } = entry;
      const others = missing === undefined ? undefined : missingOfOthers(missing, entry, edit);
      const packagesNow = editedPackages(read, next, entry, edit);
      const after = readNpmTape(uri, next, format, packagesNow, { key, missing: others });
      if (isNpmLockfile(after)) keepDifferences(lockfile, after, key);
      return after;
    },
    member: (name) => locatedScalar(tape, memberOf(tape, root, name))?.value,
    copyAt: (key) => copyAt(tape, root, key),
    nestedCopy() {
      const nested = memberOf(tape, root, 'dependencies');
      // Copies are looked up by the path that they are written at.
      return isObject(tape, nested) ? readDependencies(tape, nested, [], { inFolders: false }) : undefined;
    },
  };
  return lockfile;
}

function missingTargets(
  tape: JsonTape,
  byKey: EntriesByKey,
  format: NpmLockfileKind,
  kept: Kept | undefined,
): readonly LockProblem[] {
  const isShrinkwrap = format === 'npm-shrinkwrap';
  const edited = kept === undefined ? undefined : byKey.get(kept.key);
  // A shrinkwrap of its own may hold what packages inside of it need.
  if (kept?.missing === undefined || edited === undefined || edited.hasShrinkwrap)
    return findMissingTargets(tape, byKey, isShrinkwrap);
  return [...kept.missing, ...findMissingTargets(tape, byKey, isShrinkwrap, edited)];
}

/** Undefined if not all are known, or if they may change with the entry. */
function missingOfOthers(
  missing: readonly LockProblem[],
  entry: NpmLockEntry,
  edit: TextChange,
): readonly LockProblem[] | undefined {
  const isAll = missing.length < MOST_MISSING && missing.every(({ kind }) => kind === 'missing');
  if (!isAll || entry.hasShrinkwrap) return undefined;
  const own = entry.span;
  return missing
    .filter(({ span }) => span.start < own.start || span.start >= own.end)
    .map((problem) => ({ ...problem, span: moveSpan(problem.span, edit) }));
}

/** Fewer than the limit of the search. */
const MOST_MISSING = 50;

/** A limit for the memoized results, because names that are typed letter by letter are looked up as well. */
const MOST_RESOLVED = 50_000;

/** Each edit of a manifest resolves each of its dependencies again. */
function memoizedResolve(byKey: EntriesByKey): Lockfile['resolve'] {
  const byImporter = new Map<string, Map<string, NpmLockEntry | null>>();
  let kept = 0;
  return (importerPath, name) => {
    if (kept >= MOST_RESOLVED) {
      byImporter.clear();
      kept = 0;
    }
    let resolved = byImporter.get(importerPath);
    if (resolved === undefined) {
      resolved = new Map();
      byImporter.set(importerPath, resolved);
    }
    let entry = resolved.get(name);
    if (entry === undefined) {
      entry = resolveInNodeModules(byKey, importerPath, name) ?? null;
      resolved.set(ownCopy(name), entry);
      kept++;
    }
    return entry ?? undefined;
  };
}

/**
 * Checks whether it is of npm 6 or earlier, which nest packages in `dependencies`; the first ones wrote no version.
 * Later ones read a file of their own version without `packages` in the same way.
 */
function isNested(tape: JsonTape, root: Token, packages: Token, version: string | undefined): boolean {
  if (version === '1') return true;
  const hasNested = isObject(tape, memberOf(tape, root, 'dependencies'));
  if (version === undefined) return hasNested;
  return NESTED_VERSIONS.has(version) && hasNested && packages === NONE && tape.problems.length === 0;
}

/**
 * Undefined for supported versions, and if there is none. Version 4 is 3 with npm 12's changes to packages: patches,
 * and members that packageExtensions or .npm-extension added.
 */
function unsupportedReason(version: string | undefined): string | undefined {
  if (version === undefined || version === '2' || version === '3' || version === '4') return undefined;
  if (version === '1') return 'it has "packages", which npm never writes with lockfileVersion 1.';
  const said = shownText(version, 20);
  return /^[1-9]\d{0,3}$/.test(version)
    ? `lockfileVersion ${said} is newer than 4, the latest supported one; update dephygiene.`
    : `lockfileVersion ${said} is not one that npm writes; run npm install --package-lock-only to rewrite the file.`;
}

/** Counts the keys of entries in a broken text: strings with `node_modules/`, a colon and an opening brace. */
function countEntryKeys(text: string): number {
  let found = 0;
  for (let at = text.indexOf('node_modules/'); at !== -1; at = text.indexOf('node_modules/', at)) {
    const quote = text.indexOf('"', at);
    if (quote === -1) break;
    if (/^"[ \t]*:[ \t\r\n]*\{/.test(text.slice(quote, quote + 40))) found++;
    at = quote;
  }
  return found;
}
