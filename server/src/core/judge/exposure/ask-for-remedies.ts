import type { ExposedPlace, ExposureContext } from './exposed-place.ts';
import { type ToldAdvisory, toldPackages } from './told-advisories.ts';

/** Limits the registry requests caused by one place. */
const MOST = 8;

/**
 * Requests the facts that planning remedies needs, if a registry may be asked: the versions of the affected package,
 * and of the direct dependency that pulls it in. If a manifest or catalog reports it, the lockfile need not ask again.
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
