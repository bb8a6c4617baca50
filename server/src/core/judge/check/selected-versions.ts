import semver from 'semver';
import { memoizeFor } from '../../know/registry/access/remember-for.ts';
import type { Packument } from '../../know/registry/documents/packument.ts';
import { candidateVersion, newestInRange } from '../../know/registry/releases/candidate-version.ts';
import type { CatalogLine } from '../../read/config/catalog-line.ts';
import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { effectiveDependencies } from '../../read/manifest/effective-dependencies.ts';
import type { Manifest, ManifestDependency } from '../../read/manifest/manifest.ts';
import { plainOf } from '../../read/manifest/plain-specifier.ts';
import { targetOf } from '../../read/manifest/read-specifier.ts';
import type { Specifier } from '../../read/manifest/specifier.ts';
import { isInPrivateScope, isInternalName } from '../../read/policy-file/private-names.ts';
import { catalogEntries } from '../../read/project/catalogs/catalog-entries.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import { askedEntries } from '../../read/project/locked/asked-entries.ts';
import { undeclaredVersions } from '../../read/project/locked/direct-entries.ts';
import { lockedEntry, registryVersion } from '../../read/project/locked/locked-dependency.ts';
import { cooldownKey, cooldownOf } from '../../read/project/manager/cooldown.ts';
import { type Meaning, meaningPlace, meaningsIn } from '../../read/project/meaning-of.ts';
import type { Project } from '../../read/project/project.ts';
import type { Related } from '../../read/text/finding.ts';
import { onForgetLatest } from '../../read/text/latest.ts';
import type { Uri } from '../../read/text/paths/uri.ts';
import type { Span } from '../../read/text/span.ts';
import type { Facts } from './rule.ts';

/** A version of a registry package that a project selects, at the place that selects it. */
export interface SelectedVersion {
  /** The key in a manifest or catalog, which with an alias differs from the package's name. */
  readonly name: string;
  /** The package requested from the registry. */
  readonly target: string;
  readonly version: string;
  readonly packument: Packument;
  readonly from: 'manifest' | 'catalog' | 'lockfile';
  /** locked: by the lockfile; exact: by its declaration; range: by the package manager if it resolved now. */
  readonly by: 'locked' | 'exact' | 'range';
  /** The declared value that decides; undefined in a lockfile. */
  readonly declared: string | undefined;
  readonly specifier: Specifier | undefined;
  readonly keySpan: Span;
  /** The value, or the version in a lockfile. */
  readonly span: Span;
  /** Whether editing the text at `span` changes what is installed; false if an override decides. */
  readonly isDecidedHere: boolean;
  readonly entry: LockEntry | undefined;
  readonly related: readonly Related[];
}

export interface SelectionContext {
  readonly project: Project;
  readonly facts: Facts;
  readonly now: number;
}

/**
 * Yields the selected versions of registry packages in a file whose registry facts are known. For a manifest these are
 * its own dependencies, for a file with catalogs their entries. For a lockfile they are what is new since the base and
 * what members with unread manifests depend on, or everything locked if the project asks for that. Each is yielded
 * once: where the manifest declares it, or where the catalog does for `catalog:`.
 */
