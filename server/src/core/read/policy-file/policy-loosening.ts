import type { Span } from '../text/span.ts';

/** Something that a policy allows and that of the base does not. */
export interface PolicyLoosening {
  /** The keys from the outside in, separated by dots: `rules.fresh-version.days`. */
  readonly key: string;
  /** The current value, or the new item of a list. */
  readonly value: string;
  /** The earlier value; undefined for a new item of a list. */
  readonly before: string | undefined;
  /** The token that allows it; undefined if it follows from a removal. */
  readonly span: Span | undefined;
  readonly severity: 'warning' | 'information';
  /** Whether it is in effect anyway, like an advisory that is accepted with a reason. */
  readonly counts: boolean;
}
