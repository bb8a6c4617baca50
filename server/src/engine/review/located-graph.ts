import { buildGraph } from '../../core/read/graph/build-graph.ts';
import type { DependencyGraph } from '../../core/read/graph/dependency-graph.ts';
import type { DiffOptions } from '../../core/read/graph/diff/diff-types.ts';
import type { Lockfile } from '../../core/read/lockfile/model/lockfile.ts';
import type { LockfileKind } from '../../core/read/manager/model/files.ts';
import { graphOptionsOf } from '../../core/read/project/graph-options-of.ts';
import type { UnlockedMember } from '../../core/read/project/locked/unlocked-member.ts';
import type { Project } from '../../core/read/project/project.ts';
import { relativeUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { GraphedLockfile } from '../../core/show/report/graph/graph-json.ts';
import type { FileStatus, ProjectSnapshot } from '../session.ts';
import { unlockedMembers } from './new-members.ts';

/** A lockfile of a directory with its graph, and what is needed to build the graph of another state of it. */
export interface LocatedGraph extends GraphedLockfile {
  readonly uri: Uri;
  /** The members that are missing from the lockfile. */
  readonly unlockedMembers: readonly UnlockedMember[];
  readonly registryOf: NonNullable<DiffOptions['registryOf']>;
  graphOf(lockfile: Lockfile): DependencyGraph;
}

/** Returns a lockfile of a project with its graph; its path is relative to the root. */
export function locatedGraph(
  snapshot: ProjectSnapshot,
  { uri, kind, status, reason }: FileStatus & { readonly kind: LockfileKind },
  root: Uri,
): LocatedGraph {
  const file = snapshot.files.get(uri);
  const lockfile = file?.kind === 'lockfile' ? file : undefined;
  const options = graphOptionsOf(snapshot, uri);
  const graphOf = (other: Lockfile) => buildGraph(other, options);
  const isRead = status === 'checked' || status === 'partial';
  return {
    uri,
    path: relativeUri(root, uri),
    format: lockfile?.format ?? kind,
    lockfileVersion: lockfile?.formatVersion?.value,
    status,
    reason,
    graph: lockfile !== undefined && isRead ? graphOf(lockfile) : undefined,
    unlockedMembers: unlockedMembers(snapshot, uri),
    registryOf: (name) => configuredRegistry(snapshot.project, name),
    graphOf,
  };
}

/** Returns the configured registry, unless the change under review configures it or one of its variables is unknown. */
function configuredRegistry({ npmConfig }: Project, name: string): ReturnType<LocatedGraph['registryOf']> {
  const { url, usable, isNewSinceBase, scope } = npmConfig.registryFor(name);
  const isOfScope = scope !== undefined;
  return usable && isNewSinceBase !== true
    ? { url, isOfScope }
    : isOfScope
      ? { url: '', isOfScope }
      : undefined;
}
