import type { Region } from './changed-regions.ts';

/** How far from a change the rest of its line is. */
const LINE = 256;
/** The members of a lockfile that have its entries; where npm 6 and earlier write them, any entry may have one as well. */
const SECTION = /["']?(?:packages|lockfileVersion)["']?\s*:|(?:^|\n)["']?(?:importers|snapshots)["']?\s*:/;
const DEPENDENCIES = /"dependencies"\s*:/g;
/** Comments, where a format has them, and the ends of documents in YAML. */
const HIDING = /\/\*|\*\/|(?:^|\n)(?:---|\.\.\.)/;

/** Without any of these, none of the others is there. */
const NAMED = /packages|lockfileVersion|importers|snapshots|dependencies|\/\*|\*\/|---|\.\.\./;

/**
 * Checks whether a change may decide on entries that are far from it: a member that has all of them, a brace without its
 * counterpart, or a comment over many lines. Whatever package managers write, an update of packages is none of that.
 * @param isNested returns whether "dependencies" is such a member, as in the formats of npm 6 and earlier
 */
export function changesStructure(
  before: Buffer,
  after: Buffer,
  region: Region,
  isNested: () => boolean,
): boolean {
  const old = linesOf(before, region.oldStart, region.oldEnd);
  const now = linesOf(after, region.start, region.end);
  const balance = balanceOf(old);
  if (balance === undefined || balanceOf(now) !== balance) return !old.equals(now);
  const [oldText, text] = [old.toString('latin1'), now.toString('latin1')];
  if (!(NAMED.test(oldText) || NAMED.test(text)) || oldText === text) return false;
  if (SECTION.test(oldText) !== SECTION.test(text) || HIDING.test(oldText) || HIDING.test(text)) return true;
  return countOf(oldText, DEPENDENCIES) !== countOf(text, DEPENDENCIES) && isNested();
}

/** Returns the lines of a part of a text, as far as they are near. */
function linesOf(text: Buffer, start: number, end: number): Buffer {
  const from = Math.max(0, start - LINE);
  const near = text.subarray(from, Math.min(text.length, end + LINE));
  let first = start - from;
  while (first > 0 && near[first - 1] !== NEW_LINE) first--;
  let last = end - from;
  while (last < near.length && near[last] !== NEW_LINE) last++;
  return near.subarray(first, last);
}

const [NEW_LINE, RETURN, QUOTE, BACKSLASH] = [0x0a, 0x0d, 0x22, 0x5c];
const [OPEN_BRACE, CLOSE_BRACE, OPEN_LIST, CLOSE_LIST] = [0x7b, 0x7d, 0x5b, 0x5d];
/** Quotes that begin no string, as its end is elsewhere. */
const MOST_OPEN = 100;

/**
 * Returns how many braces and brackets of a text have no counterpart. Undefined if one is in a string, or where strings
 * begin and end is not clear.
 */
function balanceOf(text: Buffer): number | undefined {
  let [balance, open] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const byte = text[at]!;
    if (byte === OPEN_BRACE || byte === OPEN_LIST) balance++;
    else if (byte === CLOSE_BRACE || byte === CLOSE_LIST) balance--;
    else if (byte === QUOTE) {
      const end = endOfString(text, at);
      if (end === undefined) {
        if (++open > MOST_OPEN) return undefined;
        continue;
      }
      for (let inside = at + 1; inside < end; inside++) if (isBrace(text[inside]!)) return undefined;
      at = end;
    }
  }
  return balance;
}

/** Returns the place of the quote that ends a string in the same line. */
function endOfString(text: Buffer, start: number): number | undefined {
  for (let at = start + 1; at < text.length; at++) {
    const byte = text[at]!;
    if (byte === QUOTE) return at;
    if (byte === NEW_LINE) return undefined;
    if (byte !== BACKSLASH) continue;
    const escaped = text[++at];
    if (escaped === undefined || escaped === NEW_LINE || escaped === RETURN) return undefined;
  }
  return undefined;
}

function isBrace(byte: number): boolean {
  return byte === OPEN_BRACE || byte === CLOSE_BRACE || byte === OPEN_LIST || byte === CLOSE_LIST;
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
