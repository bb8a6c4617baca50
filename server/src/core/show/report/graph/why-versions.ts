import {
  type DependencyGraph,
  dependentsOf,
  importerAt,
  type NodeNumber,
} from '../../../read/graph/dependency-graph.ts';
import { describeAsked } from '../../../read/graph/describe-asked.ts';
import { describeNode } from '../../../read/graph/describe-package.ts';
import { compareVersions } from '../../../read/graph/duplicates.ts';
import { specOfLockfile } from '../../../read/manager/manager-of-lockfile.ts';
import { displayWidth, visibleText } from '../../../read/text/words/visible-text.ts';
import { plural } from '../../../read/text/words/words.ts';
import { wrap } from '../../../read/text/wrap.ts';
import type { Paint } from '../paint.ts';

/** Instances displayed as one: with the same name, alias and version, in however many folders. */
export interface ShownVersion {
  /** `minimist 1.2.8`, `react 17.0.2 as react-17`. */
  readonly words: string;
  readonly nodes: readonly NodeNumber[];
}

/** Returns the instances by version, oldest first, importers last. */
export function shownVersions(graph: DependencyGraph, nodes: readonly NodeNumber[]): readonly ShownVersion[] {
  const byWords = new Map<string, NodeNumber[]>();
  for (const node of nodes) {
    const words = describeNode(graph, node);
    const known = byWords.get(words);
    if (known === undefined) byWords.set(words, [node]);
    else known.push(node);
  }
  const versionOf = ({ nodes: [first] }: ShownVersion) => graph.packages[first!]?.version;
  return [...byWords]
    .map(([words, instances]) => ({ words, nodes: instances }))
    .sort((a, b) => compareVersions(versionOf(a), versionOf(b)));
}

/** Nobody reads more; the text states how many there are. */
const MOST_VERSIONS = 20;
const MOST_ASKERS = 3;

/**
 * Formats a line per version with its dependents, below one that counts them; none if there is a single version.
 * @param place the lockfile's path
 */
export function versionLines(
  graph: DependencyGraph,
  versions: readonly ShownVersion[],
  { place, columns, paint }: { readonly place: string; readonly columns: number; readonly paint: Paint },
): readonly string[] {
  const installed = versions.filter(({ nodes }) => graph.packages[nodes[0]!] !== undefined);
  if (installed.length < 2) return [];
  const names = new Set(installed.map(({ nodes }) => graph.packages[nodes[0]!]!.name));
  const [name = ''] = names;
  const copies = installed.reduce((sum, { nodes }) => sum + nodes.length, 0);
  const count = names.size === 1 ? plural(installed.length, 'version') : plural(installed.length, 'package');
  const inCopies = copies === installed.length ? '' : `, ${plural(copies, 'copy', 'copies')}`;
  const head = `${visibleText(name)}: ${count}${inCopies} in ${visibleText(place)}`;
  const shown = installed.slice(0, MOST_VERSIONS);
  const labels = shown.map(({ words }) =>
    names.size === 1 ? words.slice(visibleText(name).length + 1) : words,
  );
  const width = Math.min(20, Math.max(...labels.map(displayWidth)));
  const rows = shown.flatMap(({ nodes }, at) => {
    const label = labels[at]!;
    const indent = ' '.repeat(width + 4);
    const text = wrap(versionFacts(graph, nodes), columns - indent.length);
    const isLong = displayWidth(label) > width;
    const first = `  ${label}${isLong ? '' : `${' '.repeat(width - displayWidth(label))}  ${text[0]}`}`;
    return [first, ...text.slice(isLong ? 0 : 1).map((row) => indent + row)];
  });
  const more = installed.length - shown.length;
  const rest = more > 0 ? [paint.faint(`  and ${plural(more, 'more version')}`)] : [];
  return [...wrap(head, columns).map((row) => paint.strong(row)), ...rows, ...rest];
}

/** Formats `3 copies, for a (^1.0.0), b (~1.2.0) and 4 more`. */
function versionFacts(graph: DependencyGraph, nodes: readonly NodeNumber[]): string {
  const { edges, packages } = graph;
  const incoming = nodes.flatMap((node) => [...dependentsOf(graph, node)]);
  // Direct dependents can change it.
  const isImporter = (edge: number) => edges.from[edge]! >= packages.length;
  const askers = new Set(
    [...incoming.filter(isImporter), ...incoming.filter((edge) => !isImporter(edge))].map((edge) =>
      describeAsker(graph, edge),
    ),
  );
  const shown = [...askers].slice(0, MOST_ASKERS);
  const more = askers.size - shown.length;
  const copies = nodes.length === 1 ? '' : `${plural(nodes.length, 'copy', 'copies')}, `;
  if (shown.length === 0) return `${copies}nothing asks for it`;
  const last = more > 0 ? ` and ${plural(more, 'more', 'more')}` : '';
  return `${copies}for ${shown.join(', ')}${last}`;
}

/** Formats `shop (^1.0.0 development)`, `a 1.0.0 (1.2.3)`. */
function describeAsker(graph: DependencyGraph, edge: number): string {
  const { edges, packages, lockfile } = graph;
  const from = edges.from[edge]!;
  const name = importerAt(graph, from)?.name;
  const words = name === undefined ? describeNode(graph, from) : visibleText(name);
  const asked = describeAsked(graph, edge);
  // A dependent that declares only one version keeps it there; the declarations of packages are unknown in pnpm
  // lockfiles.
  const isKnown = specOfLockfile(lockfile.format).lockfile.recordsRanges || packages[from] === undefined;
  const declared = asked === '' && isKnown ? visibleText(edges.specifiers[edge]!.slice(0, 200)) : asked;
  return declared === '' ? words : `${words} (${declared})`;
}
