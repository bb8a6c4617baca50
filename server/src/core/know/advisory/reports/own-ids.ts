import type { Advisory } from '../advisory.ts';

/**
 * Returns the ids that identify the advisory among those of its package: its own first, then the aliases that no other
 * one shares. Accepting one of two vulnerabilities must not accept both.
 *
 * @param all the advisories on the package
 */
export function ownIds(advisory: Advisory, all: readonly Advisory[]): readonly string[] {
  const others = all.filter(({ id }) => id !== advisory.id);
  const isShared = (alias: string) =>
    others.some(({ id, aliases }) => id === alias || aliases.includes(alias));
  return [advisory.id, ...advisory.aliases.filter((alias) => !isShared(alias))];
}
