import { isDelimiter } from '../name-shape.ts';
import { WELL_KNOWN } from '../standing.ts';
import type { Detector } from '../verdict.ts';

/** A popular name with one digit behind it: 'express2', 'react-1'. */
export const appendedNumber: Detector = ({ shape, index }) => {
  const { base } = shape;
  if (shape.scope !== '' || !isDigit(base.at(-1))) return [];
  const end = isDelimiter(base.charCodeAt(base.length - 2)) ? -2 : -1;
  const stem = base.slice(0, end);
  const rank = stem.length < 3 || isDigit(stem.at(-1)) ? undefined : index.popular.rank(stem);
  if (rank === undefined) return [];
  const confidence = rank < WELL_KNOWN ? 'medium' : 'low';
  return [{ rank, mechanism: 'appended-number', confidence, evidence: `puts a number behind '${stem}'` }];
};

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}
