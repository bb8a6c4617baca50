import { areNeighbouringKeys } from '../keyboard.ts';
import type { Edit } from '../one-edit.ts';
import { confidenceInOneLetter } from '../second-look.ts';
import type { Detector, Mechanism, Suspicion } from '../verdict.ts';

/** Letters that are written for each other because they sound alike. */
const SOUND_ALIKE: ReadonlySet<string> = new Set(['iy', 'sz', 'ck', 'cs', 'kq', 'ae', 'ei', 'gj', 'vw']);

/** Short names that differ in some letter are everywhere. */
const LONG_ENOUGH_FOR_ANY = 6;

/** One character in the place of another: a neighbouring key, one that sounds alike, or any other. */
export const replacedCharacter: Detector = (suspect) =>
  suspect.near().flatMap((near): Suspicion[] => {
    const { edit, rank, target } = near;
    if (edit.kind !== 'replacement') return [];
    const mechanism = mechanismOf(edit);
    if (mechanism === 'replaced-character' && near.length < LONG_ENOUGH_FOR_ANY) return [];
    const sure = confidenceInOneLetter(suspect, near);
    if (sure === undefined) return [];
    // Any other letter is as likely another word as a slip: by the name alone it stays a hint.
    const confidence = mechanism === 'replaced-character' ? 'low' : sure;
    return [
      { rank, mechanism, confidence, evidence: `has '${edit.to}' where '${target}' has '${edit.from}'` },
    ];
  });

function mechanismOf({ from, to }: Edit): Mechanism {
  if (areNeighbouringKeys(from, to)) return 'neighbouring-key';
  return SOUND_ALIKE.has(from + to) || SOUND_ALIKE.has(to + from) ? 'homophone' : 'replaced-character';
}
