import type { ExposedPlace, ExposureContext } from './exposed-place.ts';
import { reportedPackages, type ShownAdvisory } from './shown-advisories.ts';

/** Limits the registry requests caused by one place. */
const MOST = 8;

/**
 * Requests the facts that planning remedies needs, if a registry may be asked: the versions of the affected package,
 * and of the direct dependency that pulls it in. If a manifest or catalog reports it, the lockfile need not ask again.
 */
export function askForRemedies(
  { kind, target, isDirect, own }: ExposedPlace,
  reported: readonly ShownAdvisory[],
  { facts }: ExposureContext,
): void {
  if ((kind === 'entry' && isDirect) || facts.unreachable !== undefined) return;
  const introducer = own?.introducer?.source === 'registry' ? [own.introducer.name] : [];
  const names = new Set([...introducer, target, ...reportedPackages(reported).map(({ name }) => name)]);
  for (const name of [...names].slice(0, MOST)) facts.packument(name);
}
