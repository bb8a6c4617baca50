/**
 * How well known a target must be, as ranks in the order of downloads. Attackers imitate what many install; and the
 * further down the list, the more often two names are alike by chance.
 */
export interface Standing {
  /** Names that everybody knows: a generic word beside one of them is enough for a hint. */
  readonly top: number;
  /** An affix added to one of these, or a delimiter omitted, is a deception by itself. */
  readonly wellKnown: number;
  /** One letter of these omitted, added or replaced is a slip rather than chance. */
  readonly common: number;
}

/** Chosen and cross-validated on labeled lists: see the benchmark. */
export const STANDING: Standing = { top: 1_000, wellKnown: 2_000, common: 10_000 };
