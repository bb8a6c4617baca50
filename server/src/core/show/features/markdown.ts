/**
 * Text from files and registries as harmless Markdown: it shows as it is and makes no link, no picture, no HTML, no
 * emphasis and no new line. Addresses in it are kept from becoming links by themselves, as many renderers do.
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

/** What needs nothing of it: most of what is shown. */
const WORDS = /^[a-z][a-z0-9]*(?: [a-z0-9]+)*$/i;

/**
 * Text on one line, without characters that control, hide or turn round what is shown; longer text is cut. The text
 * is plain: for Markdown it is yet to be escaped.
 */
export function oneLine(text: string, max = 400): string {
  const cut = text.slice(0, 4 * max);
  const line = cut
    .replace(/\p{Cf}|\p{Cs}|\p{Co}/gu, '')
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .trim();
  return line.length <= max ? line : `${line.slice(0, max - 1).trimEnd()}…`;
}

/** An address that a link may have: https, without credentials and without characters that could end the link. */
export function linkableAddress(address: string): string | undefined {
  const plain = /^https:\/\/[a-z0-9.-]+(?::\d{1,5})?(?:[/?#][\w./?#=&%+,;:@~-]*)?$/i;
  return address.length <= 500 && plain.test(address) ? address : undefined;
}
