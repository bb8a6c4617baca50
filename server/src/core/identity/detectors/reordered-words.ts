import { sortedWordsKey } from '../confusion-index.ts';
import { wordSetHash } from '../name-hashes.ts';
import { WELL_KNOWN } from '../standing.ts';
import type { Detector } from '../verdict.ts';

/** The words of a popular name in another order: 'parser-body'. */
export const reorderedWords: Detector = ({ shape, index }) => {
  const key = shape.scope === '' ? sortedWordsKey(shape.base) : undefined;
  if (key === undefined) return [];
  return index
    .sortedWords()
    .ranks(key, wordSetHash(shape.base))
    .map((rank) => ({
      rank,
      mechanism: 'word-order',
      confidence: rank < WELL_KNOWN ? 'medium' : 'low',
      evidence: `has the words of '${index.popular.names[rank]}' in another order`,
    }));
};
