import { indexLines } from '../text/line-index.ts';
import type { ParseProblem } from '../text/problem.ts';

/** `Line 12: a string is not closed`, counted from 1 as editors do. */
export function placeOf(text: string, problem: ParseProblem): string {
  return `Line ${indexLines(text).positionAt(problem.span.start).line + 1}: ${problem.message}`;
}
