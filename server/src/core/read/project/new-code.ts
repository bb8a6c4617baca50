/** What the code of a locked version can do that is new since the base, as far as its code could be read. */
export interface NewCode {
  /** The version in the base with which it was compared; undefined for a new package, or if the code of that is unknown. */
  readonly before: string | undefined;
  /** What is new, or everything suspicious without an earlier version, as verb phrases with their places. */
  readonly signs: readonly string[];
  /** New capabilities, with their details and places. */
  readonly capabilities: readonly string[];
  /** The capabilities that the earlier version had none of. */
  readonly kinds: readonly string[];
  readonly isSuspicious: boolean;
  readonly points: number;
}

/** By `name@version`. */
export type NewCodes = ReadonlyMap<string, NewCode>;

export const NO_NEW_CODE: NewCodes = new Map();

/** What the code of a locked version can do. */
export interface EntryCode {
  /** The names of its capabilities. */
  readonly uses: readonly string[];
  /** Against the version in the base; undefined if that is the same, or its code is unknown. */
  readonly news: NewCode | undefined;
}
