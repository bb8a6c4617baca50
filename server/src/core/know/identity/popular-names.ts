import { type HashedNames, hashNames } from './hash-names.ts';
import { lower, separates } from './name-shape.ts';
import { extend } from './rolling-hash.ts';

/**
 * The names that a deceptive name may imitate: the most downloaded packages of the public registry, most
 * downloaded first. Popular is a fact about what people install, not a statement that a package is sound.
 */
export interface PopularNames {
  /** Names in order of downloads; those without a figure come last. */
  readonly names: readonly string[];
  readonly size: number;
  has(name: string): boolean;
  /** Position in the order of downloads, from 0; undefined for a name that is not popular. */
  rank(name: string): number | undefined;
  /** Downloads a month with two significant digits; undefined when unknown. */
  downloads(name: string): number | undefined;
  /** How many names have a figure: the first ones. */
  readonly counted: number;
  readonly hashed: HashedNames;
}

/**
 * Reads the data file: after a comment line, each line is a number of downloads a month and the names that have it,
 * separated by spaces, each of them once in the file. '/parser' is a name in the scope of the one before it. The number 0
 * stands for an unknown figure. Never throws; what cannot be read is left out.
 */
export function parsePopularNames(text: string): PopularNames {
  const names: string[] = [];
  /** Ends (exclusive ranks) of the groups and their downloads, so that no number is kept for each name. */
  const groupEnds: number[] = [];
  const groupDownloads: number[] = [];

  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const parts = line.trimEnd().split(' ');
    let scope = '';
    for (let i = 1; i < parts.length; i++) {
      const name = parts[i]!;
      if (name === '') continue;
      const isWhole = name.charCodeAt(0) !== SLASH;
      if (isWhole) scope = name.charCodeAt(0) === AT ? name.slice(0, name.indexOf('/')) : '';
      names.push(isWhole ? name : scope + name);
    }
    groupEnds.push(names.length);
    groupDownloads.push(Number(parts[0]));
  }
  const hashed = hashNames(names);

  const rankOf = (name: string): number | undefined => {
    const hash = squashedHash(name);
    if (!hashed.bySquashed.has(hash)) return undefined;
    let found: number | undefined;
    hashed.bySquashed.forEach(hash, (rank) => {
      if (names[rank] === name) found = rank;
    });
    return found;
  };

  return {
    names,
    size: names.length,
    has: (name) => rankOf(name) !== undefined,
    rank: rankOf,
    downloads(name) {
      const rank = rankOf(name);
      const group = rank === undefined ? -1 : groupEnds.findIndex((end) => rank < end);
      const downloads = groupDownloads[group];
      return downloads !== undefined && downloads > 0 ? downloads : undefined;
    },
    counted: groupEnds[groupDownloads.findLastIndex((downloads) => downloads > 0)] ?? 0,
    hashed,
  };
}

const [SLASH, AT] = [0x2f, 0x40];

/** `hashOf(squash(name))` for a name in ASCII; other names are not in the list. */
function squashedHash(name: string): number {
  let hash = 0;
  for (let i = 0; i < name.length; i++) {
    const code = lower(name.charCodeAt(i));
    if (!separates(code)) hash = extend(hash, code);
  }
  return hash;
}
