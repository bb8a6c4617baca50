import type { BadVersions } from '../../core/know/incident/bad-versions.ts';
import { changedRegions } from './changed-regions.ts';
import { createWordTable, isWord, isWordByte, type WordTable } from './word-table.ts';

/** Decides by the bytes of a lockfile whether it can lock a bad version, without parsing it. */
export interface TextScan {
  /** False if it locks none; true if it may. */
  mayLock(bytes: Buffer, isBinary: boolean): boolean;
}

/** One package that is asked about. */
interface Wanted {
  readonly name: string;
  /** The part behind the scope. */
  readonly part: string;
  /** The bad versions; undefined if they are ranges. */
  readonly versions: readonly string[] | undefined;
}

/** The words of a text and of all since that were compared with it, which are forgotten from time to time. */
const FRESH_AFTER = 50;

/**
 * Prepares scans. A text that names a package, and has one of the bad versions anywhere, has to be parsed. Names and
 * versions may be written with escapes, which no package manager does: a text with such escapes has to be parsed as well.
 * Texts in the
 * order of a history differ little, so a scan searches only what changed since its last text.
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
  const plain = wanted.filter(({ part }) => isWord(part));
  const odd = wanted.filter(({ part }) => !isWord(part));
  const table = createWordTable(plain.flatMap((each, at) => wordsOf(each, at)));
  return () => startScan(plain, odd, table);
}

function startScan(plain: readonly Wanted[], odd: readonly Wanted[], table: WordTable): TextScan {
  let before: Buffer = Buffer.alloc(0);
  let age = FRESH_AFTER;
  let found = new Set<number>();

  const findWords = (bytes: Buffer) => {
    const regions = age < FRESH_AFTER ? changedRegions(before, bytes) : undefined;
    if (regions === undefined) {
      found = new Set();
      age = 0;
      table.find(bytes, 0, bytes.length, found);
    } else {
      age++;
      for (const { start, end } of regions) table.find(bytes, start, end, found);
    }
    if (before.buffer.byteLength < bytes.length) before = Buffer.allocUnsafeSlow(bytes.length * 2);
    before = Buffer.from(before.buffer, 0, bytes.length);
    bytes.copy(before);
  };
  return {
    mayLock(bytes, isBinary) {
      // Strings of binary files have no bytes between them, and versions are numbers.
      if (isBinary) return [...plain, ...odd].some(({ name }) => bytes.includes(name));
      if (hasEscapedWords(bytes)) return true;
      findWords(bytes);
      // A slash may be written as %2f or \/.
      let hasPlainSlashes: boolean | undefined;
      const isThere = ({ name, part, versions }: Wanted) => {
        hasPlainSlashes ??= !bytes.includes('%2') && !bytes.includes('\\/');
        return (
          bytes.includes(hasPlainSlashes ? name : part) &&
          (versions === undefined || versions.some((version) => bytes.includes(version)))
        );
      };
      for (const number of found) {
        const each = plain[number >> 1];
        const needsVersion = each?.versions !== undefined;
        if (each === undefined || (number & 1) === 1) continue;
        if ((!needsVersion || found.has(number + 1)) && isThere(each)) return true;
      }
      return odd.some(isThere);
    },
  };
}

/** Returns the words of a package: even numbers for its name, odd ones for its versions. */
function wordsOf({ part, versions }: Wanted, at: number): readonly (readonly [string, number])[] {
  const ofName = [part, `2f${part}`, `2F${part}`];
  const ofVersions = (versions ?? []).flatMap((version) => {
    const file = `${part}-${version}.tgz`;
    return [version, `v${version}`, file, `2f${file}`, `2F${file}`];
  });
  return [
    ...ofName.map((word) => [word, at * 2] as const),
    ...ofVersions.map((word) => [word, at * 2 + 1] as const),
  ];
}

const BACKSLASH = 0x5c;
const PERCENT = 0x25;
/** The escapes that tools write: quotes, slashes and white space. */
const PLAIN_ESCAPES: ReadonlySet<number> = new Set([...'"\\/bfnrt'].map((each) => each.charCodeAt(0)));

/** Checks for escapes that can hide a letter of a word: `\u0061`, `\x61`, a folded line, `%61`. */
function hasEscapedWords(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(BACKSLASH); at !== -1; at = bytes.indexOf(BACKSLASH, at + 2))
    if (!PLAIN_ESCAPES.has(bytes[at + 1]!)) return true;
  for (let at = bytes.indexOf(PERCENT); at !== -1; at = bytes.indexOf(PERCENT, at + 1)) {
    const code = Number.parseInt(bytes.toString('latin1', at + 1, at + 3), 16);
    if (code >= 0 && isWordByte(code)) return true;
  }
  return false;
}
