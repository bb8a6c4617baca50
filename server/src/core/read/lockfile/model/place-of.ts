import type { ParseProblem } from '../../text/problem.ts';

/** Formats `Line 12: a string is not closed`, counting from 1 like editors. */
export function placeOf(text: string, problem: ParseProblem): string {
  return `Line ${lineOf(text, problem.span.start)}: ${problem.message}`;
}

/** Lines end with \n, \r\n or \r. Reads only the text before the place. */
function lineOf(text: string, offset: number): number {
  const before = text.slice(0, offset);
  let line = 1;
  for (let at = before.indexOf('\n'); at !== -1; at = before.indexOf('\n', at + 1)) line++;
  // If the place splits a \r\n, the line feed comes after it.
  for (let at = before.indexOf('\r'); at !== -1; at = before.indexOf('\r', at + 1)) {
    if (text.charCodeAt(at + 1) !== 10) line++;
  }
  return line;
}
