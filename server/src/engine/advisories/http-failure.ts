import { MINUTE } from '../../core/know/registry/documents/document-kind.ts';
import { CANNOT_BE_REACHED } from '../../core/know/registry/documents/fact.ts';
import type { ClockPort, HttpResult } from '../ports.ts';
import type { LiveFailure } from './live-answers.ts';

export interface Asked {
  /** "the registry" */
  readonly who: string;
  readonly hasCredential: boolean;
  readonly timeoutMs: number;
}

/** Returns why there is no answer and how long that holds before a retry. Undefined if nobody waits for it any more. */
export function httpFailure(
  result: HttpResult,
  { who, hasCredential, timeoutMs }: Asked,
  clock: ClockPort,
): LiveFailure | undefined {
  const failed = (detail: string, quietMs: number = MINUTE): LiveFailure => {
    return { state: 'failed', detail, until: clock.now() + quietMs };
  };
  switch (result.type) {
    case 'cancelled':
      return undefined;
    case 'timeout':
      return failed(`${who} ${result.detail ?? `timed out after ${timeoutMs / 1000} s`}`);
    case 'too-large':
      return failed(`${who} sent too much data`);
    case 'failed':
      return result.unreachable === true
        ? failed(`${who} ${CANNOT_BE_REACHED}`, MINUTE / 6)
        : failed(`${who} ${result.detail}`);
    case 'answer':
      if (result.status !== 401 && result.status !== 403)
        return failed(`${who} answered with status ${result.status}`);
      return failed(
        hasCredential
          ? `${who} refuses access with the configured credential`
          : `${who} gives no access without a credential, and none is configured for it`,
        5 * MINUTE,
      );
  }
}
