import { catalogAskedFor } from '../../config/catalog-line.ts';
import type { LockEdge, LockEntry } from '../../lockfile/model/lockfile.ts';
import { specOf } from '../../manager/managers.ts';
import type { Project } from '../project.ts';

/**
 * Returns what Yarn's `resolutions` or catalogs replace a declaration of a locked package or member with; undefined if
 * nothing does or if that depends on more than the package itself. Lockfiles of other package managers record the
 * resolution without this.
 */
export function replacedSpecifier(
  { manager, overrides, catalogs }: Pick<Project, 'manager' | 'overrides' | 'catalogs'>,
  from: Pick<LockEntry, 'name' | 'version'>,
  { name, specifier }: Pick<LockEdge, 'name' | 'specifier'>,
): string | undefined {
  const { replacesLocked } = specOf(manager).overrides;
  if (replacesLocked === undefined) return undefined;
  const dependent = { name: from.name, version: from.version?.value };
  const override = overrides
    .of(name)
    .find(({ selector }) => replacesLocked(selector!, dependent, specifier.value));
  if (override !== undefined) return override.effective;
  const catalog = catalogAskedFor(specifier.value);
  return catalog === undefined ? undefined : catalogs.get(catalog, name)?.declared;
}
