import type { ExposedPlace, ExposureContext } from './exposed-place.ts';
import { type ToldAdvisory, toldPackages } from './told-advisories.ts';

/** A registry is not asked for more on account of one place. */
const MOST = 8;

/**
 * Asks for what ways out are planned with, where a registry may be asked: the versions of what brings an affected package,
 * and those of the package itself. Where a manifest or a catalog tells of it, the lockfile need not ask again.
 */
export function askForRemedies(
  { kind, target }: ExposedPlace,
  told: readonly ToldAdvisory[],
  { facts }: ExposureContext,
): void {
  if (kind === 'entry' || facts.unreachable !== undefined) return;
  const names = new Set([target, ...toldPackages(told).map(({ name }) => name)]);
  for (const name of [...names].slice(0, MOST)) facts.packument(name);
}
