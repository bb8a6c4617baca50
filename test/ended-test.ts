import type { TestEvent } from 'node:test/reporters';

/** What `run.ts` counts and prints of a test that ended. */
export interface EndedTest {
  readonly file: string;
  readonly name: string;
  /** The reason for which it was skipped, or that it was. */
  readonly skip?: string | boolean;
  /** What failed. */
  readonly failure?: string;
}

/** The last line of a batch, without which tests may be missing. */
export const LAST_LINE = 'end';

/** How long a process may go on after its last test: a failed one may have left a server running. */
export const GRACE_MS = 10_000;

/** Returns the test that ended with an event; undefined if it was another event, a suite or the parent of what failed. */
export function endedTest(event: TestEvent): EndedTest | undefined {
  if (event.type !== 'test:pass' && event.type !== 'test:fail') return undefined;
  const { file = '', name, skip, details } = event.data;
  if (event.type === 'test:pass') {
    if (skip !== undefined) return { file, name, skip };
    return details.type === 'suite' ? undefined : { file, name };
  }
  const { error } = event.data.details;
  const causedByChild = (error as { failureType?: string }).failureType === 'subtestsFailed';
  if (details.type === 'suite' || causedByChild) return undefined;
  const failure = error.cause instanceof Error ? (error.cause.stack ?? error.cause.message) : String(error);
  return { file, name, failure };
}
