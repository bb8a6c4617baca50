import { shapeOf } from '../name-shape.ts';
import type { Confidence, Detector, Suspect, Suspicion } from '../verdict.ts';

/** A base of one word ('core', 'utils') belongs to nobody. */
const FEWEST_WORDS = 2;
/** Fewer names that begin with the same word are no family. */
const FEWEST_RELATIVES = 4;

/** A popular scoped name without its scope's marks: 'types-node' for '@types/node', 'core-tracing' for '@azure/core-tracing'. */
export const lostScope: Detector = (suspect) =>
  suspect.shape.scope === '' ? [...scopeAsPrefix(suspect), ...droppedScope(suspect)] : [];

function scopeAsPrefix({ shape, index: { popular, squashed } }: Suspect): Suspicion[] {
  return squashed.find(shape.squashed).flatMap((rank): Suspicion[] => {
    const name = popular.names[rank]!;
    const { scope } = shapeOf(name);
    // Whoever owns the package of that name may well have begun without a scope, as 'cspell' did.
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
  // Where several scopes have the name, it is a common one.
  if (owners.length !== 1) return [];
  const [rank] = owners as [number];
  const evidence = `is '${index.popular.names[rank]!}' without its scope`;
  return [{ rank, mechanism: 'dropped-scope', confidence: confidenceOf(suspect, rank), evidence }];
}

/** Sure where most names that begin with this word are of that scope. */
function confidenceOf({ shape, index }: Suspect, rank: number): Confidence {
  const word = shape.words[0]!;
  const { scope } = shapeOf(index.popular.names[rank]!);
  const family = index.families().of(word);
  if (family === undefined || scope.includes(word)) return 'low';
  const isOfThisScope = shapeOf(index.popular.names[family.rank]!).scope === scope;
  return isOfThisScope && family.count >= FEWEST_RELATIVES && family.count * 2 >= family.all
    ? 'medium'
    : 'low';
}
