import { packageNameProblem } from '../../manifest/package-name.ts';
import { wordPlaces } from '../../text/lines/word-places.ts';
import type { Span } from '../../text/span.ts';
import type { LockEntry, Lockfile } from '../model/lockfile.ts';

/**
 * A key that no package manager writes. path: it leads outside of its node_modules; name: not a valid package name;
 * prototype: a program that stores it in an object changes all objects; notation: such keys belong to another version
 * of pnpm's lockfile.
 */
export interface UnsafeKey {
  readonly kind: 'path' | 'name' | 'prototype' | 'notation';
  readonly key: string;
  readonly span: Span;
  /** Why it is not a valid name, as a clause. */
  readonly problem: string | null;
}

/**
 * Yields keys that may make a package manager write outside of node_modules, each once.
 * @param entries the entries of the lockfile to check
 */
export function* unsafeKeys(
  lockfile: Lockfile,
  entries: readonly LockEntry[] = lockfile.entries,
): Generator<UnsafeKey, void> {
  const seen = new Set<number>();
  for (const found of allUnsafeKeys(lockfile, entries)) {
    if (seen.has(found.span.start)) continue;
    seen.add(found.span.start);
    yield found;
  }
}

function* allUnsafeKeys(lockfile: Lockfile, entries: readonly LockEntry[]): Generator<UnsafeKey, void> {
  const isNpm = lockfile.format === 'package-lock' || lockfile.format === 'npm-shrinkwrap';
  const isBun = lockfile.format === 'bun';
  // Searching for so short a text is faster: it looks only for the first character, which is rare.
  if (mayHave(lockfile, '__p')) yield* prototypeKeys(lockfile.text);
  if ((isNpm || isBun) && mayHave(lockfile, '\\u')) yield* escapedPrototypeKeys(lockfile.text);
  if (isNpm) {
    for (const entry of [...lockfile.importers.values(), ...lockfile.links]) yield* unsafePath(entry);
  }
  for (const entry of entries) {
    if (isNpm && !isPlainPath(entry.key)) yield* unsafePath(entry);
    // Keys of Bun are folders below node_modules, and none goes up from there.
    if (isBun && !isSafePath(entry.key))
      yield { kind: 'path', key: entry.key, span: entry.keySpan, problem: null };
    if (!hasOrdinaryNames(entry)) {
      if (lockfile.format === 'pnpm' && isOtherNotation(entry.key))
        yield { kind: 'notation', key: entry.key, span: entry.keySpan, problem: null };
      else yield* unsafeNames(entry);
    }
  }
  if (lockfile.format === 'pnpm') yield* unsafeFolders(lockfile);
}

function mayHave(lockfile: Lockfile, word: string): boolean {
  return wordPlaces(lockfile, word)?.length !== 0;
}

function* prototypeKeys(text: string): Generator<UnsafeKey, void> {
  const key = '__proto__';
  for (let at = text.indexOf(key); at !== -1; at = text.indexOf(key, at + key.length)) {
    const quote = text[at - 1] === '"' || text[at - 1] === "'" ? text[at - 1]! : '';
    const start = at - quote.length;
    let end = at + key.length;
    if (!text.startsWith(quote, end) || (start > 0 && !/[\s{,]/.test(text[start - 1]!))) continue;
    end += quote.length;
    let colon = end;
    while (text[colon] === ' ' || text[colon] === '\t') colon++;
    if (text[colon] === ':') yield { kind: 'prototype', key, span: { start, end }, problem: null };
  }
}

/** The same key written with escapes, which a package manager decodes. None of them writes any. */
function* escapedPrototypeKeys(text: string): Generator<UnsafeKey, void> {
  for (const match of text.matchAll(/"((?:_|\\u005f|[prot]|\\u00[67][\da-f]){9})"[ \t]*:/gi)) {
    const word = match[1]!;
    if (!word.includes('\\') || JSON.parse(`"${word}"`) !== '__proto__') continue;
    const span = { start: match.index, end: match.index + word.length + 2 };
    yield { kind: 'prototype', key: '__proto__', span, problem: null };
  }
}

/** Folders outside of the lockfile's own are linked by paths that begin with `../`; no other key goes up. */
function* unsafePath({ key, keySpan }: LockEntry): Generator<UnsafeKey, void> {
  if (isPlainPath(key)) return;
  const below = key.replace(/^(?:\.\.\/)*/, '').replace(/^\.\.$/, '');
  if (isSafePath(below)) return;
  yield { kind: 'path', key, span: keySpan, problem: null };
}

function isPlainPath(path: string): boolean {
  return !path.includes('..') && !path.includes('\\') && !/^(?:\/|[a-z]:)/i.test(path);
}

function isSafePath(path: string): boolean {
  if (/^(?:[\\/]|[a-z]:)/i.test(path)) return false;
  return !path.split(/[\\/]/).includes('..');
}

/** Checks the folder that it is installed in, and the name requested from the registry. */
function* unsafeNames(entry: LockEntry): Generator<UnsafeKey, void> {
  const { name, alias } = entry;
  for (const key of alias === undefined ? [name] : [alias, name]) {
    const problem = packageNameProblem(key);
    if (problem === undefined) continue;
    const kind = isSafePath(key) ? 'name' : 'path';
    yield { kind, key, span: entry.keySpan, problem };
  }
}

/**
 * Checks for `/a@1.0.0`, `/a/1.0.0` and `a@1.0.0`, optionally after a registry's host and followed by peers: each
 * belongs to some version of the lockfile.
 */
function isOtherNotation(key: string): boolean {
  if (key.length > LONGEST_PLAIN_KEY || key.includes('..')) return false;
  return /^(?:[\w-]+(?:\.[\w-]+)+(?::\d+)?)?\/?(?:@[\w.~-]+\/)?[\w~][\w.~-]*[@/]\d+\.\d+\.\d[\w.+-]*(?:[(_].*)?$/.test(
    key,
  );
}

const LONGEST_PLAIN_KEY = 500;

/** Recognizes nearly all entries without allocating an empty list for each. */
function hasOrdinaryNames({ source, name, alias }: LockEntry): boolean {
  if (source !== 'registry') return true;
  return (
    packageNameProblem(name) === undefined && (alias === undefined || packageNameProblem(alias) === undefined)
  );
}

/** pnpm names folders in the dependents: a dependency called `../../x` was once installed there. */
function* unsafeFolders(lockfile: Lockfile): Generator<UnsafeKey, void> {
  for (const importer of lockfile.importers.values()) {
    for (const { name, nameSpan } of importer.edges) {
      if (!isSafePath(name)) yield { kind: 'path', key: name, span: nameSpan, problem: null };
    }
  }
  const { text } = lockfile;
  for (let at = text.indexOf('..'); at !== -1; ) {
    const start = text.lastIndexOf('\n', at) + 1;
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline;
    yield* unsafeFolder(text.slice(start, end), start);
    at = text.indexOf('..', end);
  }
}

/** A dependency of a package is nested below at least two keys. Keys of importers are folders, and may go up. */
function* unsafeFolder(line: string, start: number): Generator<UnsafeKey, void> {
  const match = /^( {6,})((["']?)([^\s"':#]{1,214})\3):(?=[ \r]|$)/.exec(line.slice(0, 1000));
  if (match === null || isSafePath(match[4]!)) return;
  const from = start + match[1]!.length;
  yield { kind: 'path', key: match[4]!, span: { start: from, end: from + match[2]!.length }, problem: null };
}
