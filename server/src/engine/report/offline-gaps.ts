import type { AdvisorySourceState } from '../../core/know/advisory/advisories.ts';
import { UNTRUSTED } from '../../core/know/registry/access/may-ask.ts';
import type { UnavailableReason } from '../../core/know/registry/documents/fact.ts';

/**
 * Returns a gap as a command with --offline reports it: nothing is sent, trusted or not, so a lack of trust is
 * not the cause.
 */
export function offlineGap<T extends { readonly reason: UnavailableReason }>(gap: T): T {
  if (gap.reason !== 'untrusted') return gap;
  return { ...gap, reason: 'offline', ...('detail' in gap ? { detail: OFFLINE } : {}) };
}

/** Returns the state of an advisory source as a command with --offline reports it. */
export function offlineSource(state: AdvisorySourceState): AdvisorySourceState {
  return state.detail === UNTRUSTED ? { ...state, detail: OFFLINE } : state;
}

const OFFLINE = 'offline';
