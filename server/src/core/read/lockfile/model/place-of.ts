import type { ParseProblem } from '../../text/problem.ts';

/** `Line 12: a string is not closed`, counted from 1 as editors do. */
export function placeOf(text: string, problem: ParseProblem): string {
  return `Line ${lineOf(text, problem.span.start)}: ${problem.message}`;
}

/** Lines end with \n, \r\n or \r. Only what is before the place is looked at. */
function lineOf(text: string, offset: number): number {
  const before = text.slice(0, offset);
  let line = 1;
  for (let at = before.indexOf('\n'); at !== -1; at = before.indexOf('\n', at + 1)) line++;
  // The first half of \r\n at the very place has its line feed behind it.
  for (let at = before.indexOf('\r'); at !== -1; at = before.indexOf('\r', at + 1)) {
    if (text.charCodeAt(at + 1) !== 10) line++;
  }
  return line;
}
