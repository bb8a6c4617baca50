import { NOTHING_KNOWN } from '../advisory/combine-advisories.ts';
import type { CatalogLine } from '../config/catalog-line.ts';
import type { LockEntry, Lockfile } from '../lockfile/lockfile.ts';
import { effectiveDependencies, isInstalled } from '../manifest/effective-dependencies.ts';
import type { Manifest, ManifestDependency } from '../manifest/manifest.ts';
import { targetOf } from '../manifest/read-specifier.ts';
import { catalogEntries } from '../project/catalogs/catalog-entries.ts';
import { lockedEntries } from '../project/locked/locked-entries.ts';
import { type Meaning, meaningPlace, meaningsIn } from '../project/meaning-of.ts';
import type { Project } from '../project/project.ts';
import { plainOf } from '../registry/selected-versions.ts';
import type { CheckedFile } from '../rules/rule.ts';
import type { Uri } from '../text/uri.ts';
import type { AdvisoryKind } from './advisory-kind.ts';
import { inOverrides, overrideExposure } from './exposed-overrides.ts';
import type { ExposedPlace, ExposureContext, TakenPackages } from './exposed-place.ts';
import { type LockExposure, lockExposure } from './lock-exposure.ts';
import { isTaken, mayBeAffected, unlockedExposure } from './unlocked.ts';

/**
 * The places in a file by which the project gets packages that advisories of a kind affect: a dependency or the line of a
 * catalog that takes such a version or brings it, an override that sets it, and its entry in a lockfile. What `catalog:`
 * stands for is given where the catalog says it, and what an override decides where that stands.
 */
export function* exposedPlaces(
  file: CheckedFile,
  context: ExposureContext,
  kind: AdvisoryKind,
): Generator<ExposedPlace> {
  if (context.advisories.knowledge === NOTHING_KNOWN) return;
  switch (file.kind) {
    case 'manifest':
      yield* inManifest(file, context, kind);
      yield* inCatalogs(file.uri, file.catalogs, context, kind);
      yield* inOverrides(file.uri, context, kind);
      return;
    case 'pnpmWorkspace':
      yield* inCatalogs(file.uri, file.catalogs, context, kind);
      yield* inOverrides(file.uri, context, kind);
      return;
    case 'yarnrc':
      yield* inCatalogs(file.uri, file.catalogs, context, kind);
      return;
    case 'lockfile':
      yield* inLockfile(file, context, kind);
      return;
    default:
      return;
  }
}

function* inManifest(
  manifest: Manifest,
  context: ExposureContext,
  kind: AdvisoryKind,
): Generator<ExposedPlace> {
  const { project } = context;
  const importer = project.members.get(manifest.uri)?.path;
  const takenBy = takenPackages(context, kind, importer);
  const meaningIn = meaningsIn(project, manifest.uri);
  const entries = lockedEntries(project, manifest);
  let at = 0;
  for (const dependency of installedIn(manifest, project)) {
    const isPeer = dependency.section === 'peerDependencies';
    const entry = isPeer ? undefined : entries[at++];
    const meaning = meaningIn(dependency);
    const { declared, catalog, override } = meaning;
    if (declared === undefined || catalog !== undefined || meaning.isRemoved) continue;
    const { name } = dependency;
    const taken = takenBy(name, meaning, entry);
    if (taken === undefined || (isPeer && !isPinned(meaning, kind))) continue;
    const isToldThere = override !== undefined && overrideExposure(override, context, kind) !== undefined;
    const own = isToldThere ? undefined : taken.own;
    if (own === undefined && taken.brought.length === 0) continue;
    const place = meaningPlace(project, meaning);
    yield {
      ...taken,
      own,
      packages: isToldThere ? taken.brought : taken.packages,
      kind: 'dependency',
      span: dependency.valueSpan,
      name,
      target: meaning.target,
      declared,
      isDev: dependency.section === 'devDependencies',
      ...NOT_AN_ENTRY,
      related: place === undefined ? NONE : [{ ...place, message: `This says what "${name}" is.` }],
    };
  }
}

/**
 * The effective dependencies, behind them the peers that are installed where nothing is locked: what is locked for peers
 * is judged in the lockfile.
 */
function installedIn(manifest: Manifest, { lockfile }: Project): readonly ManifestDependency[] {
  const own = effectiveDependencies(manifest);
  if (lockfile !== undefined) return own;
  const peers = effectiveDependencies(manifest, { peers: true }).filter(
    (dependency) => dependency.section === 'peerDependencies' && isInstalled(manifest, dependency),
  );
  return peers.length === 0 ? own : [...own, ...peers];
}

