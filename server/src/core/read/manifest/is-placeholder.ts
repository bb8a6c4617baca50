import type { Specifier } from './specifier.ts';

/**
 * Markers of generators and build tools for text to replace: `<%= x %>`, `{{ x }}`, `${x}`, `$X`, `__X__` and the like.
 */
const MARKS = [
  /<%.*%>/s,
  /\{\{.*\}\}/s,
  /[$#]\{[^}]*\}/,
  /\[\[[^\]]+\]\]/,
  /(?:^|[^\w$])\$[A-Za-z_]\w*/,
  /(?:^|[^A-Za-z0-9_])__[A-Za-z][A-Za-z0-9_.-]*__/,
  /^[~^]?%[A-Za-z_][\w.]*%$/,
  /^[~^]?@{1,2}[A-Za-z_]\w*@{1,2}$/,
  /^[~^]?<[A-Za-z_][\w .-]*>$/,
  /^[~^]?\{[A-Za-z_][\w .-]*\}$/,
];

/** `ELECTRON_FORGE/VERSION`: no repository owner on GitHub has an all-capitals name with an underscore. */
const LIKE_A_REPOSITORY = /^[A-Z0-9]+(?:_[A-Z0-9]+)+\/[A-Z][A-Z0-9_]*$/;

/**
 * Checks whether a text is a placeholder for a template generator. Only for text that no package manager could install
 * as it is: a URL with a marker in it still leads to its host.
 */
export function isPlaceholder(text: string, read: Specifier): boolean {
  switch (read.type) {
    case 'git':
      return LIKE_A_REPOSITORY.test(text) || (!text.includes(':') && isMarked(text.split('/', 1)[0]!, text));
    case 'invalid':
    case 'tag':
    case 'file':
    case 'directory':
      return !/^(?:file|link|portal):/i.test(text) && isMarked(text, text);
    default:
      return false;
  }
}

/** Checks whether the text has a marker that begins in its first part. */
function isMarked(first: string, text: string): boolean {
  return (
    text.length < 1000 && MARKS.some((mark) => text.search(mark) !== -1 && text.search(mark) < first.length)
  );
}
