import { markup } from '../html/markup.ts';
import type { Section } from '../html/page-parts.ts';
import { pathPicture } from '../html/path-picture.ts';
import { pathTree } from '../html/path-tree.ts';
import type { PackagePageInput } from './package-input.ts';
import { packageVerdict } from './package-verdict.ts';

/** Draws the dependency paths to the package. */
export function originSection(input: PackagePageInput): Section {
  const { graph, nodes, subject, project } = input;
  const title = 'Why it is installed';
  const tree =
    graph === undefined || nodes.length === 0 ? undefined : pathTree(graph, nodes, { direct: true });
  if (tree === undefined) {
    const why =
      graph === undefined
        ? 'the project has no lockfile that can be read'
        : nodes.length === 0
          ? `${subject === undefined ? 'it' : subject.version} is not locked in ${project}`
          : 'nothing in the lockfile leads to it';
    return { id: 'why', title, body: markup`<p>No dependency path: ${why}.</p>` };
  }
  return {
    id: 'why',
    title,
    count: tree.paths.length + tree.more,
    body: markup`${pathPicture(tree, packageVerdict(input).severity)}<ul>${tree.paths.map((path) => markup`<li>${path}</li>`)}</ul>`,
  };
}