/** A library names wide ranges of peers, which begin with old versions that nobody installs: malware is told all the same. */
function isPinned({ specifier }: Meaning, kind: AdvisoryKind): boolean {
  return kind === 'malware' || plainOf(specifier)?.type === 'version';
}

const NONE: readonly never[] = [];
const NOT_AN_ENTRY = { bringers: NONE, isDirect: true } as const;

function* inCatalogs(
  uri: Uri,
  lines: readonly CatalogLine[],
  context: ExposureContext,
  kind: AdvisoryKind,
): Generator<ExposedPlace> {
  const exposure = exposureIn(context, kind);
  const takenBy = takenPackages(context, kind, undefined);
  for (const { name: key, value, specifier, locked } of catalogEntries(uri, lines, context.project)) {
    const name = key.value;
    const target = targetOf(name, specifier);
    const declared = value.value;
    const taken = takenBy(name, { target, specifier, declared }, locked);
    if (taken === undefined) continue;
    const isDev = locked !== undefined && exposure?.isDev(locked) === true;
    const span = value.span;
    yield { ...taken, kind: 'catalog', span, name, target, declared, isDev, ...NOT_AN_ENTRY, related: NONE };
  }
}

/**
 * Tells what is taken for what an importer (undefined for whatever importers) declares and has locked; undefined where
 * advisories affect neither that nor what it brings, as far as is known.
 */
function takenPackages(context: ExposureContext, kind: AdvisoryKind, importer: string | undefined) {
  const { memberNames } = context.project;
  const exposure = exposureIn(context, kind);
  const mayBe = mayBeAffected(context, kind);
  const answers = answersOf(exposure, importer);
  return (
    name: string,
    meaning: Pick<Meaning, 'declared' | 'specifier' | 'target'>,
    entry: LockEntry | undefined,
  ): TakenPackages | undefined => {
    const { declared, target } = meaning;
    const before = answers.get(name);
    if (before !== undefined && before.entry === entry && before.declared === declared) return before.taken;
    if (entry !== undefined && isTaken(entry, target, meaning.specifier)) {
      const taken = exposure?.takenBy(importer, name, entry);
      answers.set(name, { declared, entry, taken });
      return taken;
    }
    if (memberNames.has(target) || !mayBe(target)) {
      answers.set(name, { declared, entry, taken: undefined });
      return undefined;
    }
    return unlockedExposure(meaning, context, kind);
  };
}

/** What was taken for a dependency that declared the same and had the same locked. */
interface Answer {
  readonly declared: string | undefined;
  readonly entry: LockEntry | undefined;
  readonly taken: TakenPackages | undefined;
}

const known = new WeakMap<LockExposure, Map<string | undefined, Map<string, Answer>>>();

/** By name, as nearly all dependencies of an edited manifest are the same. */
function answersOf(exposure: LockExposure | undefined, importer: string | undefined): Map<string, Answer> {
  if (exposure === undefined) return new Map();
  const ofAll = known.get(exposure) ?? new Map<string | undefined, Map<string, Answer>>();
  const answers = ofAll.get(importer) ?? new Map<string, Answer>();
  known.set(exposure, ofAll.set(importer, answers));
  return answers;
}

function exposureIn({ project, advisories }: ExposureContext, kind: AdvisoryKind): LockExposure | undefined {
  const { lockfile } = project;
  return lockfile === undefined ? undefined : lockExposure(project, lockfile, advisories, kind);
}

/** Made once for a lockfile and what is known of it. */
const lockfilePlaces = new WeakMap<LockExposure, readonly ExposedPlace[]>();

function inLockfile(
  lockfile: Lockfile,
  { project, advisories }: ExposureContext,
  kind: AdvisoryKind,
): readonly ExposedPlace[] {
  const exposure = lockExposure(project, lockfile, advisories, kind);
  const places = lockfilePlaces.get(exposure) ?? placesOf(exposure);
  lockfilePlaces.set(exposure, places);
  return places;
}

function placesOf(exposure: LockExposure): readonly ExposedPlace[] {
  return Array.from(exposure.affected, ([entry, affected]): ExposedPlace => {
    const own = exposure.nearestOf(entry) ?? affected;
    return {
      kind: 'entry',
      span: entry.version?.span ?? entry.keySpan,
      name: entry.alias ?? entry.name,
      target: entry.name,
      version: entry.version?.value,
      by: 'locked',
      declared: undefined,
      isDev: exposure.isDev(entry),
      own,
      brought: NONE,
      packages: [own],
      bringers: exposure.bringerNames(entry),
      isDirect: exposure.isDirect(entry),
      related: NONE,
    };
  });
}
