import { hierarchy, treemap } from 'd3-hierarchy';
import { displayWidth } from '../../../read/text/words/visible-text.ts';
import { type Markup, markup } from './markup.ts';
import { plain } from './path-picture.ts';

/** A rectangle of the treemap. */
export interface Tile {
  readonly name: string;
  readonly facts: string;
  /** Shown below the name: the first one that fits. */
  readonly shorter: readonly string[];
  readonly size: number;
  /** Class names: the worst severity, or `clear`. */
  readonly look: string;
}

/** The tiles of one project. */
export interface TileGroup {
  readonly name: string;
  readonly tiles: readonly Tile[];
}

const WIDTH = 1080;
const HEIGHT = 400;
const HEADING = 18;
/** The average width of a character at 12 pixels, with some margin. */
const CHARACTER = 6.9;

type Item = { readonly group?: TileGroup; readonly tile?: Tile; readonly children?: readonly Item[] };

/** Draws tiles whose area is their size, in frames of their groups if there are several. */
export function treemapPicture(groups: readonly TileGroup[], label: string): Markup {
  const isGrouped = groups.length > 1;
  const items = groups.map((group) => ({ group, children: group.tiles.map((tile): Item => ({ tile })) }));
  const tree = hierarchy<Item>({ children: items }, ({ children }) => children)
    .sum(({ tile }) => tile?.size ?? 0)
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
  const layout = treemap<Item>()
    .size([WIDTH, HEIGHT])
    .paddingInner(2)
    .paddingTop((node) => (isGrouped && node.depth === 1 ? HEADING : 0))
    .round(true);
  const nodes = layout(tree).descendants();
  return markup`<svg class="treemap" role="img" aria-label="${label}" viewBox="0 0 ${plain(WIDTH)} ${plain(HEIGHT)}"><defs><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="2.5" height="7" class="mark"/></pattern><pattern id="dots" width="7" height="7" patternUnits="userSpaceOnUse"><circle cx="2" cy="2" r="1.3" class="mark"/></pattern></defs>${nodes.map(
    ({ data, x0, y0, x1, y1 }) => {
      const [width, height] = [x1 - x0, y1 - y0];
      if (data.tile !== undefined) return tileMarkup(data.tile, { x: x0, y: y0, width, height });
      if (data.group === undefined || !isGrouped || width < 30) return undefined;
      return markup`<text class="heading" x="${plain(x0)}" y="${plain(y0 + 13)}">${fitted(data.group.name, width)}</text>`;
    },
  )}</svg>`;
}

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function tileMarkup({ name, facts, shorter, look }: Tile, { x, y, width, height }: Area): Markup {
  const place = markup`x="${plain(x)}" y="${plain(y)}" width="${plain(width)}" height="${plain(height)}"`;
  const pattern = PATTERNS[look];
  const first = height >= 18 ? fitted(name, width - 12) : '';
  const isWithin = (text: string) => displayWidth(text) * CHARACTER <= width - 12;
  const second = first !== '' && height >= 34 ? (shorter.find(isWithin) ?? '') : '';
  return markup`<g class="${look}"><title>${`${name}: ${facts}`}</title><rect ${place}/>${pattern === undefined ? undefined : markup`<rect class="pattern" fill="url(#${pattern})" ${place}/>`}${first === '' ? undefined : markup`<text x="${plain(x + 6)}" y="${plain(y + 15)}">${first}</text>`}${second === '' ? undefined : markup`<text class="facts" x="${plain(x + 6)}" y="${plain(y + 30)}">${second}</text>`}</g>`;
}

/** Severities are told apart without colours as well. */
const PATTERNS: Readonly<Record<string, string | undefined>> = { error: 'hatch', warning: 'dots' };

/** Returns the beginning of a text that fits; empty if that would say nothing. */
function fitted(text: string, width: number): string {
  const room = Math.floor(width / CHARACTER);
  if (displayWidth(text) <= room) return text;
  return room < 5 ? '' : `${[...text].slice(0, room - 1).join('')}…`;
}
