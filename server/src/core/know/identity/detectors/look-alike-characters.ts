import { squash } from '../name-shape.ts';
import type { NearName } from '../near-names.ts';
import type { Detector, Suspect, Suspicion } from '../verdict.ts';
import { asciiLookAlike, lookAlikeSpellings, looksLike } from '../visual-skeleton.ts';

/** Shorter names differ by one look-alike letter on purpose: 'url' and 'uri'. */
const LONG_ENOUGH = 4;

/** Detects characters indistinguishable from those of a popular name: '1odash', 'rnoment', letters of other scripts. */
export const lookAlikeCharacters: Detector = (suspect) => {
  const { shape, index } = suspect;
  const { popular } = index;
  const found: Suspicion[] = [];
  const add = (rank: number, confidence: 'high' | 'low'): void => {
    const evidence = `looks the same as '${popular.names[rank]!}'`;
    found.push({ rank, mechanism: 'look-alike-characters', confidence, evidence });
  };
  const plain = asciiLookAlike(shape.name);
  if (plain !== shape.name.toLowerCase()) {
    const rank = popular.rank(plain);
    if (rank !== undefined) add(rank, 'high');
  }
  if (shape.scope !== '' || shape.squashed.length < 3) return found;
  for (const near of suspect.near()) {
    const { edit, rank } = near;
    if (edit.kind === 'replacement' && looksLike(edit.from, edit.to))
      add(rank, isSure(suspect, near) ? 'high' : 'low');
  }
  for (const spelling of lookAlikeSpellings(squash(plain))) {
    for (const rank of index.squashed.find(spelling)) {
      if (!popular.names[rank]!.startsWith('@'))
        add(rank, shape.squashed.length >= LONG_ENOUGH ? 'high' : 'low');
    }
  }
  return found;
};

function isSure({ shape }: Suspect, { length, target }: NearName): boolean {
  return length >= LONG_ENOUGH && !isUrlAndUri(shape.squashed, squash(target));
}

/** 'url' and 'uri' are two words, and many packages exist for each of them. */
function isUrlAndUri(a: string, b: string): boolean {
  return a.replaceAll('uri', 'url') === b.replaceAll('uri', 'url');
}
