/** The length of a name that still fits a sentence; npm's longest names have 214 characters. */
const LONGEST = 214;

/** A piece of a lockfile as a message shows it: on one line, with an end, and without what cannot be seen. */
export function shownText(text: string, longest = LONGEST): string {
  const start = text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
  return start.replace(UNSEEN, '\ufffd').replace(HALF, '\ufffd');
}

/** Control characters, and those that only change how others are shown. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const UNSEEN = /[\0-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]/g;

/** A half of a character that is written as two. */
const HALF = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
