import type { LockProblem, ReadStatus } from './lockfile.ts';
import { placeOf } from './place-of.ts';

export interface LockfileStatus {
  readonly status: ReadStatus;
  readonly reason: string | undefined;
  /** In the order of the text. */
  readonly problems: readonly LockProblem[];
}

/** `read` counts all that was read, members too; `entries` of `total` are the packages among it. */
export interface ReadCounts {
  readonly read: number;
  readonly entries: number;
  readonly total: number;
}

/** How far a lockfile was read, from what is wrong in it. */
export function lockfileStatus(
  text: string,
  problems: readonly LockProblem[],
  { read, entries, total }: ReadCounts,
): LockfileStatus {
  const sorted = problems.toSorted((a, b) => a.span.start - b.span.start);
  const first = sorted[0];
  if (first === undefined) return { status: 'checked', reason: undefined, problems: sorted };
  const place = placeOf(text, first);
  if (read === 0) return { status: 'unreadable', reason: `${place}.`, problems: sorted };
  return {
    status: 'partial',
    reason: `${place}; ${entries} of ${total} entries were read.`,
    problems: sorted,
  };
}
