import { namesAndMore } from './words/words.ts';
import { wrap } from './wrap.ts';

const MOST_NAMES = 8;

/** Formats the first of the names, and the number of further ones. */
export function listed(words: readonly string[]): string {
  return namesAndMore(words, MOST_NAMES);
}

/** Formats text after a label, with continuation lines aligned to the start of the text. */
export function hanging(label: string, text: string, columns: number): readonly string[] {
  return wrap(text, columns - label.length).map(
    (line, at) => (at === 0 ? label : ' '.repeat(label.length)) + line,
  );
}
