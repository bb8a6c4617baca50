import { wordsOf } from '../name-shape.ts';
import type { Detector } from '../verdict.ts';

/** A number, or a version, after a name: 'express2', 'react-1', 'discord.js12.5.3', 'webpack-v4'. */
const NUMBER = /^(.*?[^\d.\-_])([-._]?)v?(?:\d{1,2}|\d{1,4}(?:\.\d{1,4}){1,3})$/;
/** With dots it is a version number. */
const VERSION = /\d\.\d+$/;
const SHORTEST = 3;

/** Detects a popular name with a number after it, as if it were that version of the package. */
export const appendedNumber: Detector = ({ shape: { base, scope }, index: { popular }, standing }) => {
  const [, stem = '', delimiter] = (scope === '' && NUMBER.exec(base)) || [];
  const rank = stem.length < SHORTEST ? undefined : popular.rank(stem);
  if (rank === undefined || rank >= (delimiter === '' ? standing.top : standing.common)) return [];
  // Written together, it is how people name another implementation, especially for a name of several words.
  if (delimiter === '' && wordsOf(stem).length > 1 && !VERSION.test(base)) return [];
  const evidence = `appends a number to '${stem}'`;
  return [{ rank, mechanism: 'appended-number', confidence: 'low', evidence }];
};
