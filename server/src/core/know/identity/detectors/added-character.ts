import { confidenceInOneLetter } from '../second-look.ts';
import type { Detector, Suspicion } from '../verdict.ts';
import { isRepetition } from './repeated-character.ts';

/** Detects one character too many: 'discordi.js'. */
export const addedCharacter: Detector = (suspect) =>
  suspect.near().flatMap((near): Suspicion[] => {
    const { edit, rank, target } = near;
    if (edit.kind !== 'addition' || isRepetition(suspect.shape.squashed, edit)) return [];
    const confidence = confidenceInOneLetter(suspect, near);
    if (confidence === undefined) return [];
    return [{ rank, mechanism: 'added-character', confidence, evidence: `adds '${edit.to}' to '${target}'` }];
  });
