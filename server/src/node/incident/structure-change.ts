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
/** Quotes that begin no string, as its end is elsewhere. */
const MOST_UNCLOSED = 100;

/** What a byte is outside of strings; most are nothing. */
const [OPENING, CLOSING, BEGINNING] = [1, 2, 3] as const;
const KINDS = new Uint8Array(256);
for (const byte of Buffer.from('{[')) KINDS[byte] = OPENING;
for (const byte of Buffer.from('}]')) KINDS[byte] = CLOSING;
KINDS[QUOTE!] = BEGINNING;

/**
 * Returns how many braces and brackets of a text have no counterpart. Undefined if one is in a string, or where strings
 * begin and end is not clear.
 */
function balanceOf(text: Buffer): number | undefined {
  let [balance, unclosed] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const kind = KINDS[text[at]!]!;
    if (kind === 0) continue;
    if (kind === OPENING) balance++;
    else if (kind === CLOSING) balance--;
    else {
      const end = endOfString(text, at);
      if (end === BRACE) return undefined;
      if (end !== UNCLOSED) at = end;
      else if (++unclosed > MOST_UNCLOSED) return undefined;
    }
  }
  return balance;
}

const [UNCLOSED, BRACE] = [-1, -2] as const;

/** Returns the place of the quote that ends a string in the same line, if no brace is before it. */
function endOfString(text: Buffer, start: number): number {
  let hasBrace = false;
  for (let at = start + 1; at < text.length; at++) {
    const byte = text[at]!;
    if (byte === QUOTE) return hasBrace ? BRACE : at;
    if (byte === NEW_LINE) return UNCLOSED;
    if (byte === BACKSLASH) {
      const escaped = text[++at];
      if (escaped === undefined || escaped === NEW_LINE || escaped === RETURN) return UNCLOSED;
      if (KINDS[escaped]! > 0 && escaped !== QUOTE) hasBrace = true;
    } else if (KINDS[byte]! > 0) hasBrace = true;
  }
  return UNCLOSED;
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
