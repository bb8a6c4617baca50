import type { ManagerConfig } from '../../core/read/config/manager-config.ts';
import type { Lockfile } from '../../core/read/lockfile/model/lockfile.ts';
import { pinnedPnpm } from '../../core/read/lockfile/pnpm/pinned-pnpm.ts';
import { yarnGeneration } from '../../core/read/lockfile/yarn/yarn-generation.ts';
import type { ManagerHints } from '../../core/read/manager/model/manager-hints.ts';
import type { PackageManager } from '../../core/read/manager/package-manager.ts';
import { yarnPathIn } from '../../core/read/manager/yarn/version.ts';
import type { CatalogEntry, SourcePlace } from '../../core/read/project/catalogs/catalogs.ts';
import { deriveCatalogs } from '../../core/read/project/catalogs/catalogs.ts';
import { deriveOverrides, type OverrideEntry } from '../../core/read/project/overrides/overrides.ts';
import type { Project } from '../../core/read/project/project.ts';
import { sameArray, sameRecord } from '../units/equality.ts';
import type { FileStore } from './file-store.ts';
import type { ProjectFiles } from './project-files.ts';

/** Returns the current models of the files that pnpm, Yarn and Bun read for a project. */
export function readManagerConfig(found: ProjectFiles, store: FileStore): ManagerConfig {
  const { pnpmWorkspace, yarnrcs, bunfig, userBunfig } = found;
  return {
    pnpmWorkspace:
      pnpmWorkspace === undefined ? undefined : store.parsed('pnpmWorkspace', pnpmWorkspace, undefined),
    yarnrcs: yarnrcs
      .map(({ uri, reader, level }) => store.parsed(reader, uri, level))
      .filter((file) => file !== undefined),
    bunfig: bunfig === undefined ? undefined : store.parsed('bunfig', bunfig, 'project'),
    userBunfig: userBunfig === undefined ? undefined : store.parsed('bunfig', userBunfig, 'user'),
  };
}

/** Returns all models in a fixed order, to detect changes. */
export function modelsOf({ pnpmWorkspace, yarnrcs, bunfig, userBunfig }: ManagerConfig): readonly unknown[] {
  return [pnpmWorkspace, bunfig, userBunfig, ...yarnrcs];
}

/** Returns what these files and the lockfiles reveal about the package manager's version. */
export function managerHints(
  { yarnrcs }: ManagerConfig,
  lockfiles: readonly (Lockfile | undefined)[],
): ManagerHints {
  const present = lockfiles.filter((lockfile) => lockfile !== undefined);
  return {
    yarnPath: yarnPathIn(yarnrcs),
    yarnLockfile: firstOf(present, yarnGeneration),
    yarnrc: yarnrcs[0]?.dialect,
    lockedPnpm: firstOf(present, pinnedPnpm),
  };
}

function firstOf<T, F>(items: readonly T[], find: (item: T) => F | undefined): F | undefined {
  return items.map(find).find((found) => found !== undefined);
}

type Meanings = Pick<Project, 'catalogs' | 'catalogPlaces' | 'overrides' | 'overridePlaces'>;

/** Returns catalogs and overrides; each stays the same object while its content is the same, even if its lines move. */
export function meaningsOf(
  manager: PackageManager,
  rootManifest: Project['rootManifest'],
  config: ManagerConfig,
  before: Meanings | undefined,
): Meanings {
  const sources = { ...config, rootManifest };
  const { catalogs, places: catalogPlaces } = deriveCatalogs({ ...sources, manager: manager.name });
  const known = before?.catalogs;
  const keptCatalogs =
    known !== undefined && sameArray(sameRecord<CatalogEntry>)(known.entries, catalogs.entries)
      ? known
      : catalogs;
  const { overrides, places } = deriveOverrides({ ...sources, manager, catalogs: keptCatalogs });
  const keptOverrides =
    before !== undefined && sameArray(sameOverride)(before.overrides.entries, overrides.entries)
      ? before.overrides
      : overrides;
  return {
    catalogs: keptCatalogs,
    catalogPlaces: keepPlaces(before?.catalogPlaces, catalogPlaces),
    overrides: keptOverrides,
    overridePlaces: keepPlaces(before?.overridePlaces, places),
  };
}

/** Returns the replacements that catalogs and overrides make for declarations in manifests. */
export function replacementsIn({
  catalogs,
  overrides,
}: Meanings): readonly { readonly name: string; readonly declared: string }[] {
  const ofOverrides = overrides.entries.flatMap(({ selector, effective, counts }) =>
    selector === undefined || effective === undefined || !counts
      ? []
      : [{ name: selector.target.name, declared: effective }],
  );
  return [...catalogs.entries, ...ofOverrides];
}

/** Compares two overrides. The selector follows from the field, the path and the manager. */
function sameOverride(a: OverrideEntry, b: OverrideEntry): boolean {
  return (
    a.field === b.field &&
    a.uri === b.uri &&
    a.declared === b.declared &&
    a.effective === b.effective &&
    a.counts === b.counts &&
    JSON.stringify(a.selector) === JSON.stringify(b.selector) &&
    sameArray(Object.is)(a.path, b.path)
  );
}

function keepPlaces(
  before: readonly SourcePlace[] | undefined,
  next: readonly SourcePlace[],
): readonly SourcePlace[] {
  if (before === undefined) return next;
  const isSame = sameArray<SourcePlace>(
    (a, b) => a.uri === b.uri && sameRecord(a.keySpan, b.keySpan) && sameRecord(a.valueSpan, b.valueSpan),
  );
  return isSame(before, next) ? before : next;
}
