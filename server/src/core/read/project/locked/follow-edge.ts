import type { LockEdge, LockEntry, Lockfile } from '../../lockfile/model/lockfile.ts';
import { replacedSpecifier } from '../overrides/replaced-specifier.ts';
import type { Project } from '../project.ts';

/** Resolves an edge of a lockfile, applying the project's catalogs and `resolutions`. */
export function followEdge(
  project: Pick<Project, 'manager' | 'overrides' | 'catalogs'>,
  lockfile: Lockfile,
  from: LockEntry,
  edge: LockEdge,
): LockEntry | undefined {
  return lockfile.follow(from, edge, replacedSpecifier(project, from, edge));
}
