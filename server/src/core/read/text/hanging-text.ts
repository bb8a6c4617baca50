import { namesAndMore } from './words/words.ts';
import { wrap } from './wrap.ts';

const MOST_NAMES = 8;

/** The first of the names, and how many more there are. */
export function listed(words: readonly string[]): string {
  return namesAndMore(words, MOST_NAMES);
}

/** Text behind a label, whose further lines begin where the first one's text does. */
export function hanging(label: string, text: string, columns: number): readonly string[] {
  return wrap(text, columns - label.length).map(
    (line, at) => (at === 0 ? label : ' '.repeat(label.length)) + line,
  );
}
