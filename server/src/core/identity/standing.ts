/**
 * How well known a target must be. Whoever wants to deceive imitates what many install; and the further down
 * the list, the more often two names are alike by chance.
 */

/** The most downloaded names: an affix or a number added to one of them is a deception by itself. */
export const WELL_KNOWN = 2_000;
/** For the same letters with other delimiters. */
export const KNOWN = 5_000;
/** For one letter omitted, added or replaced. */
export const COMMON = 10_000;
