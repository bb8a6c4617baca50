import semver from 'semver';
import { type CatalogLine, catalogAskedFor, DEFAULT_CATALOG } from '../../config/catalog-line.ts';
import { isBunLockfile } from '../../lockfile/bun/bun-lockfile.ts';
import type { Lockfile } from '../../lockfile/model/lockfile.ts';
import { isPnpmLockfile } from '../../lockfile/pnpm/read-pnpm-lockfile.ts';
import { specOfLockfile } from '../../manager/manager-of-lockfile.ts';
import type { Project } from '../project.ts';

/** A line of a catalog that the lockfile was created without. */
export interface CatalogDrift {
  readonly line: CatalogLine;
  /** The locked value; undefined if it is not recorded. */
  readonly locked: string | undefined;
}

/**
 * Yields the lines of a file that differ from those that the lockfile was created with. pnpm and Bun record the
 * catalogs in use; Yarn has the packages that they resolved to.
 */
export function* catalogDrift(
  lines: readonly CatalogLine[],
  lockfile: Lockfile,
  project: Pick<Project, 'overrides'>,
): Generator<CatalogDrift> {
  if (lines.length === 0) return;
  const lockedOf = lockedCatalogs(lockfile);
  for (const line of lines) {
    if (!line.isText || project.overrides.of(line.name.value).length > 0) continue;
    const locked = lockedOf(line);
    if (locked === 'same' || locked === line.value.value) continue;
    yield { line, locked: locked === 'none' ? undefined : locked };
  }
}

/** Returns the locked text; `same` also if it is unknown, `none` if the value of the line is not locked. */
function lockedCatalogs(lockfile: Lockfile): (line: CatalogLine) => string {
  if (isPnpmLockfile(lockfile)) {
    const catalogs = new Map<string, string>();
    for (const { catalog, name, specifier } of lockfile.main?.settings.catalogs ?? []) {
      if (specifier !== undefined) catalogs.set(`${catalog} ${name.value}`, specifier.value);
    }
    return ({ catalog, name }) => catalogs.get(`${catalog} ${name.value}`) ?? 'same';
  }
  if (isBunLockfile(lockfile)) {
    const { catalogs } = lockfile;
    return ({ catalog, name }) =>
      catalogs.get(catalog === DEFAULT_CATALOG ? '' : catalog)?.get(name.value)?.value ?? 'same';
  }
  if (!specOfLockfile(lockfile.format).lockfile.keyedBySpecifier) return () => 'same';
  const used = usedCatalogs(lockfile);
  return ({ catalog, name, value }) => {
    const isUsed = used.has(`${catalog} ${name.value}`);
    if (!isUsed || semver.validRange(value.value) === null) return 'same';
    return lockfile.entry(`${name.value}@npm:${value.value}`) === undefined ? 'none' : 'same';
  };
}

function usedCatalogs(lockfile: Lockfile): ReadonlySet<string> {
  const used = new Set<string>();
  for (const importer of lockfile.importers.values()) {
    for (const { name, specifier } of importer.edges) {
      const catalog = catalogAskedFor(specifier.value);
      if (catalog !== undefined) used.add(`${catalog} ${name}`);
    }
  }
  return used;
}
