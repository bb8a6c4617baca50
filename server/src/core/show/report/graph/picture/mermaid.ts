import { COLOURS, IMPORTER } from './colours.ts';
import type { Picture, PictureNode } from './picture.ts';
import { VERDICTS, type Verdict } from './verdict.ts';

/** Returns pictures as a Mermaid flowchart, with a trailing newline. */
export function mermaidText(pictures: readonly Picture[]): string {
  const lines = ['graph LR'];
  for (const verdict of Object.keys(VERDICTS) as Verdict[]) lines.push(classLine(verdict, COLOURS[verdict]));
  lines.push(classLine('importer', IMPORTER));
  for (const [at, picture] of pictures.entries()) lines.push(...pictureLines(picture, at));
  return `${lines.join('\n')}\n`;
}

function classLine(
  name: string,
  { fill, stroke, text }: { readonly fill: string; readonly stroke: string; readonly text: string },
): string {
  return `    classDef ${name} fill:${fill},stroke:${stroke},color:${text}`;
}

function pictureLines({ title, nodes, edges, omitted }: Picture, at: number): readonly string[] {
  const id = (node: number) => `n${at}_${node}`;
  return [
    `    subgraph g${at}["${escaped(title)}"]`,
    ...nodes.map((node, index) => `        ${id(index)}["${labelOf(node)}"]:::${classOf(node)}`),
    ...edges.map(({ from, to, label }) => {
      const arrow = label === '' ? '-->' : `-. ${label} .->`;
      return `        ${id(from)} ${arrow} ${id(to)}`;
    }),
    ...(omitted === '' ? [] : [`        omitted${at}["${escaped(omitted)}"]`]),
    ...(nodes.length === 0 ? [`        empty${at}["nothing to show"]`] : []),
    '    end',
    ...nodes.flatMap(({ isTarget }, index) => (isTarget ? [`    style ${id(index)} stroke-width:4px`] : [])),
  ];
}

function classOf({ kind, verdict }: PictureNode): string {
  return kind === 'importer' ? kind : verdict;
}

function labelOf({ label, detail }: PictureNode): string {
  return detail === '' ? escaped(label) : `${escaped(label)}<br/>${escaped(detail)}`;
}

/**
 * Escapes everything that Mermaid, Markdown in its labels, or the HTML that it writes could read as syntax, as the
 * number of the character.
 */
function escaped(text: string): string {
  return text.replace(/[^\dA-Za-z ._@/+,():…·-]/gu, (character) => `#${character.codePointAt(0)};`);
}
