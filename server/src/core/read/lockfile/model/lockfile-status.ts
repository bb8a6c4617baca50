import type { LockProblem, ReadStatus } from './lockfile.ts';
import { placeOf } from './place-of.ts';

export interface LockfileStatus {
  readonly status: ReadStatus;
  readonly reason: string | undefined;
  /** In source order. */
  readonly problems: readonly LockProblem[];
}

/** `read` counts everything that was read, including members; `entries` of `total` are the packages among it. */
export interface ReadCounts {
  readonly read: number;
  readonly entries: number;
  readonly total: number;
}

/** Derives how much of a lockfile was read from its problems. */
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
    reason: `${place}; ${entries} of ${total} entries read.`,
    problems: sorted,
  };
}
