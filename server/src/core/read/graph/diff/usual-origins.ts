import type { LockedPackages } from './locked-packages.ts';
import { CONFIGURED } from './source-place.ts';

/** The origins of the packages in a lockfile. */
export interface Origins {
  /** All of them, including the configured registry. */
  readonly all: ReadonlySet<string>;
  /** The origin of at least half of the packages; undefined if there is none. */
  readonly main: string | undefined;
}

/** Returns the origins of the packages in a lockfile. */
export function originsOf(packages: LockedPackages): Origins {
  const counts = new Map<string, number>();
  let total = 0;
  for (const versions of packages.values()) {
    for (const { origins } of versions.values()) {
      total++;
      for (const origin of origins) counts.set(origin, (counts.get(origin) ?? 0) + 1);
    }
  }
  const main = [...counts].find(([, count]) => 2 * count >= total)?.[0];
  return { all: new Set([CONFIGURED, ...counts.keys()]), main };
}

/**
 * Returns the origins not worth reporting: those of the base or, if the base is not comparable (empty or of another
 * format), the one that most packages share.
 */
export function usualOrigins(before: Origins, after: Origins, isComparable: boolean): ReadonlySet<string> {
  if (isComparable || after.main === undefined) return before.all;
  return new Set([...before.all, after.main]);
}
