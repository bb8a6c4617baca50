import { eastAsianWidth } from 'get-east-asian-width';
import { maskJson, maskSecrets } from '../secrets/mask-secrets.ts';

/** One character as a terminal shows it: the printed text and its columns. */
export interface Cell {
  readonly text: string;
  readonly width: number;
  /** In code units of the source text. */
  readonly length: number;
}

const TAB_WIDTH = 4;

/**
 * Characters that a terminal, an editor or a log reader would obey, or that hide, reverse or split text: controls,
 * format characters, private use, line separators, and everything that Unicode displays as nothing.
 */
const HIDDEN = String.raw`[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]`;
/** Styling an emoji hides nothing. */
const STYLED_EMOJI = String.raw`(?<=\p{Extended_Pictographic})[\ufe0e\ufe0f]`;
const PLAIN = /^[ -~]*$/;
const PLAIN_LINES = /^[\n -~]*$/;

/**
 * Returns text from files and registries in a form that is safe to display: control characters and those that reorder
 * or hide text are replaced by a picture or their number, so that no text can imitate our own output, and secrets are
 * masked. Idempotent.
 */
export function visibleText(text: string): string {
  const shown = maskSecrets(text);
  if (PLAIN.test(shown)) return shown;
  return cellsOf(shown)
    .map(({ text: shown }) => shown)
    .join('');
}

/** Returns text of several lines in the same safe form, keeping its line breaks. */
export function visibleLines(text: string): string {
  const shown = maskSecrets(text);
  return PLAIN_LINES.test(shown) ? shown : shown.split('\n').map(visibleText).join('\n');
}

/** The styles of our own text, as written by `core/show/report/paint.ts`. */
const STYLE = String.raw`\u001b\[(?:1|2|22|3[1356]|39)m`;
const OWN_STYLES = new RegExp(`(${STYLE})`);
/** Prefilter for candidates: most of a long text needs no closer look. */
const UNUSUAL = /[^\n -~]+/g;
const SHOWN_AS_IS = new RegExp(`${STYLED_EMOJI}|\\t|(${HIDDEN})`, 'gu');

/**
 * Commands to readers of CI logs: of GitHub Actions at the beginning of a line, also after whitespace (`::error::`); of
 * GitHub Actions, Azure Pipelines and TeamCity anywhere in one (`##[group]`, `##vso[…]`, `##teamcity[…]`).
 */
const LOG_COMMAND = new RegExp(String.raw`##(?=[\w.-]{0,40}\[)|(?<=^(?:[^\S\n]|${STYLE})*)::`, 'gmu');

/**
 * Returns the complete output of a program without anything that a terminal or a reader of CI logs would obey, except
 * line breaks and our own styles. The last step before printing.
 * @param styled whether it contains our own styles
 */
export function printableText(text: string, styled: boolean): string {
  const parts = styled ? text.split(OWN_STYLES) : [text];
  const shown = parts.map((part, at) => (at % 2 === 0 ? withoutHidden(part) : part)).join('');
  if (!shown.includes('##') && !shown.includes('::')) return shown;
  return shown.replace(LOG_COMMAND, (match) => match[0]! + numbered(match[0]!));
}

function withoutHidden(text: string): string {
  return text.replace(UNUSUAL, (run) =>
    run.replace(SHOWN_AS_IS, (match, hidden: string | undefined) =>
      hidden === undefined ? match : visible(hidden),
    ),
  );
}

const NOT_IN_JSON = new RegExp(HIDDEN, 'gu');

/**
 * Returns JSON text with the same characters escaped, so that its meaning is unchanged, and with secrets masked. They
 * occur only inside strings; line breaks between its tokens stay.
 */
export function printableJson(json: string): string {
  const shown = maskJson(json).replace(UNUSUAL, (run) => run.replace(NOT_IN_JSON, jsonEscape));
  return shown.includes('##') ? shown.replace(/#(?=#[\w.-]{0,40}\[)/g, jsonEscape) : shown;
}

function jsonEscape(character: string): string {
  const units = character.split('').map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0'));
  return `\\u${units.join('\\u')}`;
}

/** Splits a text into characters as a terminal shows them. Tabs go to the next multiple of four columns. */
export function cellsOf(text: string): readonly Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  let before = '';
  for (const character of text) {
    const isTab = character === '\t';
    const shown = isTab ? ' '.repeat(TAB_WIDTH - (column % TAB_WIDTH)) : visible(character, before);
    before = character;
    const width = shown === character ? characterWidth(character) : shown.length;
    cells.push({ text: shown, width, length: character.length });
    column += width;
  }
  return cells;
}

/**
 * Returns how many columns a text takes on a terminal. Only for text that is already safe; our own colors take none.
 */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of withoutColours(text)) width += characterWidth(character);
  return width;
}

function withoutColours(text: string): string {
  const parts = text.split('\u001b[');
  return parts.map((part, at) => (at === 0 ? part : part.slice(part.indexOf('m') + 1))).join('');
}

const IS_HIDDEN = new RegExp(HIDDEN, 'u');
const TAKES_STYLE = /\p{Extended_Pictographic}/u;

function visible(character: string, before = ''): string {
  const code = character.codePointAt(0)!;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  if (code < 0x7f) return character;
  if ((code === 0xfe0f || code === 0xfe0e) && TAKES_STYLE.test(before)) return character;
  return IS_HIDDEN.test(character) ? numbered(character) : character;
}

function numbered(character: string): string {
  return `<U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}>`;
}

function characterWidth(character: string): number {
  const code = character.codePointAt(0)!;
  if (code < 0x300) return 1;
  if (/\p{M}/u.test(character)) return 0;
  return eastAsianWidth(code);
}
