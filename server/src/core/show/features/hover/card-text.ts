import { escapeMarkdown, linkableUrl, oneLine } from '../markdown.ts';
import type { HoverCard } from './card.ts';
import type { CardLink, CardText } from './card-line.ts';

/** Two spaces at the end of a line break it in every flavor of Markdown. */
const BREAK = '  \n';

/** Formats the card as Markdown. Escapes text from the registry and files; only https URLs become links. */
export function hoverMarkdown(card: HoverCard): string {
  const header = [`**${escapeMarkdown(card.name)}**`, ...card.header.map(escapeMarkdown)];
  const lines = card.lines.flatMap(({ label, texts }) => {
    const [first = '', ...more] = texts;
    const start = `**${escapeMarkdown(label)}:** ${textMarkdown(first)}`;
    return [start, ...more.map((text) => `– ${textMarkdown(text)}`)];
  });
  const links = card.links.map(linkMarkdown).filter((link) => link !== undefined);
  const summary = card.summary.map(escapeMarkdown).join(' · ');
  return [
    [joinHeader(header), summary].filter((line) => line !== '').join(BREAK),
    lines.join(BREAK),
    links.join(' · '),
  ]
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

/** Formats the card for clients without Markdown. */
export function hoverPlainText(card: HoverCard): string {
  const header = [oneLine(card.name), ...card.header.map((part) => oneLine(part))];
  const width = Math.max(...card.lines.map(({ label }) => label.length)) + 2;
  const lines = card.lines.flatMap(({ label, texts }) =>
    texts.map((text, at) => `${(at === 0 ? label : '').padEnd(width)}${plainOf(text)}`),
  );
  return [joinHeader(header), card.summary.map((text) => oneLine(text)).join(' · '), lines.join('\n')]
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

function joinHeader([name = '', ...parts]: readonly string[]): string {
  return parts.length === 0 ? name : `${name} ${parts.join(' · ')}`;
}

function textMarkdown(text: CardText): string {
  if (typeof text === 'string') return escapeMarkdown(text);
  return text
    .map((part) => (typeof part === 'string' ? inner(part) : (linkMarkdown(part) ?? inner(part.text))))
    .join('');
}

/** Keeps leading and trailing spaces, which separate it from adjacent parts. */
function inner(text: string): string {
  const blank = (is: boolean) => (is ? ' ' : '');
  return blank(text.startsWith(' ')) + escapeMarkdown(text) + blank(text.length > 1 && text.endsWith(' '));
}

function linkMarkdown({ text, address }: CardLink): string | undefined {
  const url = linkableUrl(address);
  return url === undefined ? undefined : `[${escapeMarkdown(text)}](<${url}>)`;
}

function plainOf(text: CardText): string {
  return oneLine(
    typeof text === 'string'
      ? text
      : text.map((part) => (typeof part === 'string' ? part : part.text)).join(''),
  );
}
