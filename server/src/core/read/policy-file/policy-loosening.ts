import type { Span } from '../text/span.ts';

/** Something that a policy lets pass and that of the base does not. */
export interface PolicyLoosening {
  /** The keys from the outside in, with dots between: `rules.fresh-version.days`. */
  readonly key: string;
  /** What it is now, or what a list has now. */
  readonly value: string;
  /** What it was; undefined for an item that is new in a list. */
  readonly before: string | undefined;
  /** The token that says so; undefined where it follows from what is no longer there. */
  readonly span: Span | undefined;
  readonly severity: 'warning' | 'information';
  /** Whether it is in force all the same, as with an advisory that is accepted with a reason. */
  readonly counts: boolean;
}
