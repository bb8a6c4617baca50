import type { BadVersions } from '../../core/know/incident/bad-versions.ts';
import { createWordTable, isWord, type WordTable } from './word-table.ts';

/** One package that is asked about. */
export interface Wanted {
  readonly name: string;
  /** The part behind the scope. */
  readonly part: string;
  /** The bad versions; undefined if they are ranges. */
  readonly versions: readonly string[] | undefined;
  /** The numbers of the words of its versions; undefined if they are ranges. */
  readonly numbers: readonly number[] | undefined;
}

/** The words of a list, and which packages have them. */
export interface WantedWords {
  readonly table: WordTable;
  /** The packages by the numbers of their names. */
  readonly named: readonly (readonly Wanted[] | undefined)[];
  /** What a word may be, by its number: bits of `NAME`, `VERSION` and `ALONE`. */
  readonly kinds: Uint8Array;
  /** Packages whose names are no words. */
  readonly odd: readonly Wanted[];
  readonly all: readonly Wanted[];
}

/** The name of a package, one of its bad versions, and the name of a package with ranges. */
export const [NAME, VERSION, ALONE] = [1, 2, 4];

export function wantedWords({ claims }: BadVersions): WantedWords {
  const listed = [...claims].map(([name, list]) => {
    const versions = list.map((claim) => claim.versions);
    const isExact = versions.every((each) => each !== undefined);
    return {
      name,
      part: name.slice(name.lastIndexOf('/') + 1),
      versions: isExact ? [...new Set(versions.flat())] : undefined,
    };
  });
  const isPlain = ({ part }: { readonly part: string }) => isWord(part);
  const plain = listed.filter(isPlain);
  const table = createWordTable(
    plain.flatMap(({ part, versions }) => [...nameWords(part), ...versionWords(part, versions ?? [])]),
  );
  const named: Wanted[][] = [];
  const kinds = new Uint8Array(table.size);
  const all = listed.map((each): Wanted => {
    const { part, versions } = each;
    if (!isPlain(each)) return { ...each, numbers: undefined };
    const numbers =
      versions === undefined ? undefined : versionWords(part, versions).map((word) => table.numberOf(word)!);
    const wanted = { ...each, numbers };
    for (const word of nameWords(part)) {
      const number = table.numberOf(word)!;
      kinds[number]! |= numbers === undefined ? ALONE! : NAME!;
      const others = named[number];
      if (others === undefined) named[number] = [wanted];
      else others.push(wanted);
    }
    for (const number of numbers ?? []) kinds[number]! |= VERSION!;
    return wanted;
  });
  return { table, named, kinds, odd: all.filter((each) => !isPlain(each)), all };
}

/** Some registries escape the slash between scope and name. */
function nameWords(part: string): readonly string[] {
  return [part, `2f${part}`, `2F${part}`];
}

/** A version stands alone, or in the name of a registry's tarball. */
function versionWords(part: string, versions: readonly string[]): readonly string[] {
  return versions.flatMap((version) => {
    const file = `${part}-${version}.tgz`;
    return [version, `v${version}`, file, `2f${file}`, `2F${file}`];
  });
}
