import { parseJavaScript } from './parse-script.ts';
import type { ParsedSource, UnparsedSource } from './syntax.ts';

/** The parser of TypeScript, which is loaded only for files that need it. */
export type ParseTyped = typeof import('./typed-source.ts').parseTyped;

/** Checks whether a file name stands for source text that only the parser of TypeScript reads. */
export function needsTypedParser(path: string): boolean {
  return /\.(?:[cm]?ts|tsx)$/i.test(path);
}

/** Checks whether a file name stands for a program that Node.js or a bundler loads; types alone are none. */
export function isSourceName(path: string): boolean {
  return /\.(?:[cm]?[jt]s|[jt]sx)$/i.test(path) && !/\.d\.[cm]?ts$/i.test(path);
}

/**
 * Parses a source file by its name. Files with JavaScript names that are not JavaScript, such as those with JSX or types
 * of Flow, are tried with JSX, and with the parser of TypeScript if it is given.
 */
export function parseSource(
  text: string,
  path: string,
  parseTyped?: ParseTyped,
): ParsedSource | UnparsedSource {
  if (needsTypedParser(path)) {
    if (parseTyped === undefined)
      return { type: 'unparsed', reason: 'the parser of TypeScript is not loaded' };
    return parseTyped(text, { typescript: true, jsx: /x$/i.test(path) });
  }
  const plain = parseJavaScript(text, /x$/i.test(path));
  if (plain.type === 'parsed') return plain;
  const withJsx = parseJavaScript(text, true);
  if (withJsx.type === 'parsed' || parseTyped === undefined) return withJsx;
  return parseTyped(text, { typescript: false, jsx: true });
}
