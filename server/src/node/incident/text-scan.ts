import type { BadVersions } from '../../core/know/incident/bad-versions.ts';
import { changedRegions, type Region } from './changed-regions.ts';
import { entryAround, type Part } from './entry-around.ts';
import { createEntryPlaces, type PlacedEntry } from './entry-places.ts';
import { type LargeEntryCheck, largeEntryCheck } from './large-entry.ts';
import { createNumberSet, type NumberSet } from './number-set.ts';
import { changesStructure } from './structure-change.ts';
import { ALONE, NAME, VERSION, type Wanted, type WantedWords, wantedWords } from './wanted-words.ts';
import { createWordPlaces } from './word-places.ts';
import { isWordByte, wordEnd, wordStart } from './word-table.ts';

/**
 * none: the lockfile locks no bad version. some: it may, and has to be parsed. same: what changed since the last text
 * concerns none of the packages, so the verdict is that of the last text.
 */
export type ScanResult = 'none' | 'some' | 'same';

/** Decides by the bytes of a lockfile whether it can lock a bad version, without parsing it. */
export interface TextScan {
  /** @param isWhole whether the result is by all of the text, whatever the last one was */
  scan(bytes: Buffer, isBinary: boolean, isWhole?: boolean): ScanResult;
  /**
   * Returns the entries that have a bad version and the name of its package, of the text that was scanned last; all bytes
   * that decide on the verdict. Undefined if only parsing can find them.
   */
  entries(bytes: Buffer): readonly Part[] | undefined;
}

const BOTH = NAME! | VERSION!;
/** The texts that are only compared with the one before. */
const FRESH_AFTER = 200;
/** How far from a change the name and the version of the same entry are searched: entries have a few hundred bytes. */
const AROUND = 1024;
/** How far from a change the same entry is, if neither its name nor its version changed. */
const CLOSE = 512;
/** A change at the beginning, where the version of the format is, or as large as this may change how all is read. */
const HEAD = 512;
const LARGE = 64 * 1024;

/**
 * Prepares scans. A text that names a package, and has one of the bad versions anywhere, has to be parsed. Names and
 * versions may be written with escapes, which no package manager does: a text with such escapes has to be parsed as well.
 * Texts in the
 * order of a history differ little, so a scan searches only what changed since its last text, and from time to time all.
 */
export function prepareTextScan(bad: BadVersions): () => TextScan {
  const words = wantedWords(bad);
  const isInLargeEntry = largeEntryCheck(words, AROUND);
  return () => startScan(words, isInLargeEntry);
}

