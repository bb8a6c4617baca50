import { NOTHING_KNOWN } from '../../know/advisory/reports/combine-advisories.ts';
import type { CatalogLine } from '../../read/config/catalog-line.ts';
import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { effectiveDependencies, isInstalled } from '../../read/manifest/effective-dependencies.ts';
import type { Manifest, ManifestDependency, ManifestSection } from '../../read/manifest/manifest.ts';
import { plainOf } from '../../read/manifest/plain-specifier.ts';
import { targetOf } from '../../read/manifest/read-specifier.ts';
import { catalogEntries } from '../../read/project/catalogs/catalog-entries.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import { isFixtureFile } from '../../read/project/fixture-files.ts';
import { lockedEntries } from '../../read/project/locked/locked-entries.ts';
import { type Meaning, meaningPlace, meaningsIn } from '../../read/project/meaning-of.ts';
import type { Project } from '../../read/project/project.ts';
import { groupBy } from '../../read/text/group-by.ts';
import type { Uri } from '../../read/text/paths/uri.ts';
import type { AdvisoryKind } from './advisory-kind.ts';
import { declaredRoots } from './declared-roots.ts';
import { isDevelopmentTool } from './development-tools.ts';
import { inOverrides, overrideExposure } from './exposed-overrides.ts';
import type { ExposedPackage, ExposedPlace, ExposureContext, TakenPackages } from './exposed-place.ts';
import { isFrontEnd } from './front-end.ts';
import { type LockExposure, lockExposure } from './lock-exposure.ts';
import type { UsedAt } from './place-severity.ts';
import { isTaken, mayBeAffected, unlockedExposure } from './unlocked.ts';

/**
 * Yields the places in a file through which the project gets packages affected by advisories of a kind: a dependency or
 * catalog entry that selects such a version, an override that sets it, and its entry in a lockfile. A `catalog:`
 * dependency is reported in the catalog, and one decided by an override at the override.
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
  const isShipped =
    !manifest.sections.some((section) => isWritten(manifest, section)) &&
    isFrontEnd(
      {
        path: importer ?? '',
        names: manifest.dependencies.flatMap(({ section, name }) =>
          section === 'devDependencies' ? [name] : [],
        ),
        isLibrary: manifest.isLibrary,
      },
      project.members.size > 1,
    );
  const usedBy = usesIn(context, kind, manifest.uri);
  let at = 0;
  for (const dependency of installedIn(manifest, project)) {
    const isPeer = dependency.section === 'peerDependencies';
    const entry = isPeer ? undefined : entries[at++];
    const meaning = meaningIn(dependency);
    const { declared, catalog, override } = meaning;
    if (declared === undefined || catalog !== undefined || meaning.isRemoved) continue;
    const { name } = dependency;
    const taken = takenBy(name, meaning, entry);
    if (taken?.own === undefined || (isPeer && !isPinned(meaning, kind))) continue;
    if (override !== undefined && overrideExposure(override, context, kind) !== undefined) continue;
    const place = meaningPlace(project, meaning);
    const isDev = dependency.section === 'devDependencies';
    yield {
      ...onlyOwn(taken),
      used: usedBy(taken, isDev && !isShipped),
      kind: 'dependency',
      span: dependency.valueSpan,
      name,
      target: meaning.target,
      declared,
      isDev,
      ...NOT_AN_ENTRY,
      related: place === undefined ? NONE : [{ ...place, message: `This declares "${name}".` }],
    };
  }
}

/**
 * Returns the effective dependencies, followed by the installed peers if nothing is locked: locked peers are judged in
 * the lockfile.
 */
function installedIn(manifest: Manifest, { lockfile }: Project): readonly ManifestDependency[] {
  const own = effectiveDependencies(manifest);
  if (lockfile !== undefined) return own;
  const peers = effectiveDependencies(manifest, { peers: true }).filter(
    (dependency) => dependency.section === 'peerDependencies' && isInstalled(manifest, dependency),
  );
  return peers.length === 0 ? own : [...own, ...peers];
}

/**
 * Checks whether it is a non-empty section of runtime dependencies. Uses the text, as the manifest may lack the
 * dependencies under inspection.
 */
function isWritten({ text }: Manifest, { section, span, keySpan }: ManifestSection): boolean {
  return section === 'dependencies' && !/^[\s:]*\{\s*\}$/.test(text.slice(keySpan.end, span.end));
}

/** Limits a place to its own package; the packages it pulls in have entries of their own. */
function onlyOwn(
  taken: TakenPackages,
): Pick<ExposedPlace, 'version' | 'by' | 'own' | 'brought' | 'packages'> {
  const { version, by, own } = taken;
  return { version, by, own, brought: NONE, packages: packagesOf(own!) };
}

/** Returns the same list for the same package, as rules ask on every keystroke. */
const alone = new WeakMap<ExposedPackage, readonly ExposedPackage[]>();

function packagesOf(own: ExposedPackage): readonly ExposedPackage[] {
  const known = alone.get(own) ?? [own];
  alone.set(own, known);
  return known;
}

