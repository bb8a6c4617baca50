import type { Span } from '../../text/span.ts';
import { entryAt } from '../faults/entries-mentioning.ts';
import { recordOf } from '../record/lock-record.ts';
import { yarnGeneration } from '../yarn/yarn-generation.ts';
import type { LockEntry, Lockfile } from './lockfile.ts';

/** A command that a package adds to `node_modules/.bin`, according to the lockfile. */
export interface LockedCommand {
  readonly entry: LockEntry;
  /** As written; for a package with a single command, the name of the package. */
  readonly name: string;
  /** The token that names it. */
  readonly span: Span;
}

/** Checks whether the lockfile records the commands of packages: those of pnpm, Yarn 1 and npm up to 6 do not. */
export function recordsCommands(lockfile: Lockfile): boolean {
  switch (lockfile.format) {
    case 'package-lock':
    case 'npm-shrinkwrap':
      return lockfile.recordsInstallScripts;
    case 'yarn':
      return yarnGeneration(lockfile) !== 'classic';
    case 'pnpm':
      return false;
    case 'bun':
      return true;
  }
}

/** Checks whether the lockfile tells which packages have commands, if not what they are called. */
export function tellsCommands(lockfile: Lockfile): boolean {
  return lockfile.format === 'pnpm' || recordsCommands(lockfile);
}

/** Checks whether a package of such a lockfile may have commands: pnpm records which have any. */
export function mayHaveCommands(entry: LockEntry, { format }: Lockfile): boolean {
  return format !== 'pnpm' || (recordOf(entry).details.bin?.size ?? 0) > 0;
}

/**
 * Yields the commands of packages, in source order. Searches the text, because few entries have any and decoding the
 * others would take longer. pnpm and Yarn 1 do not record them.
 * @param looked the entries whose commands are wanted
 */
export function* lockedCommands(
  lockfile: Lockfile,
  looked: readonly LockEntry[] = lockfile.entries,
): Generator<LockedCommand, void> {
  const { format, text, entries } = lockfile;
  if (format === 'pnpm') return;
  const isYarn = format === 'yarn';
  // The word itself may be written with escapes.
  const key = isYarn ? /\n {2}"?bin"?:[ \t]*\r?(?=\n)/g : /"(?:b|\\u0062)(?:i|\\u0069)(?:n|\\u006[eE])"\s*:/g;
  // Members are linked like packages. The commands of the root are linked nowhere in the project.
  const members = [...lockfile.importers].flatMap(([path, importer]) => (path === '' ? [] : [importer]));
  for (const { index, end: at } of matchesIn(
    text,
    key,
    looked.length < entries.length ? [...looked, ...members] : undefined,
  )) {
    const found = isYarn ? inLines(text, at) : inJson(text, at);
    if (found.length === 0) continue;
    const isAround = ({ span: { start, end } }: LockEntry) => start <= index + 1 && index + 1 < end;
    const first = entryAt(entries, index + 1) ?? members.find(isAround);
    if (first === undefined) continue;
    for (const { name, span } of found) {
      yield { entry: first, name: name ?? first.name.slice(first.name.lastIndexOf('/') + 1), span };
    }
  }
}

/** Searches the whole text, or that of some entries. */
function* matchesIn(
  text: string,
  key: RegExp,
  within: readonly LockEntry[] | undefined,
): Generator<{ readonly index: number; readonly end: number }, void> {
  for (const { start, end } of within?.map(({ span }) => span) ?? [{ start: 0, end: text.length }]) {
    const part = within === undefined ? text : text.slice(start, end);
    for (const { index, 0: word } of part.matchAll(key)) {
      yield { index: start + index, end: start + index + word.length };
    }
  }
}

interface Token {
  /** Undefined for the name of the package. */
  readonly name: string | undefined;
  readonly span: Span;
}

/** Returns the keys of the object that begins there; a string is the target of the package's own command. */
function inJson(text: string, from: number): readonly Token[] {
  const found: Token[] = [];
  let at = behindBlank(text, from);
  if (text[at] === '"') return [{ name: undefined, span: { start: at, end: stringEnd(text, at) } }];
  if (text[at] !== '{') return found;
  for (at = behindBlank(text, at + 1); text[at] === '"'; ) {
    const end = stringEnd(text, at);
    found.push({ name: decoded(text.slice(at, end)), span: { start: at, end } });
    at = behindBlank(text, end);
    if (text[at] !== ':') break;
    at = behindBlank(text, at + 1);
    if (text[at] !== '"') break;
    at = behindBlank(text, stringEnd(text, at));
    if (text[at] === ',') at = behindBlank(text, at + 1);
  }
  return found;
}

function behindBlank(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 32) at++;
  return at;
}

function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== 34) at += text.charCodeAt(at) === 92 ? 2 : 1;
  return Math.min(at + 1, text.length);
}

function decoded(token: string): string {
  if (!token.includes('\\')) return token.slice(1, -1);
  try {
    return String(JSON.parse(token));
  } catch {
    return token.slice(1, -1);
  }
}

/** Returns the keys of the following lines that are indented more. */
function inLines(text: string, from: number): readonly Token[] {
  const found: Token[] = [];
  const line = /\n {4}("(?:[^"\\\n]|\\.)*"|[^\s:][^:\n]*):[^\n]*/y;
  line.lastIndex = from;
  for (let match = line.exec(text); match !== null; match = line.exec(text)) {
    const start = match.index + 5;
    const token = match[1]!;
    const name = token.startsWith('"') ? decoded(token) : token;
    found.push({ name, span: { start, end: start + token.length } });
  }
  return found;
}
