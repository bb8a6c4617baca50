import type { Detector } from '../verdict.ts';

/** A number, or a version, behind a name: 'express2', 'react-1', 'discord.js12.5.3', 'webpack-v4'. */
const NUMBER = /^(.*?[^\d.\-_])([-._]?)v?(?:\d{1,2}|\d{1,4}(?:\.\d{1,4}){1,3})$/;
const SHORTEST = 3;

/** A popular name with a number behind it, as if it were that version of the package. */
export const appendedNumber: Detector = ({ shape: { base, scope }, index: { popular }, standing }) => {
  const [, stem = '', delimiter] = (scope === '' && NUMBER.exec(base)) || [];
  const rank = stem.length < SHORTEST ? undefined : popular.rank(stem);
  // Written together it is how people name another implementation.
  if (rank === undefined || rank >= (delimiter === '' ? standing.top : standing.common)) return [];
  const evidence = `appends a number to '${stem}'`;
  return [{ rank, mechanism: 'appended-number', confidence: 'low', evidence }];
};
