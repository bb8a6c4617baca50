import { escapeMarkdown, escapeProse, linkableUrl, oneLine } from '../markdown.ts';
import type { HoverCard } from './card.ts';
import type { CardLink, CardText } from './card-line.ts';
import type { CardVerdict } from './verdict.ts';

/** A link that runs a command of the client. */
export interface CommandLink {
  readonly title: string;
  /** The id, which the client trusts in cards. */
  readonly command: string;
  readonly argument: unknown;
}

export interface MarkdownOptions {
  /** Whether the client draws `$(warning)` as an icon. */
  readonly icons?: boolean;
  /** The last layer of the card. */
  readonly links?: readonly CommandLink[];
}

/** Two spaces at the end of a line break it in every flavor of Markdown. */
const BREAK = '  \n';

/**
 * Formats the card as Markdown. Escapes text from the registry and files; only https URLs and the given commands become
 * links.
 */
export function hoverMarkdown(card: HoverCard, { icons = false, links = [] }: MarkdownOptions = {}): string {
  const { verdict, gaps } = card;
  const name = `**${escapeMarkdown(card.name)}**`;
  const head = [
    ...(verdict === undefined ? [] : [verdictMarkdown(verdict, icons)]),
    joinHeader([name, ...card.header.map(escapeMarkdown)]),
    ...(card.summary === undefined ? [] : [escapeProse(card.summary)]),
  ];
  const lines = card.lines.flatMap(({ label, texts }) => {
    const [first = '', ...more] = texts;
    const start = `**${escapeMarkdown(label)}:** ${textMarkdown(first)}`;
    return [start, ...more.map((text) => `– ${textMarkdown(text)}`)];
  });
  if (gaps !== undefined) lines.push(`**Not checked:** ${escapeMarkdown(gaps)}`);
  return [head.join(BREAK), lines.join(BREAK), links.map(commandMarkdown).join(' · ')]
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

/** Formats the card for clients without Markdown. */
export function hoverPlainText(card: HoverCard): string {
  const { verdict } = card;
  const head = [
    ...(verdict === undefined ? [] : [oneLine(verdict.words + verdict.more)]),
    joinHeader([oneLine(card.name), ...card.header.map((part) => oneLine(part))]),
    ...(card.summary === undefined ? [] : [oneLine(card.summary)]),
  ];
  const all = [
    ...card.lines,
    ...(card.gaps === undefined ? [] : [{ label: 'Not checked', texts: [card.gaps] }]),
  ];
  const width = Math.max(...all.map(({ label }) => label.length)) + 2;
  const lines = all.flatMap(({ label, texts }) =>
    texts.map((text, at) => `${(at === 0 ? label : '').padEnd(width)}${plainOf(text)}`),
  );
  return [head.join('\n'), lines.join('\n')].filter((paragraph) => paragraph !== '').join('\n\n');
}

const ICONS: Readonly<Record<CardVerdict['level'], string>> = {
  error: '$(error)',
  warning: '$(warning)',
  info: '$(info)',
  clean: '$(pass)',
  unknown: '$(question)',
};

function verdictMarkdown({ level, words, more }: CardVerdict, icons: boolean): string {
  return `${icons ? `${ICONS[level]} ` : ''}**${escapeMarkdown(words)}**${inner(more)}`;
}

function joinHeader([name = '', ...parts]: readonly string[]): string {
  return parts.length === 0 ? name : `${name} ${parts.join(' · ')}`;
}

function textMarkdown(text: CardText): string {
  if (typeof text === 'string') return escapeProse(text);
  return text
    .map((part) => (typeof part === 'string' ? inner(part) : (linkMarkdown(part) ?? inner(part.text))))
    .join('');
}

/** Keeps leading and trailing spaces, which separate it from adjacent parts. */
function inner(text: string): string {
  const blank = (is: boolean) => (is ? ' ' : '');
  return (
    blank(text.startsWith(' ')) + escapeProse(text.trim()) + blank(text.length > 1 && text.endsWith(' '))
  );
}

function linkMarkdown({ text, address }: CardLink): string | undefined {
  const url = linkableUrl(address);
  return url === undefined ? undefined : `[${escapeMarkdown(text)}](<${url}>)`;
}

/** Encodes everything but letters, digits and `_.!~*'()-`, none of which ends a destination in angle brackets. */
function commandMarkdown({ title, command, argument }: CommandLink): string {
  const query = encodeURIComponent(JSON.stringify([argument]));
  return `[${escapeMarkdown(title)}](<command:${command}?${query}>)`;
}

function plainOf(text: CardText): string {
  return oneLine(
    typeof text === 'string'
      ? text
      : text.map((part) => (typeof part === 'string' ? part : part.text)).join(''),
  );
}
