import { visibleText } from '../../../read/text/words/visible-text.ts';
import { group } from '../../../read/text/words/words.ts';

/** Text that is HTML. Only `markup` makes it, from templates of our own. */
export interface Markup {
  readonly markup: string;
}

/** What a template takes: anything but HTML is escaped. Numbers are grouped, and undefined is left out. */
export type Part = Markup | string | number | undefined | readonly Part[];

/**
 * Makes HTML from a template. Every text in it is untrusted: it is shown in its visible form, without secrets, and
 * escaped for elements and quoted attributes.
 */
export function markup(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { markup: texts.reduce((made, text, at) => made + htmlOf(parts[at - 1]) + text) };
}

/** Shows names between backticks of a sentence as code: many titles of advisories are written in Markdown. */
export function prose(text: string): Part {
  return text
    .split(/`([^`]{1,100})`/)
    .map((part, at) => (at % 2 === 0 ? part : markup`<code>${part}</code>`));
}

/** Keeps options of a command in one piece: a browser would break a line behind their first hyphen. */
export function withOptions(text: string): Part {
  return visibleText(text)
    .split(/(?<=^|[\s"(])(--[a-z][a-z-]{0,40})/)
    .map((part, at) => (at % 2 === 0 ? part : markup`<span class="option">${part}</span>`));
}

/** Returns a text of our own, such as a style sheet, as it is. */
export function ownMarkup(text: string): Markup {
  return { markup: text };
}

function htmlOf(part: Part): string {
  if (part === undefined) return '';
  if (typeof part === 'number') return group(part);
  if (typeof part === 'string') return escaped(visibleText(part));
  return 'markup' in part ? part.markup : part.map(htmlOf).join('');
}

const SPECIAL: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => SPECIAL[character]!);
}
