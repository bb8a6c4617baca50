import type { AdvisorySourceState } from './advisories.ts';
import type { AdvisorySource } from './advisory.ts';

/**
 * Returns whether a source failed that was to answer. A registry that offers no advisories is no failure, as long as
 * another one that was asked does.
 */
export function lacksAnswers(sources: readonly AdvisorySourceState[]): boolean {
  if (sources.some(({ state }) => state === 'failed' || state === 'pending')) return true;
  const asked = sources.filter(({ source, state }) => LIVE.has(source) && state !== 'off');
  return asked.length > 0 && asked.every(({ state }) => state === 'unsupported');
}

const LIVE: ReadonlySet<AdvisorySource> = new Set(['registry', 'osv']);
