import { editJsonTape } from '../../text/json/edit-json-tape.ts';
import {
  isObject,
  isTrue,
  type JsonTape,
  memberOf,
  NONE,
  type Token,
  tokenSpan,
} from '../../text/json/json-tape.ts';
import type { Uri } from '../../text/paths/uri.ts';
import type { ParseProblem } from '../../text/problem.ts';
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
import { type Unread, unreadLockfile } from '../model/unread-lockfile.ts';
import type { NpmLockfileKind } from '../npm/npm-lockfile.ts';
import { findMissingTargets } from './missing-targets.ts';
import { NpmV1Entry } from './npm-v1-entry.ts';
import { readDependencies } from './read-dependencies.ts';
import { entryAt, linkTo, resolveNested } from './resolve-nested.ts';

/**
 * Reads a package-lock.json or npm-shrinkwrap.json of version 1, or of the time before versions (npm 2 to 4), from any
 * text: packages nested in `dependencies`. For a duplicate name the last one counts, as in npm.
 */
export function readNpmV1Lockfile(uri: Uri, text: string, format: NpmLockfileKind): NpmV1Lockfile {
  return readNpmV1Tape(uri, scanTolerantly(text), format);
}

type ReadTape = (uri: Uri, tape: JsonTape, format: NpmLockfileKind) => Lockfile;

/**
 * Reads the same from a text that was already scanned (tolerantly).
 * @param again reads the text after an edit, which may be of another version
 */
export function readNpmV1Tape(
  uri: Uri,
  tape: JsonTape,
  format: NpmLockfileKind,
  again: ReadTape = readNpmV1Tape,
): NpmV1Lockfile {
  const { text } = tape;
  const root: Token = isObject(tape, 0) ? 0 : NONE;
  const formatVersion = locatedScalar(tape, memberOf(tape, root, 'lockfileVersion'));
  const unreadable = (problem: ParseProblem): NpmV1Lockfile =>
    unreadV1(uri, text, format, {
      status: 'unreadable',
      reason: `${placeOf(text, problem)}.`,
      problems: [problem],
      formatVersion,
    });
  if (root === NONE) {
    const span = { start: 0, end: text.length };
    return unreadable(tape.problems[0] ?? { message: 'a lockfile must be an object', span });
  }
  if (formatVersion !== undefined && !NESTED_VERSIONS.has(formatVersion.value)) {
    const reason = `lockfileVersion ${shownText(formatVersion.value, 20)} is not one of nested dependencies.`;
    return unreadV1(uri, text, format, { status: 'unsupported', reason, formatVersion });
  }
  const dependencies = memberOf(tape, root, 'dependencies');
  if (dependencies !== NONE && !isObject(tape, dependencies)) {
    const problem = { message: '"dependencies" must be an object', span: tokenSpan(tape, dependencies) };
    return unreadable(tape.problems[0] ?? problem);
  }

  const problems: LockProblem[] = [...tape.problems, ...repeatedMembers(tape, root)];
  const nested = readDependencies(tape, dependencies, problems, { inFolders: true });
  const { numbers, total, recordsEdges, unversioned } = nested;
  problems.sort((a, b) => a.span.start - b.span.start);
  const first = problems[0];
  const guess = isGuess(tape);
  if (first !== undefined && guess && numbers.length === 0) return unreadable(first);
  const own = memberOf(tape, root, 'version') === NONE ? 0 : 1;
  const entriesTotal = guess ? Math.max(total, countVersions(text) - own) : total;
  const judged = lazyStatus(() => {
    const missing = guess ? [] : findMissingTargets(nested);
    const counts = { read: 1, entries: numbers.length - unversioned, total: entriesTotal };
    return lockfileStatus(text, [...problems, ...controlProblems(tape), ...missing], counts);
  });
  return {
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
      return nested.entries();
    },
    entriesTotal,
    importers: new Map(),
    links: [],
    recordsInstallScripts: false,
    recordsEdges: recordsEdges || isTrue(tape, memberOf(tape, root, 'requires')),
    entry: (key) => entryAt(nested, key),
    resolve(importerPath, name) {
      if (importerPath === '') return resolveNested(nested, undefined, name);
      const from = entryAt(nested, importerPath) ?? linkTo(nested, importerPath);
      return from === undefined ? undefined : resolveNested(nested, from, name);
    },
    follow: (from, edge) => (from instanceof NpmV1Entry ? resolveNested(nested, from, edge.name) : undefined),
    edited(after, edit) {
      const next = editJsonTape(tape, after, edit);
      return next === undefined ? undefined : again(uri, next, format);
    },
  };
}

/** The versions of which npm reads nested `dependencies` if there is nothing else. */
export const NESTED_VERSIONS: ReadonlySet<string> = new Set(['1', '2', '3']);

function unreadV1(uri: Uri, text: string, format: NpmLockfileKind, unread: Unread): NpmV1Lockfile {
  return {
    ...unreadLockfile(uri, text, format, unread),
    entries: [],
    entry: () => undefined,
    recordsEdges: false,
    follow: () => undefined,
  };
}

/** Counts the entries in a broken text: each has a version. */
function countVersions(text: string): number {
  return text.match(/"version"[ \t]*:/g)?.length ?? 0;
}

/**
 * A lockfile of npm 2 to 6. It records nothing that manifests declare: `importers` is empty, and `resolve` works for
 * any request of a manifest.
 */
export interface NpmV1Lockfile extends Lockfile {
  readonly entries: readonly NpmV1Entry[];
  entry(key: string): NpmV1Entry | undefined;
}
