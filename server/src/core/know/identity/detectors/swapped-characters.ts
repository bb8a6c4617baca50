import { wordsOf } from '../name-shape.ts';
import type { NearName } from '../near-names.ts';
import { isKnownWord } from '../second-look.ts';
import type { Confidence, Detector, Suspect, Suspicion } from '../verdict.ts';

/** Names of three letters are permutations of each other by chance. */
const LONG_ENOUGH = 4;

/** Detects neighboring characters in the wrong order: two of them in 'lodahs', three in 'rceat'. */
export const swappedCharacters: Detector = (suspect) =>
  suspect.near().flatMap((near): Suspicion[] => {
    const { edit, rank, target } = near;
    if (edit.kind === 'swap') {
      const evidence = `swaps '${edit.from[0]}' and '${edit.from[1]}'`;
      return [{ rank, mechanism: 'swapped-characters', confidence: inTwo(suspect, near), evidence }];
    }
    if (edit.kind !== 'shuffle' || isKnownWord(suspect.index, near.changedWord)) return [];
    // Three letters in another order and a missing delimiter are two differences.
    if (wordsOf(target.toLowerCase()).length !== suspect.shape.words.length) return [];
    const isSure = near.sameDelimiters && rank < suspect.standing.common;
    const confidence = isSure ? 'medium' : 'low';
    const evidence = `has '${edit.to}' where '${target}' has '${edit.from}'`;
    return [{ rank, mechanism: 'swapped-characters', confidence, evidence }];
  });

function inTwo({ index }: Suspect, { length, changedWord }: NearName): Confidence {
  return length < LONG_ENOUGH || isKnownWord(index, changedWord) ? 'low' : 'high';
}