/** Determines who uses a declared package, including its other users in the lockfile. */
function usesIn(context: ExposureContext, kind: AdvisoryKind, uri: Uri) {
  const { project } = context;
  const exposure = exposureIn(context, kind);
  const isFixture = isFixtureFile(project, uri);
  const { lockfile } = project;
  const knowsImporters =
    lockfile !== undefined && (lockfile.importers.size > 0 || declaredRoots(project, lockfile) !== undefined);
  return ({ own }: TakenPackages, isDev: boolean): UsedAt => {
    const entry = own?.entry;
    const locked = entry === undefined || !knowsImporters ? undefined : exposure?.usedAt(entry);
    const isTool = own !== undefined && isDevelopmentTool(own.name);
    const isOfTools = locked === undefined ? !isDev && isTool : locked.isOfTools === true;
    // What a fixture declares does not matter for a package that something else uses.
    const isElsewhere = isFixture && locked?.isFixture === false;
    return {
      isDev: (isElsewhere || isDev || isTool) && (locked === undefined || locked.isDev),
      isOfTools,
      isDirect: true,
      isFixture: isFixture && (locked === undefined || locked.isFixture),
    };
  };
}

/** Libraries declare wide peer ranges that start with old versions nobody installs. Malware is reported anyway. */
function isPinned({ specifier }: Meaning, kind: AdvisoryKind): boolean {
  return kind === 'malware' || plainOf(specifier)?.type === 'version';
}

const NONE: readonly never[] = [];
/** Editors list them vertically. */
const MOST_COPIES = 5;
const NOT_AN_ENTRY = { introducers: NONE, isDirect: true } as const;

function* inCatalogs(
  uri: Uri,
  lines: readonly CatalogLine[],
  context: ExposureContext,
  kind: AdvisoryKind,
): Generator<ExposedPlace> {
  const exposure = exposureIn(context, kind);
  const usedBy = usesIn(context, kind, uri);
  const takenBy = takenPackages(context, kind, undefined);
  for (const { name: key, value, specifier, locked } of catalogEntries(uri, lines, context.project)) {
    const name = key.value;
    const target = targetOf(name, specifier);
    const declared = value.value;
    const taken = takenBy(name, { target, specifier, declared }, locked);
    if (taken?.own === undefined) continue;
    const isDev = locked !== undefined && exposure?.isDev(locked) === true;
    const used = usedBy(taken, locked !== undefined && exposure?.usedAt(locked).isDev === true);
    const { span } = value;
    const place = { kind: 'catalog', span, name, target, declared, isDev, used, related: NONE } as const;
    yield { ...onlyOwn(taken), ...place, ...NOT_AN_ENTRY };
  }
}

/**
 * Returns a function that resolves what an importer (any importer if undefined) declares and has locked; undefined if
 * no known advisory affects it or what it pulls in.
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

/** The cached result for a dependency with the same declaration and locked entry. */
interface Answer {
  readonly declared: string | undefined;
  readonly entry: LockEntry | undefined;
  readonly taken: TakenPackages | undefined;
}

const known = new WeakMap<LockExposure, Map<string | undefined, Map<string, Answer>>>();

/** Returns the cache by name, as an edit changes few dependencies of a manifest. */
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

/** Cached for each lockfile and its known advisories. */
const lockfilePlaces = new WeakMap<LockExposure, readonly ExposedPlace[]>();

function inLockfile(
  lockfile: Lockfile,
  { project, advisories }: ExposureContext,
  kind: AdvisoryKind,
): readonly ExposedPlace[] {
  const exposure = lockExposure(project, lockfile, advisories, kind);
  const places = lockfilePlaces.get(exposure) ?? placesOf(lockfile, exposure);
  lockfilePlaces.set(exposure, places);
  return places;
}

/**
 * Returns one place for each version of a package: at its direct entry, or else at the first one, of production if there
 * is one.
 */
function placesOf({ uri }: Lockfile, exposure: LockExposure): readonly ExposedPlace[] {
  const copies = groupBy(exposure.affected, ([, { name, version }]) => `${name} ${version}`);
  return Array.from(copies.values(), (unordered): ExposedPlace => {
    const isDev = ([each]: (typeof unordered)[number]) => exposure.usedAt(each).isDev;
    const all = [...unordered.filter((copy) => !isDev(copy)), ...unordered.filter(isDev)];
    const [entry, affected] = all.find(([each]) => exposure.isDirect(each)) ?? all[0]!;
    const own = exposure.nearestOf(entry) ?? affected;
    const others = all.filter(([each]) => each !== entry);
    const uses = all.map(([each]) => exposure.usedAt(each));
    return {
      kind: 'entry',
      span: entry.version?.span ?? entry.keySpan,
      name: entry.alias ?? entry.name,
      target: entry.name,
      version: entry.version?.value,
      by: 'locked',
      declared: undefined,
      isDev: all.every(([each]) => exposure.isDev(each)),
      used: {
        isDev: uses.every((each) => each.isDev),
        isOfTools: uses.every((each) => each.isDev) && uses.some((each) => each.isOfTools),
        isDirect: uses.some((each) => each.isDirect),
        isFixture: uses.every((each) => each.isFixture),
      },
      own,
      brought: NONE,
      packages: [own],
      introducers: [...new Set(all.flatMap(([each]) => exposure.introducerNames(each)))],
      isDirect: exposure.isDirect(entry),
      related:
        others.length === 0
          ? NONE
          : others
              .slice(0, MOST_COPIES)
              .map(([{ keySpan }]) => ({ uri, span: keySpan, message: 'Another copy.' })),
    };
  });
}
