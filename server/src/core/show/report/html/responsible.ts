import type { DependencyGraph, GraphImporter, NodeNumber } from '../../../read/graph/dependency-graph.ts';
import { OPTIONAL_PEER, PEER } from '../../../read/graph/edge-table.ts';
import { lockfileKindOf } from '../../../read/lockfile/detect.ts';
import type { Finding } from '../../../read/text/finding.ts';
import { joinUri, nameOf, type Uri } from '../../../read/text/paths/uri.ts';
import { pathsFrom } from '../check/report.ts';
import { describeProject, type FindingPlace } from './finding-places.ts';
import type { PageInput, PageProject } from './page-input.ts';

/** A finding that no line of CODEOWNERS covers. */
const NO_OWNER = 'no owner';

/**
 * Returns a function that names who has to act on a finding: the owners of its file by CODEOWNERS, or else its project
 * or workspace member. A finding in a lockfile concerns the members that pull the package in.
 */
export function responsibleFor(
  { report, ownersOf }: PageInput,
  placeOf: (finding: Finding) => FindingPlace,
): (finding: Finding) => readonly string[] {
  const path = pathsFrom(report.root);
  const users = new Map<PageProject, ReadonlyMap<NodeNumber, readonly GraphImporter[]>>();
  const usersOf = (finding: Finding): readonly GraphImporter[] => {
    const { project, nodes } = placeOf(finding);
    if (project === undefined) return [];
    if (lockfileKindOf(nameOf(finding.uri)) === undefined)
      return (project.graph?.importers ?? []).filter((each) => manifestOf(project, each) === finding.uri);
    const found = users.get(project) ?? importersByNode(project);
    users.set(project, found);
    return [...new Set(nodes.flatMap((node) => found.get(node) ?? []))];
  };
  return (finding) => {
    const { project } = placeOf(finding);
    const importers = usersOf(finding);
    if (ownersOf !== undefined) {
      const uris = project === undefined ? [] : importers.map((each) => manifestOf(project, each));
      const owners = (uris.length === 0 ? [finding.uri] : uris).flatMap(ownersOf);
      return owners.length === 0 ? [NO_OWNER] : [...new Set(owners)];
    }
    const own = project === undefined ? '.' : describeProject(project, path);
    const members = importers.filter((each) => each.path !== '').map(nameOfMember);
    return members.length === importers.length && members.length > 0 ? members : [own, ...members];
  };
}

/** Names a member that a lockfile elsewhere lists, as in Rush, by its path from what both have in common. */
function nameOfMember({ name, path }: GraphImporter): string {
  return name ?? path.replace(/^(?:\.\.\/)+/, '');
}

function manifestOf({ root }: PageProject, { path }: GraphImporter): Uri {
  return joinUri(path === '' ? root : joinUri(root, path), 'package.json');
}

/** Returns the importers whose dependencies pull in each package, not through other importers. */
function importersByNode({ graph }: PageProject): ReadonlyMap<NodeNumber, readonly GraphImporter[]> {
  const byNode = new Map<NodeNumber, GraphImporter[]>();
  if (graph === undefined) return byNode;
  const { edges, packages, importers } = graph;
  const reachedBy = new Int32Array(packages.length + importers.length).fill(-1);
  importers.forEach((importer, at) => {
    const waiting: NodeNumber[] = [packages.length + at];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      for (let edge = edges.starts[node]!; edge < edges.starts[node + 1]!; edge++) {
        const to = edges.to[edge]!;
        if (to >= packages.length || reachedBy[to] === at || isProvided(graph, edge)) continue;
        reachedBy[to] = at;
        const known = byNode.get(to);
        if (known === undefined) byNode.set(to, [importer]);
        else known.push(importer);
        waiting.push(to);
      }
    }
  });
  return byNode;
}

/** Checks for a peer dependency that a dependent provides. */
function isProvided({ edges, peers }: DependencyGraph, edge: number): boolean {
  const kind = edges.kinds[edge];
  return peers === 'use' && (kind === PEER || kind === OPTIONAL_PEER);
}
