/** One character as a terminal shows it: what is printed and how many columns it takes. */
export interface Cell {
  readonly text: string;
  readonly width: number;
  /** Code units of the source text. */
  readonly length: number;
}

const TAB_WIDTH = 4;

/**
 * Text from files and registries, made harmless for a terminal: control characters and those that change the order
 * or hide text are shown by a picture or their number, so that no text can pretend to be output of ours.
 */
export function visibleText(text: string): string {
  return cellsOf(text)
    .map(({ text: shown }) => shown)
    .join('');
}

/** The characters of a text as a terminal shows them. Tabs go to the next multiple of four columns. */
export function cellsOf(text: string): readonly Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  for (const character of text) {
    const shown = character === '\t' ? ' '.repeat(TAB_WIDTH - (column % TAB_WIDTH)) : visible(character);
    const width = shown === character ? characterWidth(character) : shown.length;
    cells.push({ text: shown, width, length: character.length });
    column += width;
  }
  return cells;
}

/** How many columns a text takes on a terminal. Only for text that is visible already; our own colours take none. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of withoutColours(text)) width += characterWidth(character);
  return width;
}

function withoutColours(text: string): string {
  const parts = text.split('\u001b[');
  return parts.map((part, at) => (at === 0 ? part : part.slice(part.indexOf('m') + 1))).join('');
}

function visible(character: string): string {
  const code = character.codePointAt(0)!;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  if (code < 0x7f) return character;
  const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u.test(character);
  return hidden ? `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>` : character;
}

function characterWidth(character: string): number {
  const code = character.codePointAt(0)!;
  if (code < 0x300) return 1;
  if (/\p{M}/u.test(character)) return 0;
  return isWide(code) || /\p{Emoji_Presentation}/u.test(character) ? 2 : 1;
}

/** Wide and full-width characters, in the blocks of Unicode's East Asian Width (UAX 11). */
function isWide(code: number): boolean {
  return WIDE_BLOCKS.some(([first, last]) => code >= first && code <= last);
}

const WIDE_BLOCKS: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x17000, 0x18cff],
  [0x1b000, 0x1b2ff],
  [0x20000, 0x3fffd],
];
