import type { Span } from '../../../read/text/span.ts';

/** Where something about a dependency is being typed: its name, or what it declares. */
export type CompletionPlace = NamePlace | ValuePlace;

interface Place {
  /** What is typed up to the cursor, without its quote. */
  readonly typed: string;
  /** The token that a choice replaces, quotes included, on one line; empty where nothing stands there yet. */
  readonly token: Span;
  /** The token's text as it has to be written for a value, quotes included. */
  write(value: string): string;
  readonly isCatalog: boolean;
}

export interface NamePlace extends Place {
  readonly type: 'name';
  /** Names that stand in the same object. */
  readonly taken: ReadonlySet<string>;
  /** Whether a value follows, so that the name alone is written. */
  readonly hasValue: boolean;
  /**
   * The whole member, split where its value is typed. With a value, all of it stands before; a comma follows where the
   * next member needs one.
   */
  writeMember(name: string, value: string | undefined): { readonly before: string; readonly after: string };
}

export interface ValuePlace extends Place {
  readonly type: 'value';
  /** The key, which is complete. */
  readonly name: string;
}
