import { shapeOf } from '../name-shape.ts';
import { nearNames } from '../near-names.ts';
import { isKnownWord } from '../second-look.ts';
import type { Detector, Suspicion } from '../verdict.ts';

const LONG_ENOUGH = 5;

/** Detects one slip followed by a 'js': 'ethesjs' for 'ethers'. */
export const affixedMisspelling: Detector = ({ shape, index }) => {
  const stem = /^(.+?)[-._]?js$/.exec(shape.base)?.[1];
  if (shape.scope !== '' || stem === undefined || stem.length < LONG_ENOUGH) return [];
  const stemShape = shapeOf(stem);
  if (stemShape.words.every((word) => isKnownWord(index, word))) return [];
  return nearNames(stemShape, index).flatMap(({ rank, target, length, changedWord }): Suspicion[] => {
    // 'strip-ansi-cjs' has another ending on purpose, not an extra letter.
    if (length < LONG_ENOUGH || changedWord.length < 2) return [];
    const evidence = `changes one letter of '${target}' and appends 'js'`;
    return [{ rank, mechanism: 'two-edits', confidence: 'low', evidence }];
  });
};
