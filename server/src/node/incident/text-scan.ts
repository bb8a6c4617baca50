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

/** The words of a list, and which packages have them. */
interface Words {
  readonly table: WordTable;
  /** The packages by the numbers of their names. */
  readonly named: ReadonlyMap<number, readonly Wanted[]>;
  /** The numbers of the versions of a package. */
  readonly versionsOf: ReadonlyMap<Wanted, readonly number[]>;
  readonly odd: readonly Wanted[];
  readonly all: readonly Wanted[];
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
  const words = wordsOf(wanted);
  return () => startScan(words);
}

function startScan({ table, named, versionsOf, odd, all }: Words): TextScan {
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
      if (isBinary) return all.some(({ name }) => bytes.includes(name));
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
        for (const each of named.get(number) ?? []) {
          const hasVersion = versionsOf.get(each)?.some((version) => found.has(version)) ?? true;
          if (hasVersion && isThere(each)) return true;
        }
      }
      return odd.some(isThere);
    },
  };
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
  return { table, named, versionsOf, odd: all.filter(({ part }) => !isWord(part)), all };
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
