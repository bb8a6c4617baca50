import { shapeOf } from '../name-shape.ts';
import type { Confidence, Detector, Suspect, Suspicion } from '../verdict.ts';

/** A base of one word ('core', 'utils') belongs to nobody. */
const FEWEST_WORDS = 2;
/** Fewer names that begin with the same word are not a family. */
const FEWEST_RELATIVES = 4;

/**
 * Detects a popular scoped name without its scope's marks: 'types-node' for '@types/node', 'core-tracing' for
 * '@azure/core-tracing'.
 */
export const lostScope: Detector = (suspect) =>
  suspect.shape.scope === '' ? [...scopeAsPrefix(suspect), ...droppedScope(suspect)] : [];

function scopeAsPrefix({ shape, index: { popular, squashed }, standing }: Suspect): Suspicion[] {
  return squashed.find(shape.squashed).flatMap((rank): Suspicion[] => {
    if (rank >= standing.common) return [];
    const name = popular.names[rank]!;
    const { scope } = shapeOf(name);
    // The owner of the package of that name may have begun without a scope, as 'cspell' did.
    if (scope === '' || (scope !== 'types' && popular.has(scope))) return [];
    const evidence = `writes the scope of '${name}' as a part of the name`;
    return [{ rank, mechanism: 'scope-as-prefix', confidence: 'low', evidence }];
  });
}

function droppedScope(suspect: Suspect): Suspicion[] {
  const { shape, index } = suspect;
  if (shape.words.length < FEWEST_WORDS) return [];
  const owners = index
    .scopedBases()
    .find(shape.squashed)
    .filter((rank) => {
      return shapeOf(index.popular.names[rank]!).base === shape.base;
    });
  // A name in several scopes is a common one.
  if (owners.length !== 1) return [];
  const [rank] = owners as [number];
  const confidence = confidenceOf(suspect, rank);
  if (confidence === undefined) return [];
  const evidence = `is '${index.popular.names[rank]!}' without its scope`;
  return [{ rank, mechanism: 'dropped-scope', confidence, evidence }];
}

/**
 * High if the scope has more names that begin with this word than there are unscoped ones. In a scope that owns little
 * else, the scoped name is more often a copy of the other than the reverse.
 */
function confidenceOf({ shape, index, standing }: Suspect, rank: number): Confidence | undefined {
  const word = shape.words[0]!;
  const { scope } = shapeOf(index.popular.names[rank]!);
  const { inScope, unscoped } = index.families().countsOf(word, scope);
  const isTheirWord = inScope > Math.max(unscoped, 1) && !scope.includes(word);
  if (isTheirWord && inScope >= FEWEST_RELATIVES) return 'medium';
  return isTheirWord || (rank < standing.common && index.scopes().ownsSeveral(scope)) ? 'low' : undefined;
}
