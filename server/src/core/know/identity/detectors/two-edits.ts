import { editDistance } from '../../../read/text/words/edit-distance.ts';
import { squash, wordsOf } from '../name-shape.ts';
import { SHORTEST_FOR_TWO_EDITS } from '../near-in-two.ts';
import { isKnownWord } from '../second-look.ts';
import type { Detector, Suspicion } from '../verdict.ts';

/** Detects two slips in a long name: 'suport-color'. A name of known words only is another name, not a slip. */
export const twoEdits: Detector = ({ shape, index, standing }) => {
  if (shape.scope !== '' || shape.squashed.length < SHORTEST_FOR_TWO_EDITS) return [];
  if (shape.words.every((word) => isKnownWord(index, word))) return [];
  return index
    .twoEdits()
    .find(shape.squashed)
    .flatMap((rank): Suspicion[] => {
      const target = index.popular.names[rank]!;
      // With other numbers, or at other places, it is another version or variant.
      if (withoutNumbers(target.toLowerCase()) === withoutNumbers(shape.base)) return [];
      if (rank >= standing.wellKnown || !inLongWords(shape.words, wordsOf(target.toLowerCase()))) return [];
      const evidence = `differs in two places from '${target}'`;
      return [{ rank, mechanism: 'two-edits', confidence: 'low', evidence }];
    });
};

/** The minimum word length for one difference, and for two. */
const FOR_ONE = 4;
const FOR_TWO = 6;

/**
 * Checks whether the words that differ are long enough: 'eslint-plugin-reco' is no misspelling of
 * 'eslint-plugin-react'.
 */
function inLongWords(words: readonly string[], describeTarget: readonly string[]): boolean {
  if (words.length !== describeTarget.length) return true;
  return words.every((word, i) => {
    const target = describeTarget[i]!;
    if (word === target) return true;
    const length = Math.min(word.length, target.length);
    return length >= FOR_TWO || (length >= FOR_ONE && editDistance(word, target, 1) <= 1);
  });
}

function withoutNumbers(name: string): string {
  return squash(name).replace(/\d/g, '');
}
