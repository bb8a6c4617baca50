import type { NearName } from '../near-names.ts';
import { isKnownWord } from '../second-look.ts';
import type { Detector, Suspicion } from '../verdict.ts';

/** Letters that make another form of a word: request(s), parse(r). */
const ENDINGS = ['s', 'r'];
/** Shorter words become different ones with one more letter: 'http' and 'https'. */
const SHORTEST = 5;

/**
 * Detects another form of one of several words, if both forms are words: 'koa-body-parse'. A single word is its own
 * name.
 */
export const grammaticalForm: Detector = ({ near, index, standing }) =>
  near().flatMap((each): Suspicion[] => {
    if (
      each.rank >= standing.common ||
      each.oneWord ||
      !changesForm(each) ||
      !isKnownWord(index, each.changedWord)
    )
      return [];
    const evidence = `has another form of a word of '${each.target}'`;
    return [{ rank: each.rank, mechanism: 'grammatical-form', confidence: 'low', evidence }];
  });

function changesForm({ edit, changedAt, atWordEnd }: NearName): boolean {
  return atWordEnd && changedAt >= SHORTEST && ENDINGS.includes(edit.from + edit.to);
}
