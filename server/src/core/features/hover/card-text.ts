import { escapeMarkdown, linkableAddress, oneLine } from '../markdown.ts';
import type { HoverCard } from './card.ts';

/** Two spaces at a line's end break the line in every flavour of Markdown. */
const BREAK = '  \n';

/** The card as Markdown. Text of the registry and of files is escaped; only https addresses become links. */
export function hoverMarkdown(card: HoverCard): string {
  const header = [`**${escapeMarkdown(card.name)}**`, ...card.header.map(escapeMarkdown)];
  const lines = card.lines.flatMap(({ label, texts }) => {
    const [first = '', ...more] = texts;
    const start = `**${escapeMarkdown(label)}:** ${escapeMarkdown(first)}`;
    return [start, ...more.map((text) => `– ${escapeMarkdown(text)}`)];
  });
  const links = card.links.flatMap(({ text, address }) => {
    const url = linkableAddress(address);
    return url === undefined ? [] : [`[${escapeMarkdown(text)}](<${url}>)`];
  });
  const summary = card.summary.map(escapeMarkdown).join(' · ');
  return [
    [joinHeader(header), summary].filter((line) => line !== '').join(BREAK),
    lines.join(BREAK),
    links.join(' · '),
  ]
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

/** The card for clients without Markdown. */
export function hoverPlainText(card: HoverCard): string {
  const header = [oneLine(card.name), ...card.header.map((part) => oneLine(part))];
  const width = Math.max(...card.lines.map(({ label }) => label.length)) + 2;
  const lines = card.lines.flatMap(({ label, texts }) =>
    texts.map((text, at) => `${(at === 0 ? label : '').padEnd(width)}${oneLine(text)}`),
  );
  return [joinHeader(header), card.summary.map((text) => oneLine(text)).join(' · '), lines.join('\n')]
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

function joinHeader([name = '', ...parts]: readonly string[]): string {
  return parts.length === 0 ? name : `${name} ${parts.join(' · ')}`;
}
