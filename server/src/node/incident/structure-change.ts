import type { Region } from './changed-regions.ts';

/** How far from a change the rest of its line is. */
const LINE = 256;
const STRING = /"(?:[^"\\\n]|\\.)*"/g;
const BRACE = /[{}[\]]/g;
/** The members of a lockfile that have its entries; where npm 6 and earlier write them, any entry may have one as well. */
const SECTION = /["']?(?:packages|lockfileVersion)["']?\s*:|(?:^|\n)["']?(?:importers|snapshots)["']?\s*:/;
const DEPENDENCIES = /"dependencies"\s*:/g;
/** Comments, where a format has them, and the ends of documents in YAML. */
const HIDING = /\/\*|\*\/|(?:^|\n)(?:---|\.\.\.)/;

/** Without any of these, none of the others is there. */
const DECIDES = /[{}[\]]|packages|lockfileVersion|importers|snapshots|dependencies|\/\*|\*\/|---|\.\.\./;

/**
 * Checks whether a change may decide on entries that are far from it: a member that has all of them, a brace without its
 * counterpart, or a comment over many lines. Whatever package managers write, an update of packages is none of that.
 * @param isNested whether "dependencies" is such a member, as in the formats of npm 6 and earlier
 */
export function changesStructure(before: Buffer, after: Buffer, region: Region, isNested: boolean): boolean {
  const old = linesOf(before, region.oldStart, region.oldEnd);
  const now = linesOf(after, region.start, region.end);
  if (old === now || !(DECIDES.test(old) || DECIDES.test(now))) return false;
  if (SECTION.test(old) !== SECTION.test(now) || HIDING.test(old) || HIDING.test(now)) return true;
  if (isNested && countOf(old, DEPENDENCIES) !== countOf(now, DEPENDENCIES)) return true;
  return balanceOf(old) !== balanceOf(now) || hasBraceInString(old) || hasBraceInString(now);
}

function linesOf(text: Buffer, start: number, end: number): string {
  const from = Math.max(0, start - LINE);
  const to = Math.min(text.length, end + LINE);
  const first = text.lastIndexOf(NEW_LINE, start - 1);
  const last = text.indexOf(NEW_LINE, end);
  return text.toString('latin1', first < from ? from : first + 1, last === -1 || last > to ? to : last);
}

const NEW_LINE = 10;

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** Returns how many braces and brackets of a text have no counterpart. */
function balanceOf(text: string): number {
  let balance = 0;
  for (const [brace] of text.replace(STRING, '').matchAll(BRACE))
    balance += brace === '{' || brace === '[' ? 1 : -1;
  return balance;
}

function hasBraceInString(text: string): boolean {
  return countOf(text, BRACE) !== countOf(text.replace(STRING, ''), BRACE);
}
