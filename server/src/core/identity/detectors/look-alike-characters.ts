import { squash } from '../name-shape.ts';
import type { Detector, Suspicion } from '../verdict.ts';
import { asciiLookAlike, visualSkeleton } from '../visual-skeleton.ts';

/** Shorter names are told apart by one look-alike letter on purpose: 'url' and 'uri'. */
const LONG_ENOUGH = 4;

/** Characters that cannot be told from those of a popular name: '1odash', 'rnoment', letters of other scripts. */
export const lookAlikeCharacters: Detector = (suspect) => {
  const { shape, index } = suspect;
  if (shape.scope !== '' || shape.squashed.length < 3) return [];
  const skeleton = visualSkeleton(shape.squashed);
  const foreign = asciiLookAlike(shape.base) !== shape.base;
  return index
    .skeletons()
    .ranks(skeleton)
    .flatMap((rank): Suspicion[] => {
      const target = index.popular.names[rank]!;
      const folded = squash(target);
      // Equal letters differ in delimiters or case only, which is not what this detector is about.
      if (folded === shape.squashed) return [];
      const confidence =
        foreign || (skeleton.length >= LONG_ENOUGH && !isUrlAndUri(shape.squashed, folded)) ? 'high' : 'low';
      return [
        { rank, mechanism: 'look-alike-characters', confidence, evidence: `looks the same as '${target}'` },
      ];
    });
};

/** 'url' and 'uri' are two words, and many packages exist for each of them. */
function isUrlAndUri(a: string, b: string): boolean {
  return a.replaceAll('uri', 'url') === b.replaceAll('uri', 'url');
}