function startScan(
  { table, named, kinds, odd, all }: WantedWords,
  isInLargeEntry: LargeEntryCheck,
): TextScan {
  let before: Buffer = Buffer.alloc(0);
  let age = FRESH_AFTER;
  const places = createWordPlaces(table);
  const known = createEntryPlaces();
  const near = createNumberSet(table.size);
  const found = createNumberSet(table.size);
  const isPairIn =
    ({ has }: NumberSet) =>
    ({ numbers }: Wanted) =>
      numbers === undefined || numbers.some(has);
  const isPairNear = isPairIn(near);
  const isPairFound = isPairIn(found);
  /** Notes the words of the whole text. */
  const findAll = (bytes: Buffer) => {
    found.clear();
    for (const number of places.between(0, bytes.length)) found.add(number);
  };

  /** Finds the words of a text, and returns how it differs from the last one; undefined if that is not known. */
  const findWords = (bytes: Buffer, isWhole: boolean): readonly Region[] | undefined => {
    const regions = age < FRESH_AFTER ? changedRegions(before, bytes) : undefined;
    if (regions === undefined) {
      age = 0;
      known.clear();
      places.start(bytes);
    } else {
      age++;
      if (isWhole) known.clear();
      else known.change(regions);
      places.change(before, bytes, regions);
    }
    return regions;
  };
  /** Copies the text. What did not change and is where it was is there already. */
  const keepText = (bytes: Buffer, regions: readonly Region[] | undefined) => {
    const isNew = regions === undefined || before.buffer.byteLength < bytes.length;
    if (before.buffer.byteLength < bytes.length) before = Buffer.allocUnsafeSlow(bytes.length * 2);
    before = Buffer.from(before.buffer, 0, bytes.length);
    if (isNew) bytes.copy(before);
    let [from, shift] = [0, 0];
    for (const { start, end, oldEnd } of isNew ? [] : regions) {
      const first = shift === 0 ? start : from;
      bytes.copy(before, first, first, end);
      [from, shift] = [end, end - oldEnd];
    }
    // The last region is at the end, unless all behind it changed.
    if (shift !== 0) bytes.copy(before, from, from);
  };
  /**
   * Checks whether changes may be in an entry of a bad version, before or after them, or close to one, as they may change
   * where it is from.
   */
  const concerns = (bytes: Buffer, { start, end, oldStart, oldEnd }: Region): boolean => {
    const [from, to] = [Math.max(0, start - AROUND), Math.min(bytes.length, end + AROUND)];
    const parts = [bytes.subarray(from, to), before.subarray(oldStart, oldEnd)];
    if (parts.some((part) => hasConflict(part) || hasEscapedWords(part))) return true;
    if (odd.some(({ part }) => parts.some((each) => each.includes(part)))) return true;
    const words = places.between(wordStart(bytes, from), wordEnd(bytes, to));
    const oldWords = places.betweenBefore(wordStart(before, oldStart), wordEnd(before, oldEnd));
    let kind = 0;
    for (const number of words) kind |= kinds[number]!;
    for (const number of oldWords) kind |= kinds[number]!;
    if ((kind & ALONE) === 0 && (kind & BOTH) !== BOTH) return false;
    near.clear();
    for (const number of words) near.add(number);
    for (const number of oldWords) near.add(number);
    let whole: readonly Buffer[] | undefined;
    const isNamed = ({ name, part }: Wanted) => {
      if (name === part) return true;
      whole ??= [parts[0]!, before.subarray(Math.max(0, oldStart - AROUND), oldEnd + AROUND)];
      return whole.some((each) => each.includes(name) || !hasPlainSlashes(each));
    };
    const packages = new Set<Wanted>();
    for (const list of [words, oldWords])
      for (const number of list)
        for (const each of named[number] ?? [])
          if (isPairNear(each) && !packages.has(each) && isNamed(each)) packages.add(each);
    if (packages.size === 0) return false;
    return (
      hasEntryNear(bytes, start, end, packages, places.between) ||
      hasEntryNear(before, oldStart, oldEnd, packages, places.betweenBefore)
    );
  };
  /**
   * Checks whether the lines around a part of a text state a bad version of one of the packages, and any of them is close:
   * in a line with the name, or in a line for the version alone.
   */
  const hasEntryNear = (
    text: Buffer,
    start: number,
    end: number,
    packages: ReadonlySet<Wanted>,
    wordsBetween: (start: number, end: number) => Int32Array,
  ): boolean => {
    const names = new Map<Wanted, boolean>();
    const versions = new Map<Wanted, boolean>();
    for (const [from, to] of linesAround(text, start, end)) {
      const words = wordsBetween(wordStart(text, from), wordEnd(text, to));
      if (words.length === 0) continue;
      const isClose = from <= end + CLOSE && to >= start - CLOSE;
      near.clear();
      const ofLine = new Set<Wanted>();
      for (const number of words) {
        near.add(number);
        for (const each of named[number] ?? []) ofLine.add(each);
      }
      const isOfVersion = isVersionLine(text, from, to);
      for (const each of packages) {
        const [isNamed, hasVersion] = [ofLine.has(each), isPairNear(each)];
        if (isNamed && hasVersion && isClose) return true;
        if (isNamed) names.set(each, isClose || names.get(each) === true);
        if (hasVersion && isOfVersion) versions.set(each, isClose || versions.get(each) === true);
      }
    }
    return [...names].some(
      ([each, isClose]) => versions.has(each) && (isClose || versions.get(each) === true),
    );
  };
  return {
    scan(bytes, isBinary, isWhole = false) {
      // Strings of binary files have no bytes between them, and versions are numbers.
      if (isBinary) return all.some(({ name }) => bytes.includes(name)) ? 'some' : 'none';
      const regions = findWords(bytes, isWhole);
      const isSame =
        !isWhole &&
        regions !== undefined &&
        !regions.some(changesMuch) &&
        !joinedRegions(regions).some(
          (region) =>
            concerns(bytes, region) || changesStructure(before, bytes, region, () => isNested(bytes)),
        ) &&
        !regions.some(
          (region) =>
            isInLargeEntry(bytes, region, places.list()) ||
            isInLargeEntry(before, { start: region.oldStart, end: region.oldEnd }, places.listBefore()),
        );
      keepText(bytes, regions);
      if (isSame) return 'same';
      if (hasEscapedWords(bytes)) return 'some';
      const isPlain = hasPlainSlashes(bytes);
      const isNamedAt = (at: number, { name, part }: Wanted) => {
        const start = at - (name.length - part.length);
        return !isPlain || name === part || bytes.toString('latin1', start, at + part.length) === name;
      };
      findAll(bytes);
      const isWanted = (at: number, number: number) =>
        (kinds[number]! & ~VERSION!) !== 0 &&
        named[number]!.some((each) => isPairFound(each) && isNamedAt(at, each));
      if (places.some(isWanted)) return 'some';
      const isThere = ({ name, part, versions }: Wanted) =>
        bytes.includes(isPlain ? name : part) &&
        (versions === undefined || versions.some((version) => bytes.includes(version)));
      return odd.some(isThere) ? 'some' : 'none';
    },
    entries(bytes) {
      if (hasConflict(bytes) || hasEscapedWords(bytes)) return undefined;
      findAll(bytes);
      const byVersion = new Map<number, Set<Wanted>>();
      for (const name of found.values())
        for (const each of named[name] ?? [])
          for (const version of each.numbers ?? [ANY]) {
            if (version !== ANY && !found.has(version)) continue;
            const packages = byVersion.get(version);
            if (packages === undefined) byVersion.set(version, new Set([each]));
            else packages.add(each);
          }
      if (byVersion.has(ANY)) return undefined;
      const parts = new Map<number, Part>();
      // Where a version is in the same large entry again and again, parsing is faster.
      let left = MOST_TIMES * bytes.length;
      const entryAt = (at: number): Part | undefined => {
        const entry = left < 0 ? undefined : entryAround(bytes, at);
        left -= entry === undefined ? 0 : entry.end - entry.start;
        return entry;
      };
      const isIn = (own: Buffer, { name, part }: Wanted) =>
        own.includes(name) || (!hasPlainSlashes(own) && own.includes(part));
      const kept: PlacedEntry[] = [];
      const isOutside = places.some((place, number) => {
        const wanted = (kinds[number]! & VERSION!) === 0 ? undefined : byVersion.get(number);
        if (wanted === undefined) return false;
        let entry = known.of(place, number);
        if (entry === undefined) {
          const around = entryAt(place);
          if (around === undefined) return true;
          const own = bytes.subarray(around.start, around.end);
          const isNamed = places
            .list()
            .someBetween(
              around.start,
              around.end,
              (_, word) => named[word]?.some((each) => wanted.has(each) && isIn(own, each)) === true,
            );
          const from = bytes.lastIndexOf(NEW_LINE, around.start - 1) + 1;
          const behind = bytes.indexOf(NEW_LINE, around.end);
          const to = behind === -1 ? bytes.length : behind + 1;
          entry = { place, number, isNamed, start: around.start, end: around.end, from, to };
        }
        kept.push(entry);
        if (entry.isNamed) parts.set(entry.start, entry);
        return false;
      });
      if (isOutside) return undefined;
      known.keep(kept);
      for (const each of odd) {
        if (each.versions === undefined && bytes.includes(each.part)) return undefined;
        for (const version of each.versions ?? [])
          for (const at of placesOf(bytes, version)) {
            const entry = entryAt(at);
            if (entry === undefined) return undefined;
            const own = bytes.subarray(entry.start, entry.end);
            if (isIn(own, each)) parts.set(entry.start, entry);
          }
      }
      return [...parts.values()];
    },
  };
}

