import type { AdvisorySourceState } from '../../../know/advisory/advisories.ts';
import { lacksAnswers } from '../../../know/advisory/lacks-answers.ts';
import type { UnavailableReason } from '../../../know/registry/documents/fact.ts';
import type { UnseenPackage } from '../../watch/look-at-project.ts';
import type { WatchEvent } from '../../watch/watch-event.ts';

/** What one round saw. */
export interface WatchReport {
  readonly projects: readonly ReportedWatch[];
  /** Each package once, of all projects. */
  readonly unseen: readonly UnseenPackage[];
  readonly unread: readonly UnreadWatched[];
  /** What became of the sources of advisories, of all projects. */
  readonly advisories: readonly AdvisorySourceState[];
}

export interface ReportedWatch {
  /** Of its root, relative to the directory; "" for the directory itself. */
  readonly path: string;
  readonly name: string;
  /** When it was looked at before, in milliseconds since 1970; undefined at the first look. */
  readonly since: number | undefined;
  readonly dependencies: number;
  readonly events: readonly WatchEvent[];
}

/** A file that was not read completely, so that dependencies or versions may be missing. */
export interface UnreadWatched {
  readonly path: string;
  readonly reason: string | undefined;
}

/** Whether something that was to be looked at was not. What is kept from every registry, or no registry has, was not to be. */
export function hasGap({ unseen, unread, advisories }: WatchReport): boolean {
  if (unread.length > 0 || unseen.some(({ reason }) => !SETTLED.has(reason))) return true;
  return lacksAnswers(advisories);
}

const SETTLED: ReadonlySet<UnavailableReason> = new Set(['private', 'elsewhere', 'not-provided']);
