import { wordsOf } from '../name-shape.ts';
import type { Detector } from '../verdict.ts';

/** Names of more words are not compared in another order. */
const MOST_WORDS = 8;
/** Words that this many popular names have. */
const OFTEN = 50;

/** Detects the words of a popular name in another order: 'parser-body'. */
export const reorderedWords: Detector = ({ shape, index, standing }) => {
  const { words } = shape;
  if (shape.scope !== '' || words.length < 2 || words.length > MOST_WORDS) return [];
  const ranks = new Set<number>();
  // '-stream' and '-parse' are common endings: such a name arose independently.
  const endsAsOthers = index.words.uses(words.at(-1)!) >= OFTEN;
  const own = words.toSorted().join(' ');
  for (const order of otherOrders(words)) {
    for (const rank of index.squashed.find(order)) {
      if (endsAsOthers && rank >= standing.top) continue;
      const target = index.popular.names[rank]!.toLowerCase();
      if (!target.startsWith('@') && wordsOf(target).toSorted().join(' ') === own) ranks.add(rank);
    }
  }
  return Array.from(ranks, (rank) => ({
    rank,
    mechanism: 'word-order',
    confidence: 'low',
    evidence: `has the words of '${index.popular.names[rank]!}' in another order`,
  }));
};

/** Returns the words written together with one of them at another place, or with two exchanged. */
function otherOrders(words: readonly string[]): Set<string> {
  const orders = new Set<string>();
  for (let i = 0; i < words.length; i++) {
    for (let j = 0; j < words.length; j++) {
      if (i === j) continue;
      orders.add(words.toSpliced(i, 1).toSpliced(j, 0, words[i]!).join(''));
      if (i < j) orders.add(words.with(i, words[j]!).with(j, words[i]!).join(''));
    }
  }
  orders.delete(words.join(''));
  return orders;
}
