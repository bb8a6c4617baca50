import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { writerOf } from '../../read/lockfile/writer-of.ts';
import { effectiveDependencies } from '../../read/manifest/effective-dependencies.ts';
import { replacedSpecifier } from '../../read/project/overrides/replaced-specifier.ts';
import type { Project } from '../../read/project/project.ts';
import { type DeclaredRoot, declaredRoots } from './declared-roots.ts';

type Parts = Pick<Project, 'manager' | 'overrides' | 'catalogs'>;

const NONE: ReadonlySet<LockEntry> = new Set();

const known = new WeakMap<
  readonly DeclaredRoot[],
  { readonly inputs: readonly unknown[]; readonly unasked: ReadonlySet<LockEntry> }
>();

/**
 * Returns the entries of a Yarn 1 lockfile that neither the project nor any of its packages requests: Yarn never
 * installs them, and drops them from the file on the next install. Empty if anything is uncertain: members, whose
 * manifests are not available here, a manifest that is only partly read, a dependency without an entry. Keeps the
 * identity of the set while nothing changes.
 */
export function unaskedEntries(project: Project, lockfile: Lockfile): ReadonlySet<LockEntry> {
  const { rootManifest, manager, overrides, catalogs } = project;
  if (lockfile.status !== 'checked' || writerOf(lockfile).lockfile.recordsMembers) return NONE;
  if (rootManifest === undefined || rootManifest.problems.length > 0 || rootManifest.workspaces !== undefined)
    return NONE;
  const roots = declaredRoots(project, lockfile);
  if (roots === undefined || roots.length < effectiveDependencies(rootManifest).length) return NONE;
  const inputs = [lockfile, manager, overrides, catalogs];
  const before = known.get(roots);
  if (before?.inputs.every((input, at) => input === inputs[at])) return before.unasked;
  const unasked = unaskedIn(lockfile, roots, { manager, overrides, catalogs });
  known.set(roots, { inputs, unasked });
  return unasked;
}

function unaskedIn(lockfile: Lockfile, roots: readonly DeclaredRoot[], parts: Parts): ReadonlySet<LockEntry> {
  const asked = new Set(roots.map(({ entry }) => entry));
  // For a resolution with a path, the dependents it applies to are not known here.
  const replaced = new Set(parts.overrides.entries.map(({ selector }) => selector?.target.name));
  if (replaced.has(undefined)) return NONE;
  for (const entry of lockfile.entries)
    if (replaced.has(entry.name) || replaced.has(entry.alias)) asked.add(entry);
  for (const link of lockfile.links) asked.add(link);
  for (const entry of asked) {
    for (const edge of entry.edges) {
      if (edge.section === 'peerDependencies') continue;
      const target = lockfile.follow(entry, edge, replacedSpecifier(parts, entry, edge));
      if (target !== undefined) asked.add(target);
      else if (!edge.optional) return NONE;
    }
  }
  const unasked = lockfile.entries.filter((entry) => !asked.has(entry));
  return unasked.length === 0 ? NONE : new Set(unasked);
}
