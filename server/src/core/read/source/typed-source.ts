/** The parser of TypeScript and JSX: a module of its own, three times the size of the other one and a third of its speed. */

import { parse } from '@babel/parser';
import {
  LONGEST_SOURCE,
  type ParsedSource,
  type SyntaxProgram,
  type UnparsedSource,
  unparsed,
} from './syntax.ts';

/** The syntax that a file has besides JavaScript. */
export interface TypedSyntax {
  readonly typescript: boolean;
  readonly jsx: boolean;
}

/** Parses TypeScript or JSX to ESTree, and passes over what it can recover from. */
export function parseTyped(text: string, { typescript, jsx }: TypedSyntax): ParsedSource | UnparsedSource {
  if (text.length > LONGEST_SOURCE) return { type: 'unparsed', reason: 'it is too large' };
  if (typescript && nestsTypeArguments(text)) return { type: 'unparsed', reason: 'it is nested too deeply' };
  try {
    const { program, errors } = parse(text, {
      sourceType: 'unambiguous',
      errorRecovery: true,
      allowReturnOutsideFunction: true,
      allowUndeclaredExports: true,
      attachComment: false,
      plugins: [
        'estree',
        'decoratorAutoAccessors',
        ...(typescript ? (['typescript', 'decorators-legacy'] as const) : (['decorators'] as const)),
        ...(jsx ? (['jsx'] as const) : []),
      ],
    });
    return {
      type: 'parsed',
      program: program as unknown as SyntaxProgram,
      sourceType: program.sourceType === 'module' ? 'module' : 'script',
      isPartial: (errors?.length ?? 0) > 0,
    };
  } catch (error) {
    return unparsed(error);
  }
}

/** The parser tries `<T>(` in two ways, each of which tries what is inside it again: its time doubles at each level. */
const MOST_TYPE_ARGUMENTS = 10;

/** Checks whether parentheses behind `>` are nested in each other more deeply than people write them. */
function nestsTypeArguments(text: string): boolean {
  const open: boolean[] = [];
  let depth = 0;
  let before = '';
  for (const character of text) {
    if (character === '(') {
      const isBehindType = before === '>';
      open.push(isBehindType);
      if (isBehindType && ++depth > MOST_TYPE_ARGUMENTS) return true;
    } else if (character === ')' && open.pop() === true) depth--;
    if (!/\s/.test(character)) before = character;
  }
  return false;
}
