import type { Detector, Suspicion } from '../verdict.ts';

/** A base of one word ('core', 'utils') belongs to nobody. */
const FEWEST_WORDS = 2;

/** A popular scoped name without its scope's marks: 'types-node' for '@types/node', 'core-tracing' for '@azure/core-tracing'. */
export const lostScope: Detector = ({ shape, index }) => {
  if (shape.scope !== '') return [];
  const { names } = index.popular;
  const asPrefix = index
    .scopedSquashed()
    .ranks(shape.squashed)
    .map((rank): Suspicion => {
      const evidence = `writes the scope of '${names[rank]}' as a part of the name`;
      return { rank, mechanism: 'scope-as-prefix', confidence: 'low', evidence };
    });
  if (shape.words.length < FEWEST_WORDS) return asPrefix;
  const owners = index.scopedBases().ranks(shape.base);
  // Where several scopes have the name, it is a common one.
  if (owners.length !== 1) return asPrefix;
  const dropped = owners.map((rank): Suspicion => {
    return {
      rank,
      mechanism: 'dropped-scope',
      confidence: 'low',
      evidence: `is '${names[rank]}' without its scope`,
    };
  });
  return [...asPrefix, ...dropped];
};
