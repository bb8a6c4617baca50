/** GHSA, then MAL, then CVE, then a source's own ids. */
const PREFIXES = ['GHSA-', 'MAL-', 'CVE-'];

/** Compares ids of the same thing, best known first; others alphabetically. */
export function compareIds(a: string, b: string): number {
  return byKind(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}

/** Compares in the same way, keeping the order within one kind. */
export function byKind(a: string, b: string): number {
  return rankOf(a) - rankOf(b);
}

function rankOf(id: string): number {
  const rank = PREFIXES.findIndex((prefix) => id.startsWith(prefix));
  return rank === -1 ? PREFIXES.length : rank;
}

/**
 * Checks whether an id belongs to Retire.js or to the retired nodejs/security-wg, whose ratings and ranges are less
 * careful.
 */
export function isLowId(id: string): boolean {
  return /^(?:RETIREJS|NSWG)-/.test(id);
}
