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
}

/**
 * Reads the data file: after a comment line, each line is a number of downloads a month and the names that
 * have it, separated by spaces. The number 0 stands for an unknown figure. Never throws; what cannot be read
 * is left out.
 */
export function parsePopularNames(text: string): PopularNames {
  const names: string[] = [];
  const ranks = new Map<string, number>();
  /** Ends (exclusive ranks) of the groups and their downloads, so that no number is kept for each name. */
  const groupEnds: number[] = [];
  const groupDownloads: number[] = [];

  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const [magnitude, ...group] = line.trimEnd().split(' ');
    for (const name of group) {
      if (name === '' || ranks.has(name)) continue;
      ranks.set(name, names.length);
      names.push(name);
    }
    groupEnds.push(names.length);
    groupDownloads.push(Number(magnitude));
  }

  return {
    names,
    size: names.length,
    has: (name) => ranks.has(name),
    rank: (name) => ranks.get(name),
    downloads(name) {
      const rank = ranks.get(name);
      if (rank === undefined) return undefined;
      const group = groupEnds.findIndex((end) => rank < end);
      const downloads = groupDownloads[group];
      return downloads !== undefined && downloads > 0 ? downloads : undefined;
    },
  };
}
