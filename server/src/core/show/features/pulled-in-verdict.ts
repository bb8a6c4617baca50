import type { ExposedPackage } from '../../judge/exposure/exposed-place.ts';
import { plural } from '../../read/text/words/words.ts';

/** A verdict on what a dependency pulls in. */
export interface PulledInVerdict {
  readonly level: 'error' | 'warning' | 'info';
  /** "Pulls in 1 vulnerable package" */
  readonly words: string;
  /** What follows them: ": minimist 0.0.8". */
  readonly more: string;
}

/** Returns the verdict on the first malware that a dependency pulls in; undefined for none. */
export function pulledInMalware(pulledIn: readonly ExposedPackage[]): PulledInVerdict | undefined {
  const malware = pulledIn.find(({ advisories }) => advisories.some(({ isMalware }) => isMalware));
  if (malware === undefined) return undefined;
  return { level: 'error', words: 'Pulls in malware', more: `: ${malware.name} ${malware.version}` };
}

/**
 * Returns the verdict on the vulnerable packages that a dependency pulls in; undefined for none.
 *
 * @param ignoredUntil the day until which the project's configuration accepts all of them
 */
export function pulledInVulnerable(
  pulledIn: readonly ExposedPackage[],
  ignoredUntil: string | undefined,
): PulledInVerdict | undefined {
  const [first, ...others] = pulledIn;
  if (first === undefined) return undefined;
  const words = `Pulls in ${plural(pulledIn.length, 'vulnerable package')}`;
  const named = `: ${first.name} ${first.version}${others.length === 0 ? '' : ` and ${others.length} more`}`;
  return ignoredUntil === undefined
    ? { level: 'warning', words, more: named }
    : { level: 'info', words, more: `${named}, ignored until ${ignoredUntil}` };
}
