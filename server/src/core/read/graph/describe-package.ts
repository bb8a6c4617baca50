import { visibleText } from '../text/words/visible-text.ts';
import { type DependencyGraph, importerAt, type NodeNumber } from './dependency-graph.ts';

/**
 * Formats a node: `minimist 1.2.8`; the name alone without a version, for an alias also its other name; for an
 * importer, name and path.
 */
export function describeNode(graph: DependencyGraph, node: NodeNumber): string {
  const instance = graph.packages[node];
  if (instance === undefined) {
    const importer = importerAt(graph, node);
    const path = importer === undefined || importer.path === '' ? '.' : importer.path;
    return visibleText(importer?.name === undefined ? path : `${importer.name} (${path})`);
  }
  const { name, alias, version } = instance;
  const words = version === undefined ? name : `${name} ${version}`;
  return visibleText(alias === undefined ? words : `${words} as ${alias}`);
}
