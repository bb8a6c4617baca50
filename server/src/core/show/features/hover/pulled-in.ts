import { lockExposure } from '../../../judge/exposure/lock-exposure.ts';
import { lockGraphOf } from '../../../judge/exposure/lock-graph.ts';
import type { Advisories } from '../../../know/advisory/advisories.ts';
import type { GraphPackage } from '../../../read/graph/dependency-graph.ts';
import { describeScripts, packageKey, pulledInBy } from '../../../read/graph/pulls-in.ts';
import type { LockEntry } from '../../../read/lockfile/model/lockfile.ts';
import type { Project } from '../../../read/project/project.ts';
import { plural } from '../../../read/text/words/words.ts';

/**
 * Formats what a locked package pulls in: "47 packages, depth 6, 3 with install scripts". Undefined if it pulls in
 * nothing, or the lockfile does not record dependencies. The graph is the one that rules use, so a hover costs a walk
 * over the part below the package.
 */
export function describePulledIn(
  project: Project,
  entry: LockEntry | undefined,
  advisories: Advisories,
): string | undefined {
  const { lockfile } = project;
  if (entry === undefined || lockfile === undefined || !lockfile.recordsEdges) return undefined;
  const { graph, nodesAt, placeOf } = lockGraphOf(lockfile, project);
  // In a pnpm lockfile, an entry is a package with several choices of peers: the first one stands for all.
  const [start] = nodesAt(lockfile.entries.indexOf(entry));
  if (start === undefined) return undefined;
  const { nodes, depth } = pulledInBy(graph, start);
  const { affected } = lockExposure(project, lockfile, advisories);
  const all = new Set<string>();
  const withScripts = new Set<string>();
  const vulnerable = new Set<string>();
  for (const node of nodes) {
    const instance: GraphPackage | undefined = graph.packages[node];
    if (instance === undefined) continue;
    // An edit may have replaced the entries of an unchanged graph.
    const own = lockfile.entries[placeOf[node]!] ?? instance.entry;
    const key = packageKey(instance);
    all.add(key);
    if (own.hasInstallScript === true) withScripts.add(key);
    if (affected.has(own)) vulnerable.add(key);
  }
  if (all.size === 0) return undefined;
  return [
    plural(all.size, 'package'),
    `depth ${depth}`,
    ...(withScripts.size > 0 ? [describeScripts(withScripts.size)] : []),
    ...(vulnerable.size > 0 ? [`${vulnerable.size} with known vulnerabilities`] : []),
  ].join(', ');
}
