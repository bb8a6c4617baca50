import { type HashedNames, hashNames } from './hash-names.ts';
import { lower, separates } from './name-shape.ts';
import { extend } from './rolling-hash.ts';

/**
 * The names that a deceptive name may imitate: the most downloaded packages of the public registry, most downloaded
 * first. Popularity shows what people install, not that a package is sound.
 */
export interface PopularNames {
  /** Names in order of downloads; those without a number come last. */
  readonly names: readonly string[];
  readonly size: number;
  has(name: string): boolean;
  /** Returns the position in the order of downloads, from 0; undefined for a name that is not popular. */
  rank(name: string): number | undefined;
  /** Returns the downloads a month with two significant digits; undefined if unknown. */
  downloads(name: string): number | undefined;
  /** How many names have a number: the first ones. */
  readonly counted: number;
  readonly hashed: HashedNames;
}

/**
 * Reads the data file: after a comment line, each line is a number of downloads a month and the names that have it,
 * separated by spaces; each name is in the file once. '/parser' is a name in the scope of the previous one. The number
 * 0 means unknown. Never throws; what cannot be read is skipped.
 */
export function parsePopularNames(text: string): PopularNames {
  const names: string[] = [];
  /** Ends (exclusive ranks) of the groups and their downloads, to avoid storing a number for each name. */
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

let latest: { readonly text: string; readonly popular: PopularNames } | undefined;

/** Returns the list in a data file; the same text, which every session of a process has, is parsed once. */
export function popularNamesIn(text: string): PopularNames {
  if (latest?.text !== text) latest = { text, popular: parsePopularNames(text) };
  return latest.popular;
}

const [SLASH, AT] = [0x2f, 0x40];

/** Returns `hashOf(squash(name))` for an ASCII name; other names are not in the list. */
function squashedHash(name: string): number {
  let hash = 0;
  for (let i = 0; i < name.length; i++) {
    const code = lower(name.charCodeAt(i));
    if (!separates(code)) hash = extend(hash, code);
  }
  return hash;
}