export function* selectedVersions(file: CheckedFile, context: SelectionContext): Generator<SelectedVersion> {
  if (context.facts.unreachable !== undefined) return;
  switch (file.kind) {
    case 'manifest':
      yield* inManifest(file, context);
      yield* inCatalogs(file.uri, file.catalogs, context);
      return;
    case 'pnpmWorkspace':
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

/** Checks whether a package is private: of a private scope, with a registry of its own, or an internal name. */
export function isPrivate(
  target: string,
  { policy, npmConfig, memberNames }: Pick<Project, 'policy' | 'npmConfig' | 'memberNames'>,
): boolean {
  if (memberNames.has(target) || isInternalName(policy.internalNames, target)) return true;
  if (isInPrivateScope(policy.privateScopes, target)) return true;
  const { scope, url } = npmConfig.registryFor(target);
  return scope !== undefined && !npmConfig.isOpen(url);
}

function* inManifest(manifest: Manifest, context: SelectionContext): Generator<SelectedVersion> {
  const { project } = context;
  for (const declared of declaredIn(manifest, project)) {
    const { dependency, meaning } = declared;
    const fact = context.facts.packument(meaning.target);
    if (fact.state !== 'ready') continue;
    const { target, specifier, override } = meaning;
    if (declared.choice?.packument !== fact.value || declared.choice.now !== context.now) {
      const entry = lockedEntry(project, manifest.uri, dependency);
      const chosen = choose({ target, specifier, entry }, fact.value, context);
      declared.choice = { packument: fact.value, now: context.now, entry, chosen };
    }
    const { entry, chosen } = declared.choice;
    if (chosen === undefined) continue;
    const place = meaningPlace(project, meaning);
    yield {
      ...chosen,
      name: dependency.name,
      target,
      packument: fact.value,
      from: 'manifest',
      declared: meaning.declared,
      specifier,
      keySpan: dependency.nameSpan,
      span: dependency.valueSpan,
      isDecidedHere: override === undefined,
      entry,
      related: place === undefined ? [] : [{ ...place, message: `This declares "${dependency.name}".` }],
    };
  }
}

interface DeclaredVersion {
  readonly dependency: ManifestDependency;
  readonly meaning: Meaning;
  /** The result computed for the first rule, shared with the others. */
  choice: Choice | undefined;
}

interface Choice {
  readonly packument: Packument;
  readonly now: number;
  readonly entry: LockEntry | undefined;
  readonly chosen: Chosen | undefined;
}

type Chosen = Pick<SelectedVersion, 'version' | 'by'>;

interface Declarations {
  readonly manifest: Manifest;
  readonly project: Project;
  readonly declared: readonly DeclaredVersion[];
}

/** Cached for the last manifest, as several rules ask for it in turn. */
let latest: Declarations | undefined;
onForgetLatest(() => {
  latest = undefined;
});

/** Returns the dependencies that select a version of a registry package without a catalog. */
function declaredIn(manifest: Manifest, project: Project): readonly DeclaredVersion[] {
  if (latest?.manifest === manifest && latest.project === project) return latest.declared;
  const meaningIn = meaningsIn(project, manifest.uri);
  const declared: DeclaredVersion[] = [];
  for (const dependency of effectiveDependencies(manifest)) {
    const meaning = meaningIn(dependency);
    if (meaning.catalog !== undefined || meaning.isRemoved || meaning.declared === undefined) continue;
    if (plainOf(meaning.specifier) === undefined || project.memberNames.has(meaning.target)) continue;
    declared.push({ dependency, meaning, choice: undefined });
  }
  latest = { manifest, project, declared };
  return declared;
}

function* inCatalogs(
  uri: Uri,
  lines: readonly CatalogLine[],
  context: SelectionContext,
): Generator<SelectedVersion> {
  for (const { name, value, specifier, locked } of catalogEntries(uri, lines, context.project)) {
    const target = targetOf(name.value, specifier);
    if (plainOf(specifier) === undefined || context.project.memberNames.has(target)) continue;
    const fact = context.facts.packument(target);
    if (fact.state !== 'ready') continue;
    const chosen = choose({ target, specifier, entry: locked }, fact.value, context);
    if (chosen === undefined) continue;
    yield {
      ...chosen,
      name: name.value,
      target,
      packument: fact.value,
      from: 'catalog',
      declared: value.value,
      specifier,
      keySpan: name.span,
      span: value.span,
      isDecidedHere: true,
      entry: locked,
      related: [],
    };
  }
}

function* inLockfile(lockfile: Lockfile, context: SelectionContext): Generator<SelectedVersion> {
  const { project } = context;
  if (lockfile !== project.lockfile) return;
  for (const entry of undeclaredVersions(askedEntries(project), lockfile, project)) {
    const version = registryVersion(entry, entry.name);
    if (version === undefined || project.memberNames.has(entry.name)) continue;
    const fact = context.facts.packument(entry.name);
    if (fact.state !== 'ready') continue;
    yield {
      name: entry.name,
      target: entry.name,
      version,
      packument: fact.value,
      from: 'lockfile',
      by: 'locked',
      declared: undefined,
      specifier: undefined,
      keySpan: entry.keySpan,
      span: entry.version?.span ?? entry.keySpan,
      isDecidedHere: false,
      entry,
      related: [],
    };
  }
}

interface Declared {
  readonly target: string;
  readonly specifier: Specifier;
  readonly entry: LockEntry | undefined;
}

/** Returns undefined if no registry version is selected or the lockfile cannot be read. */
function choose(
  { target, specifier, entry }: Declared,
  packument: Packument,
  context: SelectionContext,
): Chosen | undefined {
  const { project } = context;
  const inner = plainOf(specifier);
  if (inner === undefined) return undefined;
  if (entry !== undefined && (entry.source !== 'registry' || entry.name !== target)) return undefined;
  const locked = entry === undefined ? undefined : registryVersion(entry, target);
  const isLocked = locked !== undefined && (inner.type === 'tag' || satisfies(locked, inner.range));
  if (isLocked) return { version: locked, by: 'locked' };
  if (project.lockfile === undefined && project.lockfiles.length > 0) return undefined;
  if (inner.type === 'version') {
    const isKnown = packument.versions.has(inner.range) || packument.times.has(inner.range);
    return isKnown ? { version: inner.range, by: 'exact' } : undefined;
  }
  const version =
    inner.type === 'tag' ? packument.distTags.get(inner.tag) : wouldBeChosen(inner.range, packument, context);
  return version === undefined ? undefined : { version, by: 'range' };
}

/** Returns the version a specifier would install now; undefined if the packument is not known or does not list it. */
export function versionNow(
  specifier: Specifier,
  target: string,
  context: SelectionContext,
): string | undefined {
  const { lockfile, lockfiles } = context.project;
  // An unreadable lockfile still decides the version.
  const isKnown = lockfile !== undefined || lockfiles.length === 0;
  const inner = isKnown ? plainOf(specifier) : undefined;
  const fact = inner === undefined ? undefined : context.facts.packument(target);
  if (inner === undefined || fact?.state !== 'ready') return undefined;
  const { versions, distTags } = fact.value;
  if (inner.type === 'range') return wouldBeChosen(inner.range, fact.value, context);
  const version = inner.type === 'tag' ? distTags.get(inner.tag) : inner.range;
  return version !== undefined && versions.has(version) ? version : undefined;
}

/** Returns the version the package manager would install: one past its cooldown, if the package manager has one. */
export function wouldBeChosen(
  range: string,
  packument: Packument,
  { project, now }: SelectionContext,
): string | undefined {
  const coolDown = cooldownOf(project);
  const waits = coolDown.source.type !== 'policy' && coolDown.source.type !== 'default';
  const choose = (): string | undefined => {
    const old = waits ? candidateVersion({ packument, range, coolDown, now }) : undefined;
    return (old ?? newestInRange({ packument, range }))?.version;
  };
  return memoizeFor(packument, `chosen ${range} ${waits} ${cooldownKey(coolDown)} ${now}`, choose);
}

function satisfies(version: string, range: string): boolean {
  return semver.satisfies(version, range, { includePrerelease: true });
}
