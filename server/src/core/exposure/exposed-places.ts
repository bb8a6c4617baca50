import type { CatalogLine } from '../config/catalog-line.ts';
import type { LockEntry, Lockfile } from '../lockfile/lockfile.ts';
import { shownText } from '../lockfile/shown-text.ts';
import { effectiveDependencies } from '../manifest/effective-dependencies.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { targetOf } from '../manifest/read-specifier.ts';
import type { Specifier } from '../manifest/specifier.ts';
import { catalogEntries } from '../project/catalogs/catalog-entries.ts';
import { lockedEntry } from '../project/locked/locked-dependency.ts';
import { meaningPlace, meaningsIn } from '../project/meaning-of.ts';
import type { CheckedFile } from '../rules/rule.ts';
import type { Uri } from '../text/uri.ts';
import { inOverrides, overrideExposure } from './exposed-overrides.ts';
import type { ExposedPlace, ExposureContext } from './exposed-place.ts';
import { type LockExposure, lockExposure } from './lock-exposure.ts';
import { isTaken, unlockedExposure } from './unlocked.ts';

/**
 * The places in a file by which the project gets packages that advisories affect: a dependency or the line of a catalog
 * that takes such a version or brings it, an override that sets it, and its entry in a lockfile. What `catalog:` stands
 * for is given where the catalog says it, and what an override decides where that stands.
 */
export function* exposedPlaces(file: CheckedFile, context: ExposureContext): Generator<ExposedPlace> {
  switch (file.kind) {
    case 'manifest':
      yield* inManifest(file, context);
      yield* inCatalogs(file.uri, file.catalogs, context);
      yield* inOverrides(file.uri, context);
      return;
    case 'pnpmWorkspace':
      yield* inCatalogs(file.uri, file.catalogs, context);
      yield* inOverrides(file.uri, context);
      return;
    case 'yarnrc':
      yield* inCatalogs(file.uri, file.catalogs, context);
      return;
    case 'lockfile':
      yield* inLockfile(file, context);
      return;
    default:
      return;
  }
}

function* inManifest(manifest: Manifest, context: ExposureContext): Generator<ExposedPlace> {
  const { project } = context;
  const meaningIn = meaningsIn(project, manifest.uri);
  const importer = project.members.get(manifest.uri)?.path;
  for (const dependency of effectiveDependencies(manifest)) {
    const meaning = meaningIn(dependency);
    const { declared, specifier, target, catalog, override } = meaning;
    if (declared === undefined || catalog !== undefined || meaning.isRemoved) continue;
    const { name } = dependency;
    const entry = lockedEntry(project, manifest.uri, dependency);
    const taken = takenExposure({ name, target, specifier, declared, entry, importer }, context);
    if (taken === undefined) continue;
    const isToldThere = override !== undefined && overrideExposure(override, context) !== undefined;
    const own = isToldThere ? undefined : taken.own;
    if (own === undefined && taken.brought.length === 0) continue;
    const place = meaningPlace(project, meaning);
    yield {
      ...taken,
      own,
      kind: 'dependency',
      span: dependency.valueSpan,
      name,
      target,
      declared,
      isDev: dependency.section === 'devDependencies',
      ...NOT_AN_ENTRY,
      related: place === undefined ? [] : [{ ...place, message: `This says what "${name}" is.` }],
    };
  }
}

const NOT_AN_ENTRY = { bringers: [], isDirect: true } as const;

function* inCatalogs(
  uri: Uri,
  lines: readonly CatalogLine[],
  context: ExposureContext,
): Generator<ExposedPlace> {
  for (const { name: key, value, specifier, locked } of catalogEntries(uri, lines, context.project)) {
    const name = key.value;
    const target = targetOf(name, specifier);
    const declared = value.value;
    const taken = takenExposure(
      { name, target, specifier, declared, entry: locked, importer: undefined },
      context,
    );
    if (taken === undefined) continue;
    const isDev = locked !== undefined && exposureIn(context)?.isDev(locked) === true;
    const span = value.span;
    yield { ...taken, kind: 'catalog', span, name, target, declared, isDev, ...NOT_AN_ENTRY, related: [] };
  }
}

interface Declared {
  readonly name: string;
  readonly target: string;
  readonly specifier: Specifier;
  readonly declared: string;
  /** What is locked for it. */
  readonly entry: LockEntry | undefined;
  /** The path of the importer that declares it, undefined for whatever importers. */
  readonly importer: string | undefined;
}

type Taken = Pick<ExposedPlace, 'version' | 'by' | 'own' | 'brought'>;

/** Undefined where advisories affect neither what is taken nor what that brings, as far as is known. */
function takenExposure(declared: Declared, context: ExposureContext): Taken | undefined {
  const { name, target, specifier, entry, importer } = declared;
  const isMember = context.project.memberNames.has(target);
  if (entry === undefined || !isTaken(entry, target, specifier)) {
    return isMember ? undefined : unlockedExposure(declared, context);
  }
  const exposure = exposureIn(context);
  if (exposure === undefined || exposure.affected.size === 0) return undefined;
  const own = exposure.takenBy(importer, name, entry);
  const brought = exposure.broughtBy(importer, name, entry);
  if (own === undefined && brought.length === 0) return undefined;
  return { version: entry.version?.value, by: 'locked', own, brought };
}

function exposureIn({ project, advisories }: ExposureContext): LockExposure | undefined {
  const { lockfile } = project;
  return lockfile === undefined ? undefined : lockExposure(project, lockfile, advisories);
}

function* inLockfile(lockfile: Lockfile, { project, advisories }: ExposureContext): Generator<ExposedPlace> {
  const exposure = lockExposure(project, lockfile, advisories);
  for (const [entry, affected] of exposure.affected) {
    const ways = exposure.bringersOf(entry);
    const bringers = new Set(ways.map(({ bringer }) => shownText(bringer?.name ?? entry.name)));
    bringers.delete(entry.name);
    yield {
      kind: 'entry',
      span: entry.version?.span ?? entry.keySpan,
      name: entry.alias ?? entry.name,
      target: entry.name,
      version: entry.version?.value,
      by: 'locked',
      declared: undefined,
      isDev: exposure.isDev(entry),
      own: ways[0] ?? affected,
      brought: [],
      bringers: [...bringers],
      isDirect: exposure.isDirect(entry),
      related: [],
    };
  }
}
