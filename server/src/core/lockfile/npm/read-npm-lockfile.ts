import {
  decodeString,
  isObject,
  type JsonTape,
  memberOf,
  NONE,
  nextSibling,
  RECORD,
  type Token,
  tokenSpan,
  valueToken,
} from '../../text/json-tape.ts';
import { ownCopy } from '../../text/own-copy.ts';
import type { ParseProblem } from '../../text/problem.ts';
import type { Uri } from '../../text/uri.ts';
import { isGuess, locatedScalar, scanTolerantly } from '../json-lock-text.ts';
import type { LockEntry, Lockfile } from '../lockfile.ts';
import { readNpmV1Tape } from '../npm-v1/read-npm-v1-lockfile.ts';
import { placeOf } from '../place-of.ts';
import { unreadLockfile } from '../unread-lockfile.ts';
import { followEdge } from './follow-edge.ts';
import { isInNodeModules, NpmLockEntry } from './npm-lock-entry.ts';
import { resolveInNodeModules } from './resolve-in-node-modules.ts';

export type NpmLockfileKind = 'package-lock' | 'npm-shrinkwrap';

/**
 * Reads a package-lock.json or npm-shrinkwrap.json of any version from any text. Entries are what npm would install: of a
 * key that stands twice the last one, as for npm.
 */
export function readNpmLockfile(uri: Uri, text: string, format: NpmLockfileKind): Lockfile {
  const tape = scanTolerantly(text);
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
      tape.problems[0] ?? { message: 'a lockfile is an object', span: { start: 0, end: text.length } },
    );
  }
  if (!isObject(tape, packages) && isNested(tape, root, formatVersion?.value)) {
    return readNpmV1Tape(uri, tape, format);
  }
  const unsupported = unsupportedReason(formatVersion?.value);
  if (unsupported !== undefined) {
    return unreadLockfile(uri, text, format, { status: 'unsupported', reason: unsupported, formatVersion });
  }
  if (!isObject(tape, packages)) {
    return unreadable(tape.problems[0] ?? { message: 'it has no "packages"', span: tokenSpan(tape, root) });
  }

  const read = readPackages(tape, packages);
  const problems: ParseProblem[] = [...tape.problems, ...read.problems];
  if (formatVersion === undefined && tape.problems.length === 0) {
    problems.push({ message: 'it has no "lockfileVersion"', span: tokenSpan(tape, root) });
  }
  problems.sort((a, b) => a.span.start - b.span.start);
  const first = problems[0];
  const guessed = isGuess(tape);
  if (first !== undefined && guessed && read.entries.length === 0) return unreadable(first);
  const entriesTotal = guessed ? Math.max(read.total, countEntryKeys(text) - read.links.length) : read.total;
  const { byKey, importers, entries } = read;
  return {
    kind: 'lockfile',
    format,
    uri,
    text,
    formatVersion,
    status: first === undefined ? 'checked' : 'partial',
    reason:
      first === undefined
        ? undefined
        : `${placeOf(text, first)}; ${entries.length} of ${entriesTotal} entries were read.`,
    problems,
    entries,
    entriesTotal,
    importers,
    links: read.links,
    recordsInstallScripts: true,
    recordsEdges: true,
    entry: (key) => byKey.get(key),
    resolve: rememberedResolve(byKey),
    follow: (from, edge) => followEdge(byKey, from, edge),
  };
}

/** Names that are typed letter by letter are asked for as well, so what is remembered has an end. */
const MOST_RESOLVED = 50_000;

/** Each edit of a manifest asks again for what each of its dependencies resolves to. */
function rememberedResolve(byKey: ReadonlyMap<string, NpmLockEntry>): Lockfile['resolve'] {
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

interface ReadPackages {
  readonly byKey: ReadonlyMap<string, NpmLockEntry>;
  readonly importers: ReadonlyMap<string, LockEntry>;
  readonly entries: readonly LockEntry[];
  /** Entries that stand in `packages`, understood or not. */
  readonly total: number;
  /** npm's links to members and other folders. */
  readonly links: readonly NpmLockEntry[];
  readonly problems: readonly ParseProblem[];
}

function readPackages(tape: JsonTape, packages: Token): ReadPackages {
  const byKey = new Map<string, NpmLockEntry>();
  const importers = new Map<string, LockEntry>();
  const problems: ParseProblem[] = [];
  const end = nextSibling(tape, packages);
  let total = 0;
  const links: NpmLockEntry[] = [];
  let hasDuplicates = false;
  let entries: NpmLockEntry[] = [];
  for (let token = packages + RECORD; token < end; token = nextSibling(tape, token)) {
    const key = decodeString(tape, token);
    const inNodeModules = isInNodeModules(key);
    const value = valueToken(tape, token);
    if (!isObject(tape, value) || (inNodeModules && tape.unclosed.has(value))) {
      if (inNodeModules) total++;
      if (!isObject(tape, value))
        problems.push({ message: 'an entry is an object', span: tokenSpan(tape, token) });
      continue;
    }
    const entry = new NpmLockEntry(tape, token, key, inNodeModules);
    if (entry.malformed !== NONE) {
      problems.push({ message: 'this value has the wrong type', span: tokenSpan(tape, entry.malformed) });
    }
    const before = byKey.size;
    byKey.set(key, entry);
    if (byKey.size === before) {
      hasDuplicates = true;
      problems.push({
        message: `"${key}" stands twice, and npm takes the last`,
        span: tokenSpan(tape, token),
      });
    }
    if (!inNodeModules) importers.set(key, entry);
    else if (!entry.isLink) entries.push(entry);
    else links.push(entry);
  }
  if (hasDuplicates) entries = entries.filter((entry) => byKey.get(entry.key) === entry);
  return { byKey, importers, entries, total: total + entries.length, links, problems };
}

/** Whether it is of npm 6 or earlier, which nest packages in `dependencies`; the first ones wrote no version. */
function isNested(tape: JsonTape, root: Token, version: string | undefined): boolean {
  if (version === '1') return true;
  return version === undefined && isObject(tape, memberOf(tape, root, 'dependencies'));
}

/** Undefined for the versions that are read, and where there is none. */
function unsupportedReason(version: string | undefined): string | undefined {
  if (version === undefined || version === '2' || version === '3') return undefined;
  return `lockfileVersion ${version.slice(0, 20)} is not read yet.`;
}

/** How many keys of entries a broken text has anywhere: strings with `node_modules/`, a colon and an opening brace. */
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
