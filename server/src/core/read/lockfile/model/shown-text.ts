import { visibleText } from '../../text/words/visible-text.ts';

/** Still fits a sentence; npm's longest names have 214 characters. */
const LONGEST = 214;

/** Formats a piece of a lockfile for a message: on one line, of limited length, and without invisible characters. */
export function shownText(text: string, longest = LONGEST): string {
  const start = text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
  return start.replace(UNSEEN, '\ufffd').replace(HALF, '\ufffd');
}

/** Formats a name or version for a terminal: safe to display like other text, and of limited length. */
export function visibleName(name: string): string {
  // Masks secrets before any is cut in half.
  const shown = visibleText(name);
  return shown.length > LONGEST ? shownText(shown) : shown;
}

/** Control characters, and those that only change how others are displayed. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const UNSEEN = /[\0-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]/g;

/** A lone surrogate. */
const HALF = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
