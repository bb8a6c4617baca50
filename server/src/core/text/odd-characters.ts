import { firstControl } from './control-characters.ts';
import type { LineProblem } from './line-tape.ts';

/**
 * Characters that lines of a text should not have: the first control character, at which readers of YAML stop, and the
 * first carriage return without a line feed, which to other readers ends a line, so that what follows could be hidden.
 */
export function oddCharacters(text: string): readonly LineProblem[] {
  const problems: LineProblem[] = [];
  const control = firstControl(text);
  if (control !== -1) problems.push(problemAt('a control character stands here', control));
  for (let at = text.indexOf('\r'); at !== -1; at = text.indexOf('\r', at + 1)) {
    if (text.charCodeAt(at + 1) === 10) continue;
    problems.push(problemAt('a carriage return stands alone', at));
    break;
  }
  return problems;
}

function problemAt(message: string, at: number): LineProblem {
  return { kind: 'syntax', message, span: { start: at, end: at + 1 } };
}
