import { confidenceInOneLetter } from '../second-look.ts';
import type { Detector, Suspicion } from '../verdict.ts';
import { isRepetition } from './repeated-character.ts';

/** Detects one character left out: 'reqest'. */
export const omittedCharacter: Detector = (suspect) =>
  suspect.near().flatMap((near): Suspicion[] => {
    const { edit, rank } = near;
    if (edit.kind !== 'omission' || isRepetition(suspect.shape.squashed, edit)) return [];
    const confidence = confidenceInOneLetter(suspect, near);
    if (confidence === undefined) return [];
    const evidence = `is missing '${edit.from}'`;
    return [{ rank, mechanism: 'omitted-character', confidence, evidence }];
  });
