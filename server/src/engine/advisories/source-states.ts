import { type AdvisorySourceState, SWITCHED_OFF } from '../../core/know/advisory/advisories.ts';
import type { AdvisorySource } from '../../core/know/advisory/advisory.ts';
import type { AskedPackages } from '../../core/know/advisory/asked-packages.ts';
import { ELSEWHERE } from '../../core/know/registry/access/may-ask.ts';
import type { UnavailableReason } from '../../core/know/registry/documents/fact.ts';

/** Returns the states of registries: those that are queried, and the packages that have none. */
export function registryStates(
  states: readonly AdvisorySourceState[],
  asked: AskedPackages,
  isAdmitted: boolean,
): readonly AdvisorySourceState[] {
  if (asked.total === 0) return [];
  if (!isAdmitted) return [notAsked('registry', SWITCHED_OFF, asked.total)];
  const withheld = asked.withheld.map(({ reason, detail, count }) => {
    const state = notAsked('registry', DETAILS[reason] ?? detail, count);
    return reason === 'failed' ? ({ ...state, state: 'failed' } as const) : state;
  });
  return [...states, ...withheld];
}

/** Returns the state of OSV's service, which receives public names only. */
export function osvStates(
  states: readonly AdvisorySourceState[],
  asked: AskedPackages,
  isAdmitted: boolean,
): readonly AdvisorySourceState[] {
  if (!isAdmitted) return [notAsked('osv', SWITCHED_OFF, 0)];
  const closed = asked.withheld.find(({ reason }) => reason === 'untrusted' || reason === 'offline');
  return closed === undefined ? states : [notAsked('osv', closed.detail, closed.count)];
}

/** Reasons whose own detail is about one package, reworded for several. */
const DETAILS: Readonly<Partial<Record<UnavailableReason, string>>> = {
  private: 'they are private, and no registry is configured for them',
  elsewhere: ELSEWHERE,
};

function notAsked(source: AdvisorySource, detail: string, unanswered: number): AdvisorySourceState {
  return { source, host: undefined, state: 'off', detail, asOf: undefined, unanswered };
}
