import { displayWidth } from '../../read/text/words/visible-text.ts';
import { wrap } from '../../read/text/wrap.ts';

const GAP = 2;
const NARROWEST = 12;

/**
 * Formats rows below their heads within `columns`, wrapping cells in their own column if not all fit: the widest
 * shrinks first, and the first column, of names, last. `paint` colors the lines of a cell.
 */
export function table(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  columns: number,
  paint: (text: string, row: number, column: number) => string = (text) => text,
): readonly string[] {
  const all = [heads, ...rows];
  const widths = heads.map((_, column) => Math.max(...all.map((row) => displayWidth(row[column] ?? ''))));
  for (let over = tableWidth(heads, rows) - columns; over > 0; ) {
    // Names of the first column are the last to be cut.
    const [, ...others] = widths;
    const from = Math.max(0, ...others) > NARROWEST ? 1 : 0;
    const shrinking = widths.map((width, column) => (column < from ? 0 : width));
    const widest = shrinking.indexOf(Math.max(...shrinking));
    const width = widths[widest]!;
    if (width <= NARROWEST) break;
    const less = Math.min(over, width - NARROWEST, Math.max(1, width - secondOf(shrinking)));
    widths[widest] = width - less;
    over -= less;
  }
  return all.flatMap((row, at) => {
    const cells = row.map((text, column) => wrap(text, widths[column]!));
    const height = Math.max(...cells.map((lines) => lines.length));
    return Array.from({ length: height }, (_, line) =>
      cells
        .map((lines, column) => {
          const text = lines[line] ?? '';
          const isLast = column === row.length - 1;
          const blanks = isLast ? 0 : widths[column]! - displayWidth(text) + GAP;
          return (text === '' ? '' : paint(text, at - 1, column)) + ' '.repeat(Math.max(blanks, 0));
        })
        .join('')
        .trimEnd(),
    );
  });
}

/** Returns the width of a table that wraps nothing. */
export function tableWidth(heads: readonly string[], rows: readonly (readonly string[])[]): number {
  const widths = heads.map((head, column) =>
    Math.max(displayWidth(head), ...rows.map((row) => displayWidth(row[column] ?? ''))),
  );
  return sum(widths) + GAP * (heads.length - 1);
}

function secondOf(widths: readonly number[]): number {
  return widths.toSorted((a, b) => b - a)[1] ?? 0;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
