import { SHORTEST_FOR_TWO_EDITS } from '../hash-names.ts';
import { isKnownWord } from '../second-look.ts';
import type { Detector } from '../verdict.ts';

/** Two slips in a long name: 'suport-color'. A name of words that all are known is another name, not a slip. */
export const twoEdits: Detector = ({ shape, index }) => {
  if (shape.scope !== '' || shape.squashed.length < SHORTEST_FOR_TWO_EDITS) return [];
  if (shape.words.every((word) => isKnownWord(index, word))) return [];
  return index
    .twoEdits()
    .find(shape.squashed)
    .map((rank) => ({
      rank,
      mechanism: 'two-edits',
      confidence: 'low',
      evidence: `differs in two places from '${index.popular.names[rank]}'`,
    }));
};
