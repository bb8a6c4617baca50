import { displayWidth } from '../../../../read/text/words/visible-text.ts';
import { COLOURS, IMPORTER } from './colours.ts';
import { layoutInLayers, type Placed } from './layered-layout.ts';
import type { Picture, PictureEdge, PictureNode } from './picture.ts';
import { VERDICTS, type Verdict } from './verdict.ts';

const MARGIN = 24;
const FONT = 13;
const SMALL = 11;
/** The mean width of a character in a wide font, in parts of the font size. */
const CHARACTER = 0.6;
const PADDING = 10;
const LEGEND = 64;
const LINE = 24;
const NARROWEST = 560;

/**
 * Returns pictures as one SVG document, with a trailing newline: nothing is loaded and nothing runs. Colours follow the
 * theme of the reader.
 */
export function svgText(pictures: readonly Picture[]): string {
  const drawn = pictures.map(drawPicture);
  const width = Math.ceil(Math.max(NARROWEST, ...drawn.map((each) => each.width)) + 2 * MARGIN);
  let y = LEGEND;
  const parts: string[] = [];
  for (const { text, height } of drawn) {
    parts.push(`<g transform="translate(${MARGIN} ${y})">${text}</g>`);
    y += height + MARGIN;
  }
  const names = pictures.map(({ title }) => title).join(', ');
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${Math.ceil(y)}" width="${width}" height="${Math.ceil(y)}" role="img" aria-labelledby="title">`,
    `<title id="title">Dependency graph of ${escaped(names)}</title>`,
    `<style>${STYLE}</style>`,
    `<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path class="head" d="M0 0L8 4L0 8z"/></marker></defs>`,
    `<rect class="page" width="100%" height="100%"/>`,
    legend(pictures),
    ...parts,
    '</svg>',
  ].join('\n')}\n`;
}

const BOXES = [...Object.entries(COLOURS), ['importer', IMPORTER] as const]
  .map(
    ([name, { fill, stroke, text }]) =>
      `.${name} rect{fill:${fill};stroke:${stroke}}.${name} text{fill:${text}}`,
  )
  .join('');

const STYLE = [
  'text{font-family:system-ui,sans-serif;fill:#1f2328}',
  '.page{fill:#ffffff}.title{font-weight:600}.note{fill:#57606a}',
  '.line{fill:none;stroke:#8c959f;stroke-width:1.2}.head{fill:#8c959f}',
  '.kind{stroke-dasharray:5 4}.other{opacity:.35}.target rect{stroke-width:3}rect{stroke-width:1}.page{stroke:none}',
  BOXES,
  '@media (prefers-color-scheme:dark){text{fill:#e6edf3}.page{fill:#0d1117}.note{fill:#9198a1}',
  `.line{stroke:#6e7681}.head{fill:#6e7681}${BOXES}`,
  '.importer rect{fill:#21262d;stroke:#e6edf3}.importer text{fill:#e6edf3}}',
].join('');

function legend(pictures: readonly Picture[]): string {
  let x = MARGIN;
  const used = new Set(
    pictures.flatMap(({ nodes }) =>
      nodes.flatMap(({ kind, verdict }) => (kind === 'importer' ? [] : [verdict])),
    ),
  );
  const shown = (Object.entries(VERDICTS) as [Verdict, string][]).filter(([verdict]) => used.has(verdict));
  const items = shown.map(([verdict, words]) => {
    const item = `<g class="${verdict}"><rect x="${x}" y="20" width="14" height="14" rx="3"/></g><text x="${x + 20}" y="32" font-size="${FONT}">${escaped(words)}</text>`;
    x += 20 + widthOf(words, FONT) + 22;
    return item;
  });
  return `<g>${items.join('')}</g>`;
}

interface Drawn {
  readonly text: string;
  readonly width: number;
  readonly height: number;
}

function drawPicture({ title, nodes, edges, omitted }: Picture): Drawn {
  const { boxes, width, height } = layoutInLayers(nodes.map(sizeOf), edges);
  const note = nodes.length === 0 ? 'nothing to show' : omitted;
  const top = note === '' ? LINE : 2 * LINE;
  const text = [
    `<text class="title" y="4" font-size="${FONT + 2}">${escaped(title)}</text>`,
    ...(note === ''
      ? []
      : [`<text class="note" y="${4 + LINE}" font-size="${FONT}">${escaped(note)}</text>`]),
    `<g transform="translate(0 ${top})">`,
    ...edges.map((edge) => lineOf(edge, boxes)),
    ...nodes.map((node, index) => boxOf(node, boxes[index]!)),
    '</g>',
  ].join('\n');
  return {
    text,
    width: Math.max(width, widthOf(title, FONT + 2), widthOf(note, FONT)),
    height: top + height,
  };
}

function sizeOf({ label, detail }: PictureNode): { readonly width: number; readonly height: number } {
  const width = Math.max(widthOf(label, FONT), widthOf(detail, SMALL)) + 2 * PADDING;
  return { width: Math.round(width), height: detail === '' ? 28 : 44 };
}

function widthOf(text: string, size: number): number {
  return displayWidth(text) * size * CHARACTER;
}

function boxOf(node: PictureNode, { x, y, width, height }: Placed): string {
  const { label, detail, kind, verdict, isTarget } = node;
  const name = `${kind === 'importer' ? kind : verdict}${isTarget ? ' target' : ''}`;
  const line = (text: string, at: number, size: number) =>
    `<text x="${round(x + PADDING)}" y="${round(y + at)}" font-size="${size}">${escaped(text)}</text>`;
  const state = kind === 'importer' ? '' : `, ${VERDICTS[verdict]}`;
  return [
    `<g class="${name}"><title>${escaped(`${label}${detail === '' ? '' : `, ${detail}`}${state}`)}</title>`,
    `<rect x="${round(x)}" y="${round(y)}" width="${width}" height="${height}" rx="6"/>`,
    line(label, detail === '' ? 19 : 18, FONT),
    ...(detail === '' ? [] : [line(detail, 34, SMALL)]),
    '</g>',
  ].join('');
}

/** Draws a line from the right of a box to the left of another; one that leads back or stays goes around. */
function lineOf({ from, to, label, isMain }: PictureEdge, boxes: readonly Placed[]): string {
  const [start, end] = [boxes[from]!, boxes[to]!];
  const [x1, y1] = [start.x + start.width, start.y + start.height / 2];
  const [x2, y2] = [end.x, end.y + end.height / 2];
  const bend = Math.max(30, Math.abs(x2 - x1) / 2);
  const curve = `M${round(x1)} ${round(y1)}C${round(x1 + bend)} ${round(y1)} ${round(x2 - bend)} ${round(y2)} ${round(x2)} ${round(y2)}`;
  const kind = label === '' ? '' : `<title>${label}</title>`;
  const name = `line${label === '' ? '' : ' kind'}${isMain ? '' : ' other'}`;
  return `<path class="${name}" d="${curve}" marker-end="url(#arrow)">${kind}</path>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Escapes text for XML, and replaces what XML cannot contain at all. */
function escaped(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '\ufffd')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
