import type { ExposedPlace, ExposureContext } from './exposed-place.ts';
import { type ToldAdvisory, toldPackages } from './told-advisories.ts';

/** A registry is not asked for more on account of one place. */
const MOST = 8;

/**
 * Asks for what remedies are planned with, where a registry may be asked: the versions of what pulls an affected package in,
 * and those of the package itself. Where a manifest or a catalog reports it, the lockfile need not ask again.
 */
export function askForRemedies(
  { kind, target, isDirect, own }: ExposedPlace,
  told: readonly ToldAdvisory[],
  { facts }: ExposureContext,
): void {
  if ((kind === 'entry' && isDirect) || facts.unreachable !== undefined) return;
  const bringer = own?.bringer?.source === 'registry' ? [own.bringer.name] : [];
  const names = new Set([...bringer, target, ...toldPackages(told).map(({ name }) => name)]);
  for (const name of [...names].slice(0, MOST)) facts.packument(name);
}
