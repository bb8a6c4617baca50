import { type Judged, judge, ruleExamples } from './judge-cells.ts';
import { FORMATS } from './lockfile-formats.ts';

/** Runs every rule that needs a lockfile on every format. */
export async function allCells(): Promise<readonly Judged[]> {
  const cells: Judged[] = [];
  for (const [rule, examples] of ruleExamples()) {
    for (const format of FORMATS) cells.push(await judge(rule, examples, format));
  }
  return cells;
}
