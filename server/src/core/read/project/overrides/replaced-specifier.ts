import { catalogAskedFor } from '../../config/catalog-line.ts';
import type { LockEdge, LockEntry } from '../../lockfile/model/lockfile.ts';
import type { Project } from '../project.ts';
import { withProtocol } from './override-selector.ts';
import type { OverrideEntry } from './overrides.ts';

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
  if (manager.name !== 'yarn') return undefined;
  const holds = manager.yarn === 'berry' ? holdsForBerry : holdsForClassic;
  const override = overrides.of(name).find((entry) => holds(entry, from, specifier.value));
  if (override !== undefined) return override.effective;
  const catalog = catalogAskedFor(specifier.value);
  return catalog === undefined ? undefined : catalogs.get(catalog, name)?.declared;
}

/** Compares the text as written; a parent's version is `npm:` and the exact one. */
function holdsForBerry(
  { selector }: OverrideEntry,
  { name, version }: Pick<LockEntry, 'name' | 'version'>,
  declared: string,
): boolean {
  const [parent] = selector!.parents;
  const { range } = selector!.target;
  if (range !== undefined && withProtocol(range) !== withProtocol(declared)) return false;
  if (parent === undefined) return true;
  if (parent.name !== name) return false;
  return parent.range === undefined || withProtocol(parent.range) === `npm:${version?.value}`;
}

/** In a path with several names, only the last can be checked without knowing how the package is reached. */
function holdsForClassic({ selector }: OverrideEntry, { name }: Pick<LockEntry, 'name'>): boolean {
  const { parents, isDeep } = selector!;
  return parents.length === 0 ? isDeep : parents.length === 1 && !isDeep && parents[0]!.name === name;
}
