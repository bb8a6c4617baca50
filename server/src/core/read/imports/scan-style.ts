import { type FoundImport, NO_IMPORTS, type ScannedImports } from './imports.ts';

/**
 * Reads what a style sheet imports: `@import`, `@use`, `@forward`, Tailwind's `@plugin`, `@config` and `@reference`,
 * `composes: … from`, and URLs of packages with a tilde. Names without a path may also be files beside it.
 */
export function scanStyle(text: string): ScannedImports {
  if (!/@|~|composes/.test(text)) return NO_IMPORTS;
  const code = withoutComments(text);
  const imports: FoundImport[] = [];
  for (const pattern of [RULE, COMPOSES, TILDE]) {
    for (const match of code.matchAll(pattern)) {
      const specifier = match[2]!.replace(/^~(?!\/)/, '').replace(/^pkg:/, '');
      const offset = match.index + match[0].lastIndexOf(match[2]!);
      imports.push({ specifier, kind: 'value', offset, isOptional: true });
    }
  }
  return { ...NO_IMPORTS, imports };
}

const RULE =
  /@(?:import|use|forward|plugin|config|reference|require)\s+(?:\([^)]{0,200}\)\s*)?(?:url\(\s*)?(["']?)([^"'\s;)]{1,200})\1/g;
const COMPOSES = /\bcomposes:[^;{}]{0,200}?\bfrom\s+(["'])([^"'\n]{1,200})\1/g;
const TILDE = /(["'(])(~[@\w][^"')\s]{1,200})/g;

/** Returns the text with blanks for its comments; the rest behind one that does not end is one as well. */
function withoutComments(text: string): string {
  let code = '';
  let at = 0;
  for (let start = text.indexOf('/*'); start !== -1; start = text.indexOf('/*', at)) {
    const close = text.indexOf('*/', start + 2);
    const end = close === -1 ? text.length : close + 2;
    code += text.slice(at, start) + ' '.repeat(end - start);
    at = end;
  }
  return code + text.slice(at);
}
