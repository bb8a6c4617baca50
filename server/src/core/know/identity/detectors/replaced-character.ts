import { areNeighbouringKeys } from '../keyboard.ts';
import type { NearName } from '../near-names.ts';
import type { Edit } from '../one-edit.ts';
import { changesEnding, confidenceInOneLetter } from '../second-look.ts';
import type { Confidence, Detector, Mechanism, Suspect, Suspicion } from '../verdict.ts';

/** Letters that are written for each other because they sound alike. */
const SOUND_ALIKE: ReadonlySet<string> = new Set(['iy', 'sz', 'ck', 'cs', 'kq', 'ae', 'ei', 'gj', 'vw']);

/** In one short word any letter is as likely another word as a slip. */
const LONG_ENOUGH_FOR_ANY = 6;
const LONG_ENOUGH_TO_WARN = 8;

/** Detects one character replaced by another: a neighboring key, one that sounds alike, or any other. */
export const replacedCharacter: Detector = (suspect) =>
  suspect.near().flatMap((near): Suspicion[] => {
    const { edit, rank, target } = near;
    if (edit.kind !== 'replacement') return [];
    const mechanism = mechanismOf(edit);
    const confidence = confidenceOf(suspect, near, mechanism);
    if (confidence === undefined) return [];
    const evidence = `has '${edit.to}' where '${target}' has '${edit.from}'`;
    return [{ rank, mechanism, confidence, evidence }];
  });

function confidenceOf(suspect: Suspect, near: NearName, mechanism: Mechanism): Confidence | undefined {
  const sure = confidenceInOneLetter(suspect, near);
  if (mechanism !== 'replaced-character' || !near.oneWord) return sure;
  if (near.length < LONG_ENOUGH_FOR_ANY || near.atStart || changesEnding(near)) return undefined;
  if (near.length >= LONG_ENOUGH_TO_WARN) return sure;
  return sure === undefined || near.rank >= suspect.standing.common ? undefined : 'low';
}

function mechanismOf({ from, to }: Edit): Mechanism {
  if (areNeighbouringKeys(from, to)) return 'neighbouring-key';
  return SOUND_ALIKE.has(from + to) || SOUND_ALIKE.has(to + from) ? 'homophone' : 'replaced-character';
}
