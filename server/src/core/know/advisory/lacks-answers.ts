import type { AdvisorySourceState } from './advisories.ts';
import type { AdvisorySource } from './advisory.ts';

/**
 * Checks whether an expected source failed. A registry without advisories is no failure, as long as another queried one
 * has them.
 */
export function lacksAnswers(sources: readonly AdvisorySourceState[]): boolean {
  if (sources.some(({ state }) => state === 'failed' || state === 'pending')) return true;
  const asked = sources.filter(({ source, state }) => LIVE.has(source) && state !== 'off');
  return asked.length > 0 && asked.every(({ state }) => state === 'unsupported');
}

const LIVE: ReadonlySet<AdvisorySource> = new Set(['registry', 'osv']);
