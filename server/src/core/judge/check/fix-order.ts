import type { Fix } from '../../read/text/finding.ts';

/**
 * Sorts the fixes of one place in the order they are offered: security fixes first (complete before partial, smallest
 * change first), then fixes by rules, then updates, smaller steps first. Keeps the rules' order within a group. Shared
 * by the light bulb and the command line.
 */
export function orderFixes<T>(offers: readonly T[], fixOf: (offer: T) => Fix): readonly T[] {
  const ranked = offers.map((offer) => ({ offer, rank: rankOf(fixOf(offer)) }));
  return ranked.sort((a, b) => compareRanks(a.rank, b.rank)).map(({ offer }) => offer);
}

/**
 * Returns the first ordered fix that is right without closer inspection: the smallest complete security fix, otherwise
 * the first safe one. Never a major update, and never a non-security fix beside an incomplete security fix.
 */
export function preferredFix<T>(ordered: readonly T[], fixOf: (offer: T) => Fix): T | undefined {
  const isSecurity = ordered.some((offer) => fixOf(offer).effect?.type === 'security');
  const isRight = ({ applicability, edits, effect }: Fix) =>
    edits.length > 0 &&
    (isSecurity
      ? effect?.type === 'security' && effect.isComplete && !effect.isMajor
      : applicability === 'safe');
  return ordered.find((offer) => isRight(fixOf(offer)));
}

function rankOf({ applicability, edits, effect }: Fix): readonly number[] {
  if (effect?.type === 'security') {
    return [0, Number(!effect.isComplete), Number(effect.isMajor), Number(edits.length === 0)];
  }
  if (effect?.type === 'registry') return [1];
  if (applicability === 'safe') return [2];
  if (effect?.type === 'update') return [4, Number(effect.isMajor), Number(edits.length === 0)];
  return [3];
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (const [at, rank] of a.entries()) {
    const difference = rank - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
