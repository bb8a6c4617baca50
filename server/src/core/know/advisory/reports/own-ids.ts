import type { Advisory } from '../advisory.ts';

/**
 * Returns the ids that mean the advisory and no other one of its package: its own first, then the aliases that no other
 * one shares. Whoever accepts one of two vulnerabilities does not accept both.
 *
 * @param all the advisories on the package
 */
export function ownIds(advisory: Advisory, all: readonly Advisory[]): readonly string[] {
  const others = all.filter(({ id }) => id !== advisory.id);
  const isShared = (alias: string) =>
    others.some(({ id, aliases }) => id === alias || aliases.includes(alias));
  return [advisory.id, ...advisory.aliases.filter((alias) => !isShared(alias))];
}
