import type { NodeNumber } from '../../../../read/graph/dependency-graph.ts';
import type { JudgedLockfile } from '../graph-dot.ts';
import { chooseOfGraph, chooseOfWhy } from './choose-nodes.ts';
import { type Chosen, makePicture } from './make-picture.ts';
import { mermaidText } from './mermaid.ts';
import type { Picture } from './picture.ts';
import { pictureDot } from './picture-dot.ts';
import { svgText } from './svg.ts';

const NOTHING: Chosen = { nodes: [], edges: new Set(), isWhole: true, targets: new Set(), omitted: [] };

/** Returns the most important part of each graph as Mermaid or SVG. */
export function graphPictures(lockfiles: readonly JudgedLockfile[], format: 'mermaid' | 'svg'): string {
  const pictures = lockfiles.map((lockfile) => {
    const { graph, verdicts } = lockfile;
    const chosen = graph === undefined ? NOTHING : chooseOfGraph(graph, verdicts);
    return makePicture(lockfile, chosen, verdicts);
  });
  return drawn(pictures, format);
}

/** Returns the dependency paths to the found instances of each lockfile. */
export function whyPictures(
  found: readonly { readonly lockfile: JudgedLockfile; readonly nodes: readonly NodeNumber[] }[],
  format: 'mermaid' | 'svg' | 'dot',
): string {
  const pictures = found.flatMap(({ lockfile, nodes }) => {
    const { graph, verdicts } = lockfile;
    return graph === undefined ? [] : [makePicture(lockfile, chooseOfWhy(graph, nodes), verdicts)];
  });
  return drawn(pictures, format);
}

function drawn(pictures: readonly Picture[], format: 'mermaid' | 'svg' | 'dot'): string {
  switch (format) {
    case 'mermaid':
      return mermaidText(pictures);
    case 'svg':
      return svgText(pictures);
    case 'dot':
      return pictureDot(pictures);
  }
}
