import { maskSecrets } from '../../read/text/secrets/mask-secrets.ts';

/**
 * Escapes text from files and registries for Markdown: it displays as is, without links, images, HTML, emphasis or line
 * breaks. Also prevents automatic links for URLs, which many renderers add.
 */
export function escapeMarkdown(text: string): string {
  if (text.length < 100 && WORDS.test(text)) return text;
  return oneLine(text)
    .replace(/[\\`*_[\]<>&~|$#!]/g, '\\$&')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/www(?=\.)/gi, '$&\\')
    .replace(/@/g, '\\@')
    .replace(/^(?:[-+=]|\d{1,9}(?=[.)](?:\s|$)))/, (start) =>
      /\d/.test(start) ? `${start}\\` : `\\${start}`,
    );
}

/**
 * Escapes a sentence of a registry or an advisory in the same way, but displays names between backticks as code: many
 * titles are written in Markdown.
 */
export function escapeProse(text: string): string {
  if (!text.includes('`')) return escapeMarkdown(text);
  return oneLine(text)
    .split(CODE)
    .map((part, at) => (at % 2 === 0 ? escapeBetween(part) : `\`${part}\``))
    .join('');
}

/** Only characters that mean nothing in Markdown, in HTML and as icons of a client, even to a careless renderer. */
const CODE = /`((?:[\w.,:;=/()'"%+@-]|(?<!`) (?!`)){1,100})`/;

/** Escapes text beside code, with its spaces. */
function escapeBetween(text: string): string {
  const [, before = '', rest = ''] = /^( *)(.*)$/s.exec(text) ?? [];
  const after = rest.endsWith(' ') ? ' ' : '';
  return before + escapeMarkdown(rest) + after;
}

/** Text that needs no escaping, which is most of it. */
const WORDS = /^[a-z][a-z0-9]*(?: [a-z0-9]+)*$/i;

/**
 * Returns text on one line, without secrets and characters that control, hide or reorder the display; truncates longer
 * text, at the end of a word if one is near. The result is plain text, which Markdown still needs escaped.
 */
export function oneLine(text: string, max = 400): string {
  // Before anything is escaped, as no pattern recognizes it later.
  const cut = maskSecrets(text.slice(0, 4 * max));
  const line = cut
    .replace(/\p{Cf}|\p{Cs}|\p{Co}/gu, '')
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .trim();
  return line.length <= max ? line : `${shortened(line, max - 1)}…`;
}

/** Words up to this length are left out of a shortened text rather than cut. */
const LONGEST_WORD = 20;

/** Returns the beginning of a text that is longer, up to the end of a word. */
function shortened(text: string, max: number): string {
  const start = text.slice(0, max);
  const end = text[max] === ' ' ? max : start.lastIndexOf(' ');
  return (max - end <= LONGEST_WORD && 2 * end > max ? start.slice(0, end) : start).trimEnd();
}

/** Returns a URL that is safe as a link: https, without secrets and without characters that could end the link. */
export function linkableUrl(address: string): string | undefined {
  const plain = /^https:\/\/[a-z0-9.-]+(?::\d{1,5})?(?:[/?#][\w./?#=&%+,;:@~-]*)?$/i;
  return address.length <= 500 && plain.test(address) && maskSecrets(address) === address
    ? address
    : undefined;
}
