import { isDelimiter, type NameShape, wordsOf } from '../name-shape.ts';
import { isKnownWord } from '../second-look.ts';
import type { Confidence, Detector, Suspect, Suspicion } from '../verdict.ts';

/** Detects the same letters with other delimiters, or none: 'crossenv', 'uglify.js', 'lodash-'. */
export const changedDelimiters: Detector = (suspect) => {
  const { shape, index } = suspect;
  if (shape.scope !== '' || shape.squashed.length < 3) return [];
  return index.squashed.find(shape.squashed).flatMap((rank): Suspicion[] => {
    const target = index.popular.names[rank]!;
    const confidence = target.startsWith('@') ? undefined : confidenceOf(suspect, target, rank);
    if (confidence === undefined) return [];
    return [{ rank, mechanism: 'delimiter', confidence, evidence: `uses other delimiters than '${target}'` }];
  });
};

function confidenceOf(
  { shape, index, standing }: Suspect,
  target: string,
  rank: number,
): Confidence | undefined {
  if (beginsOrEndsWithOne(shape)) return 'high';
  const areWords = shape.words.every((word) => isKnownWord(index, word));
  const isMore = shape.words.length > wordsOf(target).length;
  // More words than the target has, all of them in use: another author's name for the same thing.
  if (isMore && areWords) return undefined;
  // A typist omits one, or breaks a word in two.
  const isSlip = shape.base.length < target.length || (shape.words.length > 1 && !areWords);
  return isSlip && rank < standing.wellKnown ? 'medium' : 'low';
}

/** No package has such a name on purpose. */
function beginsOrEndsWithOne({ base }: NameShape): boolean {
  return isDelimiter(base.charCodeAt(0)) || isDelimiter(base.charCodeAt(base.length - 1));
}
