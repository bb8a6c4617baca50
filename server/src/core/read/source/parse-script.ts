import { type ESTree, parseModule, parseScript } from 'meriyah';
import { LONGEST_SOURCE, type ParsedSource, type UnparsedSource, unparsed } from './syntax.ts';

const OPTIONS = {
  next: true,
  ranges: { start: true },
  webcompat: true,
  validateRegex: false,
} as const;

/**
 * Parses JavaScript, first as a module and then as a script, because a file name does not say which one it is.
 *
 * @param jsx Whether elements of JSX are read, as in sources that a bundler compiles.
 */
export function parseJavaScript(text: string, jsx = false): ParsedSource | UnparsedSource {
  if (text.length > LONGEST_SOURCE) return { type: 'unparsed', reason: 'it is too large' };
  try {
    return parsed(parseModule(text, { ...OPTIONS, jsx }), 'module');
  } catch (error) {
    if (error instanceof RangeError) return unparsed(error);
  }
  try {
    return parsed(parseScript(text, { ...OPTIONS, jsx, globalReturn: true }), 'script');
  } catch (error) {
    return unparsed(error);
  }
}

function parsed(program: ESTree.Program, sourceType: ParsedSource['sourceType']): ParsedSource {
  return { type: 'parsed', program, sourceType, isPartial: false };
}
