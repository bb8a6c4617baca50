import type { NodeNumber } from '../../../read/graph/dependency-graph.ts';
import { describeNode } from '../../../read/graph/describe-package.ts';
import { distinctPackages, pulledInBy } from '../../../read/graph/pulls-in.ts';
import type { LockEntry } from '../../../read/lockfile/model/lockfile.ts';
import { compareText } from '../../../read/text/compare-text.ts';
import type { Finding } from '../../../read/text/finding.ts';
import { describeImporter, type FindingPlace } from './finding-places.ts';
import type { PageProject } from './page-input.ts';

/** A direct dependency of a project, with all that it pulls in. */
export interface DirectDependency {
  readonly project: PageProject;
  readonly node: NodeNumber;
  /** `minimist 1.2.8` */
  readonly label: string;
  readonly entry: LockEntry;
  /** The importers that declare it. */
  readonly users: readonly string[];
  /** Whether only development dependencies declare it. */
  readonly isDev: boolean;
  /** The number of other packages that it pulls in, as in a hover, however many others pull them in as well. */
  readonly pulledIn: number;
  /** The number of steps to the farthest of them, by the shortest path. */
  readonly depth: number;
  /** How many of all these have an install script; undefined if the lockfile does not record them. */
  readonly scripts: number | undefined;
  /** The findings about itself and what it pulls in. */
  readonly findings: readonly Finding[];
}

/**
 * Returns the direct dependencies of a project, those that pull in most packages first. A package that several
 * importers declare counts once.
 */
export function directDependencies(
  project: PageProject,
  findings: readonly Finding[],
  placeOf: (finding: Finding) => FindingPlace,
): readonly DirectDependency[] {
  const { graph } = project;
  if (graph === undefined) return [];
  const about = findingsByNode(project, findings, placeOf);
  const declared = new Map<NodeNumber, { users: Set<string>; isDev: boolean }>();
  graph.importers.forEach(({ dependencies }, at) => {
    for (const { resolved, kind } of dependencies) {
      if (resolved === undefined || resolved >= graph.packages.length || kind === 'peer') continue;
      const user = describeImporter(project, graph.packages.length + at);
      const known = declared.get(resolved);
      if (known === undefined) declared.set(resolved, { users: new Set([user]), isDev: kind === 'dev' });
      else {
        known.users.add(user);
        known.isDev &&= kind === 'dev';
      }
    }
  });
  const recordsScripts = graph.lockfile.recordsInstallScripts;
  const dependencies = [...declared].map(([node, { users, isDev }]): DirectDependency => {
    const { nodes, depth } = pulledInBy(graph, node);
    const all = [node, ...nodes];
    const found = new Set(all.flatMap((each) => about.get(each) ?? []));
    const withScript = all.filter((each) => graph.packages[each]?.installScript === true);
    return {
      ...{ project, node, label: describeNode(graph, node), entry: graph.packages[node]!.entry },
      ...{ users: [...users].sort(compareText), isDev, pulledIn: distinctPackages(graph, nodes).size, depth },
      scripts: recordsScripts ? distinctPackages(graph, withScript).size : undefined,
      findings: [...found],
    };
  });
  return dependencies.sort((a, b) => b.pulledIn - a.pulledIn || compareText(a.label, b.label));
}

/** Returns the findings of a project by what they are about; those on a declaration are about what it resolves to. */
function findingsByNode(
  project: PageProject,
  findings: readonly Finding[],
  placeOf: (finding: Finding) => FindingPlace,
): ReadonlyMap<NodeNumber, readonly Finding[]> {
  const declared = new Map<string, NodeNumber[]>();
  for (const { dependencies } of project.graph?.importers ?? [])
    for (const { name, resolved } of dependencies)
      if (resolved !== undefined) declared.set(name, [...(declared.get(name) ?? []), resolved]);
  const byNode = new Map<NodeNumber, Finding[]>();
  for (const finding of findings) {
    const place = placeOf(finding);
    if (place.project !== project || finding.package === undefined) continue;
    const nodes = place.nodes.length > 0 ? place.nodes : (declared.get(finding.package) ?? []);
    for (const node of new Set(nodes)) byNode.set(node, [...(byNode.get(node) ?? []), finding]);
  }
  return byNode;
}
