import type { AdvisorySourceState } from '../../../know/advisory/advisories.ts';
import { lacksAnswers } from '../../../know/advisory/lacks-answers.ts';
import type { UnavailableReason } from '../../../know/registry/documents/fact.ts';
import type { UnseenPackage } from '../../watch/look-at-project.ts';
import type { WatchEvent } from '../../watch/watch-event.ts';

/** The results of one round. */
export interface WatchReport {
  readonly projects: readonly ReportedWatch[];
  /** Distinct packages of all projects. */
  readonly unseen: readonly UnseenPackage[];
  /** Accounts whose packages are not, or not all, known. */
  readonly unseenAccounts: readonly UnseenPackage[];
  readonly unread: readonly UnreadWatched[];
  /** The states of the advisory sources of all projects. */
  readonly advisories: readonly AdvisorySourceState[];
}

export interface ReportedWatch {
  /** The path of its root, relative to the directory; "" for the directory itself. */
  readonly path: string;
  readonly name: string;
  /** The time of the previous look, in milliseconds since 1970; undefined for the first one. */
  readonly since: number | undefined;
  readonly dependencies: number;
  readonly events: readonly WatchEvent[];
}

/** A file that was not read completely, so that dependencies or versions may be missing. */
export interface UnreadWatched {
  readonly path: string;
  readonly reason: string | undefined;
}

/**
 * Checks whether a check failed that should have been made. Names withheld from every registry, or missing from all,
 * need no check.
 */
export function hasGap({ unseen, unseenAccounts, unread, advisories }: WatchReport): boolean {
  if (unread.length > 0 || [...unseen, ...unseenAccounts].some(({ reason }) => !SETTLED.has(reason)))
    return true;
  return lacksAnswers(advisories);
}

const SETTLED: ReadonlySet<UnavailableReason> = new Set(['private', 'elsewhere', 'not-provided']);
