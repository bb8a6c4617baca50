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

/** The rows of a QWERTY keyboard and their offset to the right, in key widths. */
const ROWS: readonly (readonly [keys: string, offset: number])[] = [
  ['1234567890', 0],
  ['qwertyuiop', 0.5],
  ['asdfghjkl', 0.75],
  ['zxcvbnm', 1.25],
];

const places: ReadonlyMap<string, readonly [row: number, column: number]> = new Map(
  ROWS.flatMap(([keys, offset], row) =>
    Array.from(keys, (key, i): [string, readonly [number, number]] => [key, [row, i + offset]]),
  ),
);

/** Checks whether the keys of two lower-case letters or digits touch on a QWERTY keyboard. */
function areNeighbouringKeys(a: string, b: string): boolean {
  const [placeA, placeB] = [places.get(a), places.get(b)];
  if (placeA === undefined || placeB === undefined || a === b) return false;
  return Math.abs(placeA[0] - placeB[0]) <= 1 && Math.abs(placeA[1] - placeB[1]) <= 1;
}
