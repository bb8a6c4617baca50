import type { BadVersions } from '../../core/know/incident/bad-versions.ts';
import { changedRegions, type Region } from './changed-regions.ts';
import { entryAround, type Part } from './entry-around.ts';
import { createWordPlaces } from './word-places.ts';
import { createWordTable, isWord, isWordByte, type WordTable, wordEnd, wordStart } from './word-table.ts';

/**
 * none: the lockfile locks no bad version. some: it may, and has to be parsed. same: what changed since the last text
 * concerns none of the packages, so the verdict is that of the last text.
 */
export type ScanResult = 'none' | 'some' | 'same';

/** Decides by the bytes of a lockfile whether it can lock a bad version, without parsing it. */
export interface TextScan {
  /** @param isWhole whether all of the text is searched, whatever the last one was */
  scan(bytes: Buffer, isBinary: boolean, isWhole?: boolean): ScanResult;
  /**
   * Returns the entries that have a bad version and the name of its package, of the text that was scanned last; all bytes
   * that decide on the verdict. Undefined if only parsing can find them.
   */
  entries(bytes: Buffer): readonly Part[] | undefined;
}

/** One package that is asked about. */
interface Wanted {
  readonly name: string;
  /** The part behind the scope. */
  readonly part: string;
  /** The bad versions; undefined if they are ranges. */
  readonly versions: readonly string[] | undefined;
}

/** The words of a list, and which packages have them. */
interface Words {
  readonly table: WordTable;
  /** The packages by the numbers of their names. */
  readonly named: ReadonlyMap<number, readonly Wanted[]>;
  /** The numbers of the versions of a package. */
  readonly versionsOf: ReadonlyMap<Wanted, readonly number[]>;
  /** What a word may be, by its number: bits of `BOTH` and `ALONE`. */
  readonly kinds: Uint8Array;
  readonly odd: readonly Wanted[];
  readonly all: readonly Wanted[];
}

/** The name of a package, one of its bad versions, and the name of a package with ranges. */
const [NAME, VERSION, ALONE] = [1, 2, 4];
const BOTH = NAME | VERSION;
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
export function prepareTextScan({ claims }: BadVersions): () => TextScan {
  const wanted = [...claims].map(([name, list]): Wanted => {
    const versions = list.map((claim) => claim.versions);
    const isExact = versions.every((each) => each !== undefined);
    return {
      name,
      part: name.slice(name.lastIndexOf('/') + 1),
      versions: isExact ? [...new Set(versions.flat())] : undefined,
    };
  });
  const words = wordsOf(wanted);
  return () => startScan(words);
}

