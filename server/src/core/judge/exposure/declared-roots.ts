import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { specOfLockfile } from '../../read/manager/manager-of-lockfile.ts';
import { effectiveDependencies } from '../../read/manifest/effective-dependencies.ts';
import type { Manifest } from '../../read/manifest/manifest.ts';
import { lockedEntry } from '../../read/project/locked/locked-dependency.ts';
import type { Project } from '../../read/project/project.ts';

/** A manifest's declaration of a locked package. */
export interface DeclaredRoot {
  readonly name: string;
  readonly kind: 'prod' | 'dev';
  readonly entry: LockEntry;
}

interface Found {
  readonly manifest: Manifest;
  readonly roots: readonly DeclaredRoot[];
}

const known = new WeakMap<Lockfile, Found>();

/**
 * Returns the declarations of a project's root manifest if its lockfile does not record them (npm 6 and earlier, Yarn
 * 1) or their sections (Yarn 2 and later). Edits that do not change the list keep its identity. Undefined if the
 * lockfile records everything, or if there are members it does not record, as their manifests are not available here.
 */
export function declaredRoots(project: Project, lockfile: Lockfile): readonly DeclaredRoot[] | undefined {
  if (lockfile !== project.lockfile) return undefined;
  const recordsImporters = lockfile.importers.size > 0;
  if (recordsImporters ? specOfLockfile(lockfile.format).lockfile.recordsSections : project.members.size > 1)
    return undefined;
  const manifest = project.rootManifest;
  if (manifest === undefined) return undefined;
  const before = known.get(lockfile);
  if (before?.manifest === manifest) return before.roots;
  const found = effectiveDependencies(manifest).flatMap((dependency): DeclaredRoot[] => {
    const entry = lockedEntry(project, manifest.uri, dependency);
    if (entry === undefined) return [];
    const kind = dependency.section === 'devDependencies' ? 'dev' : 'prod';
    return [{ name: dependency.name, kind, entry }];
  });
  const roots = before !== undefined && isSame(before.roots, found) ? before.roots : found;
  known.set(lockfile, { manifest, roots });
  return roots;
}

function isSame(a: readonly DeclaredRoot[], b: readonly DeclaredRoot[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ name, kind, entry }, at) => {
      const other = b[at]!;
      return name === other.name && kind === other.kind && entry === other.entry;
    })
  );
}