/** Stands for a range, of which any version may be. */
const ANY = -1;
/** How often the bytes of a text are searched for entries. */
const MOST_TIMES = 4;
const [DOT, ZERO, NINE] = [0x2e, 0x30, 0x39];

/** Yields where a version is, and no other one of which it is a part. */
function* placesOf(bytes: Buffer, version: string): Generator<number> {
  const isDigit = (byte: number | undefined) => byte !== undefined && byte >= ZERO && byte <= NINE;
  for (let at = bytes.indexOf(version); at !== -1; at = bytes.indexOf(version, at + 1)) {
    const [before, behind] = [bytes[at - 1], bytes[at + version.length]];
    if (!isDigit(before) && before !== DOT && !isDigit(behind)) yield at;
  }
}

const NEW_LINE = 10;

/** Yields the lines that overlap a part of a text or the bytes around it, the first and last of which may be cut. */
function* linesAround(
  text: Buffer,
  start: number,
  end: number,
): Generator<readonly [from: number, to: number]> {
  const last = Math.min(text.length, end + AROUND);
  for (let from = Math.max(0, start - AROUND); from < last; ) {
    const found = text.indexOf(NEW_LINE, from);
    const to = found === -1 || found >= last ? last : found + 1;
    yield [from, to];
    from = to;
  }
}

