import type { Span } from '../../../read/text/span.ts';

/** Where a dependency's name or value is being typed. */
export type CompletionPlace = NamePlace | ValuePlace;

interface Place {
  /** The text up to the cursor, without its quote. */
  readonly typed: string;
  /** The token that a choice replaces, including quotes, on one line; empty if nothing is there yet. */
  readonly token: Span;
  /** Returns the token's text for a value, including quotes. */
  write(value: string): string;
  readonly isCatalog: boolean;
}

export interface NamePlace extends Place {
  readonly type: 'name';
  /** Names already in the same object. */
  readonly taken: ReadonlySet<string>;
  /** Whether a value follows, so that only the name is written. */
  readonly hasValue: boolean;
  /**
   * Returns the whole member, split at the place for typing its value. With a value, `before` has all of it; a comma
   * follows if the next member needs one.
   */
  writeMember(name: string, value: string | undefined): { readonly before: string; readonly after: string };
}

export interface ValuePlace extends Place {
  readonly type: 'value';
  /** The completed key. */
  readonly name: string;
}
