import calculator from 'ae-cvss-calculator';
import type { ScoreOf } from './read-osv.ts';

const READERS: ReadonlyMap<string, ScoreOf> = new Map([
  ['CVSS:3.0/', (vector) => baseScore(new calculator.Cvss3P0(vector))],
  ['CVSS:3.1/', (vector) => baseScore(new calculator.Cvss3P1(vector))],
  ['CVSS:4.0/', (vector) => threatScore(new calculator.Cvss4P0(vector))],
]);

/** Rates a vector, for `readOsv`. The calculator is large: only readers of many records load this module. */
export const cvssScore: ScoreOf = (vector) => {
  try {
    return READERS.get(vector.slice(0, 9))?.(vector);
  } catch {
    return undefined;
  }
};

function baseScore(vector: calculator.Cvss3P0 | calculator.Cvss3P1): number | undefined {
  return vector.isBaseFullyDefined() ? vector.calculateScores().base : undefined;
}

/** Version 4 includes the maturity of exploits in the rating of records. */
function threatScore(vector: calculator.Cvss4P0): number | undefined {
  return vector.isBaseFullyDefined() ? vector.calculateScores().overall : undefined;
}
