import type { Specifier } from './specifier.ts';

/** How generators and build tools mark what they replace: `<%= x %>`, `{{ x }}`, `${x}`, `$X`, `__X__` and the like. */
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

/** `ELECTRON_FORGE/VERSION`: no owner of a repository at GitHub has an underscore among capitals only. */
const LIKE_A_REPOSITORY = /^[A-Z0-9]+(?:_[A-Z0-9]+)+\/[A-Z][A-Z0-9_]*$/;

/**
 * Whether a text stands for what a template's generator puts in its place. Only of what no package manager could
 * install as it stands: an address with a mark in it still leads to its host.
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

/** Whether there is a mark in the text that begins in its first part. */
function isMarked(first: string, text: string): boolean {
  return (
    text.length < 1000 && MARKS.some((mark) => text.search(mark) !== -1 && text.search(mark) < first.length)
  );
}