/** Checks whether a line has no other word before its version than `version`: others name the package that has it. */
function isVersionLine(text: Buffer, from: number, to: number): boolean {
  let start = from;
  while (start < to && !isWordByte(text[start]!)) start++;
  let end = start;
  while (end < to && isWordByte(text[end]!)) end++;
  const word = text.toString('latin1', start, end);
  return word === 'version' || /^v?\d+\.\d+\.\d/.test(word);
}

/** Checks for the formats in which npm 6 and earlier find packages. */
function isNested(bytes: Buffer): boolean {
  const head = bytes.toString('latin1', 0, HEAD);
  return head.trimStart().startsWith('{') && !/"lockfileVersion"\s*:\s*[3-9]/.test(head);
}

function changesMuch({ start, end, oldStart, oldEnd }: Region): boolean {
  return start < HEAD || end - start > LARGE || oldEnd - oldStart > LARGE;
}

/** An update changes version, address and hash of an entry, around which are the same bytes. */
const MOST_JOINED = 2048;

/** Returns changes that are close to each other as one. */
function joinedRegions(regions: readonly Region[]): readonly Region[] {
  const joined: Region[] = [];
  for (const region of regions) {
    const last = joined.at(-1);
    if (last !== undefined && region.end - last.start <= MOST_JOINED)
      joined[joined.length - 1] = { ...last, end: region.end, oldEnd: region.oldEnd };
    else joined.push(region);
  }
  return joined;
}

const CONFLICT = Buffer.from('<<<<<<<');
const LESS = 0x3c;
const BACKSLASH = 0x5c;
const PERCENT = 0x25;
/** What begins an escape of a letter, or of a line end within a word. */
const HIDING: ReadonlySet<number> = new Set([...'uUx\r\n'].map((each) => each.charCodeAt(0)));

/** A search for a byte begins faster than one for a text. */
function hasConflict(bytes: Buffer): boolean {
  const first = bytes.indexOf(LESS);
  return first !== -1 && bytes.includes(CONFLICT, first);
}

/** Checks that no slash is written as `%2f` or `\/`. */
function hasPlainSlashes(bytes: Buffer): boolean {
  return !ESCAPED_SLASHES.some((each) => bytes.includes(each));
}

const ESCAPED_SLASHES: readonly Buffer[] = [Buffer.from('%2'), Buffer.from('\\/')];

/** Checks for escapes that can hide a letter of a word: `\u0061`, `\x61`, a folded line, `%61`. */
function hasEscapedWords(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(BACKSLASH); at !== -1; at = bytes.indexOf(BACKSLASH, at + 2))
    if (HIDING.has(bytes[at + 1]!)) return true;
  for (let at = bytes.indexOf(PERCENT); at !== -1; at = bytes.indexOf(PERCENT, at + 1)) {
    const [high, low] = [digitOf(bytes[at + 1]), digitOf(bytes[at + 2])];
    if (high !== NONE && isWordByte(low === NONE ? high : high * 16 + low)) return true;
  }
  return false;
}

const NONE = -1;
const CAPITAL = 0x20;
const [SMALL_A, SMALL_F] = [0x61, 0x66];

/** Returns the value of a hexadecimal digit. */
function digitOf(byte: number | undefined): number {
  if (byte === undefined) return NONE;
  if (byte >= ZERO! && byte <= NINE!) return byte - ZERO!;
  const small = byte | CAPITAL;
  return small >= SMALL_A! && small <= SMALL_F! ? small - SMALL_A! + 10 : NONE;
}
