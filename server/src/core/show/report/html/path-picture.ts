import type { Severity } from '../../../read/text/finding.ts';
import { displayWidth, visibleText } from '../../../read/text/words/visible-text.ts';
import { plural } from '../../../read/text/words/words.ts';
import { type Markup, markup } from './markup.ts';
import type { PathStep, PathTree } from './path-tree.ts';

/** In CSS pixels. A column of the monospaced font has no more than this at 11.5 pixels. */
const COLUMN = 7;
const HEIGHT = 34;
const ROW = 42;
const GAP = 22;
const PADDING = 7;
/** The maximum number of characters in a box. */
const LONGEST = 30;

interface Box {
  readonly step: PathStep;
  readonly look: string;
  /** The column, from the left. */
  readonly at: number;
  /** In rows, from the top. */
  readonly y: number;
  readonly name: string;
  readonly below: string;
}

/** Draws dependency paths from the importers on the left to the package on the right. */
export function pathPicture(
  { importers, target, paths, more }: PathTree,
  severity: Severity | 'clear',
): Markup {
  const boxes: Box[] = [];
  const lines: (readonly [from: Box, to: Box])[] = [];
  const ends: Box[] = [];
  let rows = 0;
  const boxOf = (step: PathStep, at: number, y: number, look: string): Box => {
    const box = { step, look, at, y, name: shortened(step.name), below: shortened(step.below) };
    boxes.push(box);
    return box;
  };
  const place = (step: PathStep, at: number): Box => {
    const next = step.next.map((each) => place(each, at + 1));
    const y = next.length === 0 ? rows++ : (next[0]!.y + next.at(-1)!.y) / 2;
    const box = boxOf(step, at, y, at === 0 ? 'importer' : 'package');
    if (next.length === 0) ends.push(box);
    for (const each of next) lines.push([box, each]);
    return box;
  };
  for (const importer of importers) place(importer, 0);
  const last = Math.max(...boxes.map(({ at }) => at)) + 1;
  const end = boxOf(target, last, (rows - 1) / 2, `target ${severity}`);
  for (const each of ends) lines.push([each, end]);

  const widths = Array.from({ length: last + 1 }, (_, at) =>
    Math.max(...boxes.filter((box) => box.at === at).map(widthOf)),
  );
  const lefts = widths.map((_, at) => widths.slice(0, at).reduce((sum, width) => sum + width + GAP, 1));
  const width = lefts[last]! + widths[last]! + 1;
  const height = (rows - 1) * ROW + HEIGHT + 2;
  const middle = ({ y }: Box) => y * ROW + HEIGHT / 2 + 1;
  const arrow = ([from, to]: readonly [from: Box, to: Box]): Markup => {
    const [start, stop] = [lefts[from.at]! + widthOf(from), lefts[to.at]!];
    const d = `M${plain(start)} ${plain(middle(from))}H${plain(stop - GAP / 2)}V${plain(middle(to))}H${plain(stop - 6)}`;
    return markup`<path class="edge" d="${d}"/><path class="head" d="M${plain(stop - 7)} ${plain(middle(to) - 4)}l6 4l-6 4z"/>`;
  };
  const draw = (box: Box): Markup => {
    const [x, y] = [lefts[box.at]!, box.y * ROW + 1];
    const corner = box.look === 'importer' ? 10 : 2;
    return markup`<g class="${box.look}"><title>${`${box.step.name} ${box.step.below}`}</title><rect x="${plain(x)}" y="${plain(y)}" width="${plain(widthOf(box))}" height="${plain(HEIGHT)}" rx="${plain(corner)}"/><text x="${plain(x + PADDING)}" y="${plain(y + 14)}">${box.name}</text><text class="below" x="${plain(x + PADDING)}" y="${plain(y + 28)}">${box.below}</text></g>`;
  };
  const label = `${paths.length === 1 ? 'Dependency path' : 'Dependency paths'}: ${paths.join('; ')}`;
  return markup`<div class="scroll" role="group" aria-label="${`Picture of the paths to ${target.name} ${target.below}`}" tabindex="0"><svg class="paths" role="img" aria-label="${label}" width="${plain(width)}" height="${plain(height)}" viewBox="0 0 ${plain(width)} ${plain(height)}">${lines.map(arrow)}${boxes.map(draw)}</svg></div>${more > 0 ? markup`<p class="note">And ${plural(more, 'more path')}: "dephygiene why" lists them.</p>` : undefined}`;
}

/** Formats a coordinate. */
export function plain(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function widthOf({ name, below }: Box): number {
  return Math.ceil(Math.max(displayWidth(name), displayWidth(below)) * COLUMN) + 2 * PADDING;
}

/** Keeps the end, which tells names of one scope apart. */
function shortened(text: string): string {
  const characters = [...visibleText(text)];
  if (characters.length <= LONGEST) return characters.join('');
  return `${characters.slice(0, LONGEST - 11).join('')}…${characters.slice(-10).join('')}`;
}
