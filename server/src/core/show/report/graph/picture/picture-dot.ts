import { quoted } from '../graph-dot.ts';
import { COLOURS } from './colours.ts';
import type { Picture, PictureNode } from './picture.ts';

/** Returns pictures in Graphviz's DOT language, with a trailing newline. */
export function pictureDot(pictures: readonly Picture[]): string {
  const clusters = pictures.flatMap(({ title, nodes, edges, omitted }, at) => [
    `  subgraph cluster_${at} {`,
    `    label=${quoted(omitted === '' ? title : `${title}, ${omitted}`)};`,
    ...nodes.map((node, index) => `    g${at}_${index} [${attributesOf(node)}];`),
    ...edges.map(({ from, to, label }) => {
      const style = label === '' ? '' : ` [label=${label}, style=dashed]`;
      return `    g${at}_${from} -> g${at}_${to}${style};`;
    }),
    '  }',
  ]);
  return `${['digraph dependencies {', '  rankdir=LR;', '  node [shape=box];', ...clusters, '}'].join('\n')}\n`;
}

function attributesOf({ label, detail, kind, verdict, isTarget }: PictureNode): string {
  const text = detail === '' ? quoted(label) : `${quoted(label).slice(0, -1)}\\n${quoted(detail).slice(1)}`;
  const { fill, text: font } = COLOURS[verdict];
  return [
    `label=${text}`,
    kind === 'importer' ? 'style=bold' : `style=filled, fillcolor="${fill}", fontcolor="${font}"`,
    ...(isTarget ? ['penwidth=3'] : []),
  ].join(', ');
}
