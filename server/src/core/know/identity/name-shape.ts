/** The parts of a package name, in lower case: the forms under which names are compared. */
export interface NameShape {
  /** As written. */
  readonly name: string;
  /** The scope without its '@'; empty for a name without one. */
  readonly scope: string;
  /** The name after the scope. */
  readonly base: string;
  /** The base without its delimiters: 'lodash-es' and 'lodash.es' are both 'lodashes'. */
  readonly squashed: string;
  /** The non-empty parts of the base between delimiters. */
  readonly words: readonly string[];
}

/** Splits a package name into its parts. Any string is accepted. */
export function shapeOf(name: string): NameShape {
  const lowered = name.toLowerCase();
  const slash = lowered.startsWith('@') ? lowered.indexOf('/') : -1;
  const scope = slash < 0 ? '' : lowered.slice(1, slash);
  const base = slash < 0 ? lowered : lowered.slice(slash + 1);
  const words = wordsOf(base);
  return { name, scope, base, squashed: words.join(''), words };
}

/** Returns the parts of a name between separators. */
export function wordsOf(base: string): string[] {
  const words: string[] = [];
  let start = 0;
  for (let i = 0; i <= base.length; i++) {
    if (i < base.length && !separates(base.charCodeAt(i))) continue;
    if (i > start) words.push(base.slice(start, i));
    start = i + 1;
  }
  return words;
}

/** Returns the name in lower case without its separators, joining scope and base. */
export function squash(name: string): string {
  return name.replace(SEPARATORS, '').toLowerCase();
}

const SEPARATORS = /[-._@/]/g;

/** Checks whether a character code is '-', '.' or '_'. */
export function isDelimiter(code: number): boolean {
  return code === 0x2d || code === 0x2e || code === 0x5f;
}

/** Checks whether it separates words: delimiters, and the '@' and '/' of a scope. */
export function separates(code: number): boolean {
  return isDelimiter(code) || code === 0x40 || code === 0x2f;
}

/** Lowercases an ASCII character code. */
export function lower(code: number): number {
  return code >= 0x41 && code <= 0x5a ? code + 0x20 : code;
}
