import type { ImportKind } from './imports.ts';

interface CommentImport {
  readonly specifier: string;
  readonly kind: ImportKind;
  /** Relative to the comment. */
  readonly offset: number;
}

const ANY = /import|@jsx|-environment|<reference/;
const PATTERNS: readonly RegExp[] = [
  /\bimport\(\s*["']([^"'\n]{1,200})["']\s*\)/g,
  /@import\b[^\n]{0,500}?\bfrom\s+["']([^"'\n]{1,200})["']/g,
  /^\/\/\/\s*<reference\s+types\s*=\s*["']([^"'\n]{1,200})["']/g,
  /@jsxImportSource\s+([@\w./-]{1,200})/g,
  /@(?:jest|vitest)-environment\s+([@\w./-]{1,200})/g,
];
const DIRECTIVE = /@jsxImportSource|-environment/;

/** Yields the modules that a comment names: types of JSDoc, triple-slash references, directives of tools. */
export function* commentImports(comment: string): Generator<CommentImport> {
  if (!ANY.test(comment)) return;
  const isTyped = comment.startsWith('/**') || comment.startsWith('///') || DIRECTIVE.test(comment);
  if (!isTyped) return;
  for (const pattern of PATTERNS) {
    for (const match of comment.matchAll(pattern)) {
      const specifier = match[1]!;
      yield { specifier, kind: 'comment', offset: match.index + match[0].lastIndexOf(specifier) };
    }
  }
}
