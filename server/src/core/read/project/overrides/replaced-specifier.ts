import { catalogAskedFor } from '../../config/catalog-line.ts';
import type { LockEdge, LockEntry } from '../../lockfile/model/lockfile.ts';
import { specOf } from '../../manager/managers.ts';
import type { Project } from '../project.ts';

/**
 * What `resolutions` of Yarn, or its catalogs, put in place of what a locked package or member declares, undefined where
 * nothing does or where that depends on more than the package itself. Other package managers' lockfiles say what was
 * resolved without this.
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
