import type { ConfusionIndex } from './confusion-index.ts';
import { isDelimiter, type NameShape, squash } from './name-shape.ts';
import { type Edit, forEachOneEdit } from './one-edit.ts';

/** A popular name that is one edit away from the checked name, ignoring delimiters. */
export interface NearName {
  readonly rank: number;
  readonly target: string;
  readonly edit: Edit;
  /** Length of the shorter of the two, without delimiters. */
  readonly length: number;
  /** Whether both have the same delimiters at the same places. */
  readonly sameDelimiters: boolean;
  /** Whether the edit is at the first or last character of the whole name. */
  readonly atStart: boolean;
  readonly atEnd: boolean;
  /** The word of the name that contains the edit. */
  readonly changedWord: string;
  /** Offset of the edit in that word, and whether it extends to its end. */
  readonly changedAt: number;
  readonly atWordEnd: boolean;
  /** Whether that word is the whole name, ignoring delimiters. */
  readonly oneWord: boolean;
}

/**
 * Returns all popular unscoped names one edit away from an unscoped name. If some have their delimiters at the same
 * places, only those, because they explain it better.
 */
export function nearNames(shape: NameShape, index: ConfusionIndex): readonly NearName[] {
  const near: NearName[] = [];
  if (shape.scope !== '') return near;
  forEachOneEdit(shape.squashed, index.squashed, (key, edit) => {
    for (const rank of index.squashed.find(key)) {
      const target = index.popular.names[rank]!;
      if (target.startsWith('@')) continue;
      // Offset of the edit in the name itself, and where the edited part ends there.
      const at = edit.at;
      const end = at + edit.to.length;
      near.push({
        rank,
        target,
        edit,
        length: Math.min(key.length, shape.squashed.length),
        sameDelimiters: outline(shape.base, at, end) === outline(target, at, at + edit.from.length),
        atStart: at === 0,
        atEnd: end >= shape.squashed.length && at + edit.from.length >= squash(target).length,
        ...wordAt(shape.words, at, end),
        oneWord: shape.words.length === 1,
      });
    }
  });
  const alike = near.filter(({ sameDelimiters }) => sameDelimiters);
  return alike.length > 0 ? alike : near;
}

/** Returns the delimiters of a name and the number of characters between them, not counting those of the edit. */
function outline(base: string, from: number, to: number): string {
  let outlined = '';
  let count = 0;
  let offset = 0;
  for (let i = 0; i < base.length; i++) {
    if (isDelimiter(base.charCodeAt(i))) {
      outlined += `${count}${base[i]}`;
      count = 0;
    } else {
      if (offset < from || offset >= to) count++;
      offset++;
    }
  }
  return outlined + count;
}

/** Returns the word that contains the edit: for an omission, the word whose inside or edge the gap touches. */
function wordAt(
  words: readonly string[],
  at: number,
  end: number,
): Pick<NearName, 'changedWord' | 'changedAt' | 'atWordEnd'> {
  let start = 0;
  for (const word of words) {
    if (at < start + word.length || (at === end && at === start + word.length)) {
      return { changedWord: word, changedAt: at - start, atWordEnd: end >= start + word.length };
    }
    start += word.length;
  }
  return { changedWord: words.at(-1) ?? '', changedAt: 0, atWordEnd: false };
}
