import type { ImportKind } from './imports.ts';

interface CommentImport {
  readonly specifier: string;
  readonly kind: ImportKind;
  /** Relative to the comment. */
  readonly offset: number;
}

const ANY = /import|@jsx|-environment|<reference/;
const TYPES: readonly RegExp[] = [
  /\bimport\(\s*["']([^"'\n]{1,200})["']\s*\)/g,
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
  if (comment.startsWith('/**') || comment.startsWith('///')) yield* matches(comment, TYPES, 'comment');
  yield* matches(comment, DIRECTIVES, 'directive');
}

function* matches(comment: string, patterns: readonly RegExp[], kind: ImportKind): Generator<CommentImport> {
  for (const pattern of patterns) {
    for (const match of comment.matchAll(pattern)) {
      const specifier = match[1]!;
      yield { specifier, kind, offset: match.index + match[0].lastIndexOf(specifier) };
    }
  }
}
