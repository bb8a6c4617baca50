import type { AdvisorySourceState } from './advisories.ts';

/**
 * Merges the states of several projects into one list: each source once, and again if it has no result for another
 * reason.
 */
export function joinedStates(states: readonly AdvisorySourceState[]): readonly AdvisorySourceState[] {
  const joined = new Map<string, AdvisorySourceState>();
  for (const state of states) {
    const key = JSON.stringify([state.source, state.host ?? null, state.state, state.detail ?? null]);
    const known = joined.get(key);
    joined.set(key, known === undefined ? state : join(known, state));
  }
  return [...joined.values()].sort((a, b) => ORDER.indexOf(a.source) - ORDER.indexOf(b.source));
}

const ORDER: readonly AdvisorySourceState['source'][] = ['bundled', 'database', 'registry', 'osv'];

function join(a: AdvisorySourceState, b: AdvisorySourceState): AdvisorySourceState {
  const times = [a.asOf, b.asOf].filter((time) => time !== undefined);
  const asOf = times.length === 0 ? undefined : Math.min(...times);
  return { ...a, asOf, unanswered: a.unanswered + b.unanswered };
}
