/** GHSA, then MAL, then CVE, then what a source calls it itself. */
const PREFIXES = ['GHSA-', 'MAL-', 'CVE-'];

/** Ids of the same thing, the best known first; others in the order of the alphabet. */
export function compareIds(a: string, b: string): number {
  return byKind(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}

/** The same, leaving those of one kind in their order. */
export function byKind(a: string, b: string): number {
  return rankOf(a) - rankOf(b);
}

function rankOf(id: string): number {
  const rank = PREFIXES.findIndex((prefix) => id.startsWith(prefix));
  return rank === -1 ? PREFIXES.length : rank;
}

/** Whether an id is of Retire.js or of the retired nodejs/security-wg, whose records rate and range less carefully. */
export function isLowId(id: string): boolean {
  return /^(?:RETIREJS|NSWG)-/.test(id);
}
