import type { Advisories } from '../../know/advisory/advisories.ts';
import type { Advisory } from '../../know/advisory/advisory.ts';
import type { Packument } from '../../know/registry/documents/packument.ts';
import type { DependencyGraph, NodeNumber } from '../../read/graph/dependency-graph.ts';
import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';
import type { Affecting } from '../exposure/affecting.ts';
import type { AuditReport } from './audit-report.ts';
import { countDependencies } from './count-dependencies.ts';
import { findVulnerabilities } from './find-vulnerabilities.ts';
import { knownPackages } from './known-versions.ts';

export interface AuditInput {
  readonly graph: DependencyGraph;
  readonly advisories: Pick<Advisories, 'of'>;
  readonly affecting: Affecting;
  /** The advisories that affect packages of the graph, by lockfile entry. */
  readonly affected: ReadonlyMap<LockEntry, readonly Advisory[]>;
  /** Entries that no install uses. */
  readonly unasked?: ReadonlySet<LockEntry>;
  /** Whether to skip development dependencies. */
  readonly production: boolean;
  packument(name: string): Packument | undefined;
  /** Checks whether the project accepts the advisory for that package and version. */
  accepts(advisory: Advisory, name: string, version: string): boolean;
  /** Checks whether the package manager's own audit is configured to ignore the advisory for that package. */
  ignores(advisory: Advisory, name: string): boolean;
}

/** Computes what `npm audit` reports for a project from its lockfile and the known advisories. */
export function auditProject(input: AuditInput): AuditReport {
  const { graph, production } = input;
  const { packages } = graph;
  const leftOut = (advisory: Advisory, name: string, version: string) => {
    if (input.accepts(advisory, name, version)) return 'accepted';
    return input.ignores(advisory, name) ? 'ignored' : undefined;
  };
  const isAudited = (node: NodeNumber) =>
    !(production && packages[node]!.dev) && input.unasked?.has(packages[node]!.entry) !== true;
  const affected = new Map<NodeNumber, readonly Advisory[]>();
  const accepted = new Set<string>();
  const ignored = new Set<string>();
  for (const [node, { name, version, entry }] of packages.entries()) {
    const all = isAudited(node) ? (input.affected.get(entry) ?? []) : [];
    if (all.length === 0 || version === undefined) continue;
    const left = all.filter((advisory) => {
      const kind = leftOut(advisory, name, version);
      if (kind === undefined) return true;
      (kind === 'accepted' ? accepted : ignored).add(`${advisory.id} ${name} ${version}`);
      return false;
    });
    if (left.length > 0) affected.set(node, left);
  }
  const known = knownPackages(graph, input.advisories, (name) => input.packument(name));
  return {
    graph,
    vulnerabilities: findVulnerabilities({
      ...{ graph, known, affected, isAudited },
      affecting: (name, version) =>
        input.affecting(name, version).filter((advisory) => leftOut(advisory, name, version) === undefined),
    }),
    dependencies: countDependencies(graph),
    accepted: accepted.size,
    ignored: ignored.size,
  };
}
