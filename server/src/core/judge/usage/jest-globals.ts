import { isWithin, type SearchedText } from './mentions.ts';

/**
 * Checks whether all tests import what Jest otherwise adds to the global scope, so that nothing needs the types of those
 * globals. Packages that add to Jest, such as matchers, may add to these types: then they are needed.
 */
export function importsJestGlobals(texts: readonly SearchedText[]): boolean {
  const code = texts.filter(({ kind }) => kind === 'code');
  return (
    code.some(({ text }) => IMPORTED.test(text)) &&
    !code.some((each) => EXTENDING.test(each.text) || usesGlobals(each))
  );
}

const IMPORTED = /["']@jest\/globals["']/;
const EXTENDING = /["'](?:@[\w.-]+\/)?jest-(?!globals["'])[\w-]+["'/]/;
const CLAUSES = /\{([^{}]*)\}\s*(?:from|=\s*require\()\s*["']@jest\/globals["']/g;
const GLOBALS =
  /(?<![.\w$])(?:([fx]?(?:describe|it|test)|expect|(?:before|after)(?:All|Each))(?:\.\w+)*\s*[(<`]|(jest)\.\w)/g;

function usesGlobals({ text, comments }: SearchedText): boolean {
  const imported = new Set([...text.matchAll(CLAUSES)].flatMap(([, names]) => names!.match(/\w+/g) ?? []));
  return [...text.matchAll(GLOBALS)].some(
    ({ 1: name, 2: jest, index }) => !imported.has(name ?? jest!) && !isWithin(comments, index),
  );
}
