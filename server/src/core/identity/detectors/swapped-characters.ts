import { isKnownWord } from '../second-look.ts';
import type { Detector, Suspicion } from '../verdict.ts';

/** Names of three letters are permutations of each other by chance. */
const LONG_ENOUGH = 4;

/** Two neighbouring characters in the wrong order: 'lodahs'. */
export const swappedCharacters: Detector = (suspect) =>
  suspect.near().flatMap((near): Suspicion[] => {
    const { edit, rank, target } = near;
    if (edit.kind !== 'swap') return [];
    const deliberate = near.length < LONG_ENOUGH || isKnownWord(suspect.index, near.changedWord);
    const confidence = deliberate ? 'low' : 'high';
    const evidence = `swaps '${edit.from[0]}' and '${edit.from[1]}' of '${target}'`;
    return [{ rank, mechanism: 'swapped-characters', confidence, evidence }];
  });
