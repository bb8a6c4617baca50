import type { Edit } from '../one-edit.ts';
import { isKnownWord } from '../second-look.ts';
import type { Detector, Suspicion } from '../verdict.ts';

/** Shorter names differ by a doubled character without meaning it: 'css' and 'cs'. */
const LONG_ENOUGH = 4;

/** Detects a character typed twice, or one of a pair left out: 'reactt', 'expres'. */
export const repeatedCharacter: Detector = (suspect) =>
  suspect.near().flatMap((near): Suspicion[] => {
    const { edit, rank } = near;
    if (!isRepetition(suspect.shape.squashed, edit)) return [];
    const confidence =
      near.length < LONG_ENOUGH || isKnownWord(suspect.index, near.changedWord) ? 'low' : 'high';
    const evidence = edit.kind === 'addition' ? `doubles '${edit.to}'` : `is missing one '${edit.from}'`;
    return [{ rank, mechanism: 'repeated-character', confidence, evidence }];
  });

/** Checks whether the edit adds or omits a character beside an equal one. */
export function isRepetition(squashed: string, { kind, at, from, to }: Edit): boolean {
  if (kind === 'addition') return squashed[at - 1] === to || squashed[at + 1] === to;
  return kind === 'omission' && (squashed[at - 1] === from || squashed[at] === from);
}
