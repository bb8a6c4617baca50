import { type Judged, judge, ruleExamples } from './judge-cells.ts';
import { FORMATS } from './lockfile-formats.ts';

/** Judges every rule that needs something of a lockfile in every format. */
export async function allCells(): Promise<readonly Judged[]> {
  const cells: Judged[] = [];
  for (const [rule, examples] of ruleExamples()) {
    for (const format of FORMATS) cells.push(await judge(rule, examples, format));
  }
  return cells;
}