function startScan({ table, named, versionsOf, kinds, odd, all }: Words): TextScan {
  let before: Buffer = Buffer.alloc(0);
  let age = FRESH_AFTER;
  const places = createWordPlaces(table);

  /** Finds the words of a text, and returns how it differs from the last one; undefined if that is not known. */
  const findWords = (bytes: Buffer): readonly Region[] | undefined => {
    const regions = age < FRESH_AFTER ? changedRegions(before, bytes) : undefined;
    if (regions === undefined) {
      age = 0;
      places.start(bytes);
    } else {
      age++;
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
  const isPair = (words: ReadonlySet<number>) => (each: Wanted) =>
    versionsOf.get(each)?.some((version) => words.has(version)) ?? true;
  /**
   * Checks whether changes may be in an entry of a bad version, before or after them, or close to one, as they may change
   * where it is from.
   */
  const concerns = (bytes: Buffer, { start, end, oldStart, oldEnd }: Region): boolean => {
    const [from, to] = [Math.max(0, start - AROUND), Math.min(bytes.length, end + AROUND)];
    const parts = [bytes.subarray(from, to), before.subarray(oldStart, oldEnd)];
    if (parts.some((part) => part.includes(CONFLICT) || hasEscapedWords(part))) return true;
    if (odd.some(({ part }) => parts.some((each) => each.includes(part)))) return true;
    const words = places.between(wordStart(bytes, from), wordEnd(bytes, to));
    const oldWords = places.betweenBefore(wordStart(before, oldStart), wordEnd(before, oldEnd));
    let kind = 0;
    for (const number of words) kind |= kinds[number]!;
    for (const number of oldWords) kind |= kinds[number]!;
    if ((kind & ALONE) === 0 && (kind & BOTH) !== BOTH) return false;
    const around = new Set(words);
    for (const number of oldWords) around.add(number);
    const isNamed = ({ name, part }: Wanted) =>
      name === part ||
      [parts[0]!, before.subarray(Math.max(0, oldStart - AROUND), oldEnd + AROUND)].some(
        (each) => each.includes(name) || each.includes('%2') || each.includes('\\/'),
      );
    const packages = new Set(
      [...around].flatMap((number) =>
        (named.get(number) ?? []).filter((each) => isPair(around)(each) && isNamed(each)),
      ),
    );
    if (packages.size === 0) return false;
    return hasEntryNear(bytes, start, end, packages) || hasEntryNear(before, oldStart, oldEnd, packages);
  };
  /**
   * Checks whether the lines around a part of a text state a bad version of one of the packages, and any of them is close:
   * in a line with the name, or in a line for the version alone.
   */
  const hasEntryNear = (text: Buffer, start: number, end: number, packages: ReadonlySet<Wanted>): boolean => {
    const names = new Map<Wanted, boolean>();
    const versions = new Map<Wanted, boolean>();
    for (const [from, to] of linesAround(text, start, end)) {
      const words = new Set<number>();
      table.find(text, from, to, (number) => words.add(number));
      if (words.size === 0) continue;
      const isClose = from <= end + CLOSE && to >= start - CLOSE;
      const ofLine = new Set([...words].flatMap((number) => named.get(number) ?? []));
      const isOfVersion = isVersionLine(text, from, to);
      for (const each of packages) {
        const [isNamed, hasVersion] = [ofLine.has(each), isPair(words)(each)];
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
      if (isWhole) age = FRESH_AFTER;
      const regions = findWords(bytes);
      const isSame =
        regions !== undefined &&
        !regions.some(changesMuch) &&
        !joinedRegions(regions).some((region) => concerns(bytes, region));
      keepText(bytes, regions);
      if (isSame) return 'same';
      if (hasEscapedWords(bytes)) return 'some';
      // A slash may be written as %2f or \/.
      const hasPlainSlashes = !bytes.includes('%2') && !bytes.includes('\\/');
      const isNamedAt = (at: number, { name, part }: Wanted) => {
        const start = at - (name.length - part.length);
        return (
          !hasPlainSlashes || name === part || bytes.toString('latin1', start, at + part.length) === name
        );
      };
      const found = new Set(places.between(0, bytes.length));
      const isFound = isPair(found);
      const isWanted = (at: number, number: number) =>
        named.get(number)?.some((each) => isFound(each) && isNamedAt(at, each)) === true;
      if (places.some(isWanted)) return 'some';
      const isThere = ({ name, part, versions }: Wanted) =>
        bytes.includes(hasPlainSlashes ? name : part) &&
        (versions === undefined || versions.some((version) => bytes.includes(version)));
      return odd.some(isThere) ? 'some' : 'none';
    },
    entries(bytes) {
      if (bytes.includes(CONFLICT) || hasEscapedWords(bytes)) return undefined;
      const found = new Set(places.between(0, bytes.length));
      const asked = new Set([...found].flatMap((number) => named.get(number) ?? []).filter(isPair(found)));
      if ([...asked].some((each) => each.versions === undefined)) return undefined;
      const byVersion = new Map<number, Set<Wanted>>();
      for (const each of asked)
        for (const version of versionsOf.get(each) ?? [])
          if (found.has(version)) byVersion.set(version, (byVersion.get(version) ?? new Set()).add(each));
      const parts = new Map<number, Part>();
      // Where a version is in the same large entry again and again, parsing is faster.
      let left = MOST_TIMES * bytes.length;
      const entryAt = (at: number): Part | undefined => {
        const entry = left < 0 ? undefined : entryAround(bytes, at);
        left -= entry === undefined ? 0 : entry.end - entry.start;
        return entry;
      };
      const isIn = (own: Buffer, { name, part }: Wanted) =>
        own.includes(name) || ((own.includes('%2') || own.includes('\\/')) && own.includes(part));
      const isOutside = places.some((at, number) => {
        const wanted = byVersion.get(number);
        if (wanted === undefined) return false;
        const entry = entryAt(at);
        if (entry === undefined) return true;
        const own = bytes.subarray(entry.start, entry.end);
        for (const word of places.between(entry.start, entry.end))
          if (named.get(word)?.some((each) => wanted.has(each) && isIn(own, each)) === true)
            parts.set(entry.start, entry);
        return false;
      });
      if (isOutside) return undefined;
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

function wordsOf(all: readonly Wanted[]): Words {
  const plain = all.filter(({ part }) => isWord(part));
  const table = createWordTable(plain.flatMap((each) => [...nameWords(each), ...versionWords(each)]));
  const named = new Map<number, Wanted[]>();
  const versionsOf = new Map<Wanted, readonly number[]>();
  for (const each of plain) {
    for (const word of nameWords(each)) {
      const number = table.numberOf(word)!;
      const known = named.get(number);
      if (known === undefined) named.set(number, [each]);
      else known.push(each);
    }
    if (each.versions !== undefined)
      versionsOf.set(
        each,
        versionWords(each).map((word) => table.numberOf(word)!),
      );
  }
  const kinds = new Uint8Array(table.size);
  for (const [number, packages] of named)
    for (const { versions } of packages) kinds[number]! |= versions === undefined ? ALONE : NAME;
  for (const numbers of versionsOf.values()) for (const number of numbers) kinds[number]! |= VERSION;
  return { table, named, versionsOf, kinds, odd: all.filter(({ part }) => !isWord(part)), all };
}

/** Some registries escape the slash between scope and name. */
function nameWords({ part }: Wanted): readonly string[] {
  return [part, `2f${part}`, `2F${part}`];
}

/** A version stands alone, or in the name of a registry's tarball. */
function versionWords({ part, versions = [] }: Wanted): readonly string[] {
  return versions.flatMap((version) => {
    const file = `${part}-${version}.tgz`;
    return [version, `v${version}`, file, `2f${file}`, `2F${file}`];
  });
}

const CONFLICT = '<<<<<<<';
const BACKSLASH = 0x5c;
const PERCENT = 0x25;
/** What begins an escape of a letter, or of a line end within a word. */
const HIDING: ReadonlySet<number> = new Set([...'uUx\r\n'].map((each) => each.charCodeAt(0)));

/** Checks for escapes that can hide a letter of a word: `\u0061`, `\x61`, a folded line, `%61`. */
function hasEscapedWords(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(BACKSLASH); at !== -1; at = bytes.indexOf(BACKSLASH, at + 2))
    if (HIDING.has(bytes[at + 1]!)) return true;
  for (let at = bytes.indexOf(PERCENT); at !== -1; at = bytes.indexOf(PERCENT, at + 1)) {
    const code = Number.parseInt(bytes.toString('latin1', at + 1, at + 3), 16);
    if (code >= 0 && isWordByte(code)) return true;
  }
  return false;
}
