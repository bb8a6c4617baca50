import type { ImportKind } from './imports.ts';

interface CommentImport {
  readonly specifier: string;
  readonly kind: ImportKind;
  /** Relative to the comment. */
  readonly offset: number;
}

const ANY = /import|@jsx|-environment|<reference/;
/** An expression of a type, or the end of its braces. */
const TYPE = /[{}]|\bimport\(\s*["']([^"'\n]{1,200})["']\s*\)/g;
const TYPES: readonly RegExp[] = [
  /@import\b[^\n]{0,500}?\bfrom\s+["']([^"'\n]{1,200})["']/g,
  /^\/\/\/\s*<reference\s+types\s*=\s*["']([^"'\n]{1,200})["']/g,
];
const DIRECTIVES: readonly RegExp[] = [
  /@jsxImportSource\s+([@\w./-]{1,200})/g,
  /@(?:jest|vitest)-environment\s+([@\w./-]{1,200})/g,
];

/** Yields the modules that a comment names: types of JSDoc, triple-slash references, directives of tools. */
export function* commentImports(comment: string): Generator<CommentImport> {
  if (!ANY.test(comment)) return;
  if (comment.startsWith('/**')) yield* typeImports(comment);
  if (comment.startsWith('/**') || comment.startsWith('///')) yield* matches(comment, TYPES, 'comment');
  yield* matches(comment, DIRECTIVES, 'directive');
}

/** Yields imports within the braces of JSDoc: elsewhere they are words of the documentation. */
function* typeImports(comment: string): Generator<CommentImport> {
  let depth = 0;
  for (const match of comment.matchAll(TYPE)) {
    const specifier = match[1];
    if (specifier === undefined) depth = match[0] === '{' ? depth + 1 : Math.max(0, depth - 1);
    else if (depth > 0)
      yield { specifier, kind: 'comment', offset: match.index + match[0].lastIndexOf(specifier) };
  }
}

function* matches(comment: string, patterns: readonly RegExp[], kind: ImportKind): Generator<CommentImport> {
  for (const pattern of patterns) {
    for (const match of comment.matchAll(pattern)) {
      const specifier = match[1]!;
      yield { specifier, kind, offset: match.index + match[0].lastIndexOf(specifier) };
    }
  }
}
