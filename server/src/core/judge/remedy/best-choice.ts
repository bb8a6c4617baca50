import semver from 'semver';
import { parsedVersion } from '../../know/registry/documents/parsed-version.ts';
import type { Choice } from './choices-of.ts';

/**
 * Returns the best accepted replacement for a version: with the fewest remaining advisories, of the lowest rank, if
 * possible fit and past its cooldown, and then the nearest, preferably above. Prereleases are offered only for a
 * prerelease of the same version.
 * @param all ascending
 */
export function bestChoice(
  all: readonly Choice[],
  from: string,
  rankOf: (version: string) => number,
  accepts: (choice: Choice) => boolean,
): Choice | undefined {
  const below = all.filter(({ version }) => isBelow(version, from)).length;
  const own = Number(all[below]?.version === from);
  let best: { readonly choice: Choice; readonly ranks: readonly number[] } | undefined;
  for (const [place, choice] of all.entries()) {
    const { version, leaves, unsure, isUnfit, coolDown } = choice;
    if (version === from || !isOfSameKind(version, from) || !accepts(choice)) continue;
    const isAbove = place >= below;
    const ranks = [
      leaves.length,
      unsure.length,
      rankOf(version),
      Number(isUnfit),
      Number(coolDown === 'waits' || coolDown === 'unknown'),
      isAbove ? place - below - own : below - 1 - place,
      Number(!isAbove),
    ];
    if (best === undefined || comesFirst(ranks, best.ranks)) best = { choice, ranks };
  }
  return best?.choice;
}

/** Compares ranks from left to right. */
function comesFirst(ranks: readonly number[], others: readonly number[]): boolean {
  const at = ranks.findIndex((rank, place) => rank !== others[place]);
  return at !== -1 && ranks[at]! < others[at]!;
}

function isBelow(version: string, other: string): boolean {
  const [a, b] = [parsedVersion(version), parsedVersion(other)];
  return a !== null && b !== null && semver.lt(a, b);
}

function isOfSameKind(version: string, current: string): boolean {
  const parsed = parsedVersion(version);
  const own = parsedVersion(current);
  if (parsed === null || own === null) return false;
  return parsed.prerelease.length === 0 || (own.prerelease.length > 0 && parsed.compareMain(own) === 0);
}
