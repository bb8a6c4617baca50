import type { LockEdge, LockEntry, Lockfile } from '../../lockfile/model/lockfile.ts';
import { isPnpmLockfile } from '../../lockfile/pnpm/read-pnpm-lockfile.ts';
import { specOfLockfile } from '../../manager/manager-of-lockfile.ts';
import type { OverrideSelector } from '../../manager/override-selector.ts';
import { parsePnpmSelector } from '../../manager/pnpm/overrides.ts';
import type { DependencySection, Manifest, ManifestDependency } from '../../manifest/manifest.ts';
import { isBrokenVersion } from '../../manifest/read-specifier.ts';
import type { Specifier } from '../../manifest/specifier.ts';
import { groupBy } from '../../text/group-by.ts';
import type { Project } from '../project.ts';
import { type FrozenInstall, fitOfLocked, fits, frozenInstall, installOfLocked } from './frozen-install.ts';
import { lockedElsewhere } from './locked-elsewhere.ts';
import { pnpmRecords } from './pnpm-records.ts';

/** How a dependency of a manifest differs from the lockfile. */
export interface Drift {
  /** The lockfile's copy of the declaration. */
  readonly edge: LockEdge | undefined;
  readonly entry: LockEntry | undefined;
  readonly install: FrozenInstall;
  /** The section in the lockfile, if it differs and the package manager checks it. */
  readonly movedFrom?: DependencySection | undefined;
  /** The other host or commit that it is locked from, if a URL is declared: a clause. */
  readonly elsewhere?: string;
}

/** Returns the drift of a dependency; undefined if there is none. */
type Comparison = (dependency: ManifestDependency, declared: string) => Drift | undefined;

/**
 * Returns how the lockfile is compared with the manifest at a path; undefined if it records nothing of it. Overridden
 * names and unreadable specifiers are accepted.
 */
export function driftFrom(
  lockfile: Lockfile,
  path: string,
  manifest: Manifest,
  project: Project,
): Comparison | undefined {
  const compare = comparison(lockfile, path, manifest, project);
  if (compare === undefined) return undefined;
  const importer = lockfile.importers.get(path);
  const agreed = importer === undefined ? undefined : declarationsOf(importer).agreed;
  const overridden = overriddenNames(project, lockfile);
  return (dependency, declared) => {
    const { name, section, specifier } = dependency;
    const agreement = agreed?.get(name);
    if (agreement?.text === declared && agreement.section === section) return undefined;
    if (overridden.has(name) || isBroken(specifier)) return undefined;
    return compare(dependency, declared);
  };
}

function comparison(
  lockfile: Lockfile,
  path: string,
  manifest: Manifest,
  project: Project,
): Comparison | undefined {
  // A lockfile of Yarn 2 or later that has lost its workspaces can be compared like one of Yarn 1.
  if (specOfLockfile(lockfile.format).lockfile.keyedBySpecifier && lockfile.importers.size === 0)
    return (dependency, declared) => withKeys(lockfile, dependency, declared, project);
  const importer = lockfile.importers.get(path);
  if (importer !== undefined) return withCopy(lockfile, path, importer, manifest, project);
  const isNested = lockfile.importers.size === 0 && path === '';
  return isNested ? (dependency) => withVersions(lockfile, dependency) : undefined;
}

/** Compares with the copy of the manifest in the lockfile. */
function withCopy(
  lockfile: Lockfile,
  path: string,
  importer: LockEntry,
  manifest: Manifest,
  { memberNames }: Project,
): Comparison {
  const { edges, agreed } = declarationsOf(importer);
  const { linksNewMembers } = specOfLockfile(lockfile.format).lockfile;
  const settings = isPnpmLockfile(lockfile) ? lockfile.main?.settings : undefined;
  const records = settings === undefined ? undefined : pnpmRecords(manifest, settings);
  // A hook of pnpm may have changed any manifest.
  const isOpen = settings?.pnpmfileChecksum !== undefined;
  return (dependency, declared) => {
    const { name, section } = dependency;
    const recorded = records?.(dependency);
    if (recorded === 'nowhere') return undefined;
    const named = edges.get(name) ?? [];
    const edge = edgeFor(named, dependency);
    const entry = lockfile.resolve(path, name, declared);
    const isSame =
      edge !== undefined &&
      (isSameText(edge.specifier.value, declared) || isMemberPath(edge, entry, dependency, lockfile));
    const elsewhere = lockedElsewhere(dependency.specifier, entry);
    if (isSame && elsewhere !== undefined) return { edge, entry, install: 'fails', elsewhere };
    if (isSame && !isOpen && recorded === 'in its section' && edge.section !== section)
      return { edge, entry, install: 'fails', movedFrom: edge.section };
    if (isSame && entry?.source !== 'registry') return undefined;
    const fit = fitOfLocked(dependency, entry);
    const isUnfit = fit === 'fails' || fit === 'other';
    const isPlainlySame = named.length === 1 && edge?.specifier.value === declared;
    if (isPlainlySame && entry !== undefined && !isUnfit)
      agreed.set(name, { text: edge.specifier.value, section });
    if (isSame) {
      if (!isUnfit) return undefined;
      return { edge, entry, install: installOfLocked(lockfile, path, dependency, entry) };
    }
    // npm resolves a local package that is new in one workspace to the member itself, lockfile or not.
    const install = frozenInstall(lockfile, path, dependency, entry);
    if (isOpen || (linksNewMembers && edge === undefined && install !== 'fails' && memberNames.has(name)))
      return undefined;
    return { edge, entry, install };
  };
}

/**
 * Compares with the keys of Yarn 1, each a name and a specifier that some manifest declares. Local folders have none.
 */
function withKeys(
  lockfile: Lockfile,
  dependency: ManifestDependency,
  declared: string,
  { memberNames }: Project,
): Drift | undefined {
  const { name, specifier } = dependency;
  if (!KEYED.has(specifier.type) || memberNames.has(name)) return undefined;
  const entry = lockfile.resolve('', name, declared) ?? lockfile.resolve('', name, declared.trim());
  if (entry === undefined) return { edge: undefined, entry, install: 'fails' };
  const elsewhere = lockedElsewhere(specifier, entry);
  if (elsewhere !== undefined) return { edge: undefined, entry, install: 'fails', elsewhere };
  // Yarn ignores an entry that does not match its own key.
  const install = fitOfLocked(dependency, entry);
  return install === 'fails' || install === 'other' ? { edge: undefined, entry, install } : undefined;
}

const KEYED: ReadonlySet<Specifier['type']> = new Set([
  'version',
  'range',
  'tag',
  'alias',
  'git',
  'remote',
] as const);

/** Compares with the versions of npm up to 6. Before npm 5 lockfiles had no development dependencies. */
function withVersions(lockfile: Lockfile, dependency: ManifestDependency): Drift | undefined {
  const { name, section } = dependency;
  if (section === 'devDependencies' && lockfile.formatVersion === undefined) return undefined;
  const entry = lockfile.resolve('', name);
  const elsewhere = lockedElsewhere(dependency.specifier, entry);
  if (elsewhere !== undefined) return { edge: undefined, entry, install: 'fails', elsewhere };
  const install = fitOfLocked(dependency, entry);
  return install === 'fails' || install === 'other' ? { edge: undefined, entry, install } : undefined;
}

/** The declarations in the lockfile's copy of a manifest, by name. */
interface Declarations {
  readonly edges: ReadonlyMap<string, readonly LockEdge[]>;
  /** For a name with a single edge, the declaration of a manifest that agrees with it: all but a few. */
  readonly agreed: Map<string, Agreement>;
}

/** A specifier and section of a manifest that equal those in the lockfile, or that the lockfile accepts. */
interface Agreement {
  readonly text: string;
  readonly section: DependencySection;
}

/** Cached by the lockfile's entry, because edits of the manifest ask for the same again. */
const indexed = new WeakMap<LockEntry, Declarations>();

function declarationsOf(importer: LockEntry): Declarations {
  const known = indexed.get(importer);
  if (known !== undefined) return known;
  const declarations = { edges: groupBy(importer.edges, ({ name }) => name), agreed: new Map() };
  indexed.set(importer, declarations);
  return declarations;
}

/**
 * Returns the lockfile's edge to compare with: the one of the same section, otherwise an equal one of another,
 * otherwise any. npm writes a name in several sections into one of them only, and rereads the sections when it
 * installs.
 */
function edgeFor(
  edges: readonly LockEdge[],
  { section, declared }: ManifestDependency,
): LockEdge | undefined {
  if (edges.length < 2) return edges[0];
  return (
    edges.find((edge) => edge.section === section) ??
    edges.find((edge) => edge.specifier.value === declared) ??
    edges[0]
  );
}

/**
 * Checks whether two specifiers are equal: Yarn 2 and later write `npm:` before a range, and URL-encode the content of
 * a patch's specifier.
 */
export function isSameText(locked: string, declared: string): boolean {
  if (locked === declared || locked.trim() === declared.trim()) return true;
  if (locked.startsWith('npm:') && locked.slice(4).trim() === declared.trim()) return true;
  return declared.startsWith('patch:') && locked.startsWith('patch:');
}

/** Bun 1.1 writes the path of the member in place of the specifier: `packages/b` for `workspace:*` or a range. */
function isMemberPath(
  edge: LockEdge,
  entry: LockEntry | undefined,
  { specifier }: ManifestDependency,
  { format, importers }: Lockfile,
): boolean {
  if (!specOfLockfile(format).lockfile.mayNameMembersByPath || entry?.source !== 'workspace') return false;
  const member = importers.get(edge.specifier.value);
  if (member === undefined || member.name !== entry.name) return false;
  if (specifier.type === 'workspace') return true;
  const isRange = specifier.type === 'version' || specifier.type === 'range';
  const version = member.version?.value;
  return isRange && version !== undefined && fits(version, specifier.range) === true;
}

/** Formats what the lockfile has as a manifest would declare it. */
export function asDeclared(locked: string, declared: string): string {
  const isBare = locked.startsWith('npm:') && !declared.startsWith('npm:') && !locked.includes('@');
  return isBare ? locked.slice(4) : locked;
}

/** An unreadable specifier is a separate finding, and comparing it adds nothing. */
function isBroken(specifier: Specifier): boolean {
  const read = specifier.type === 'alias' ? specifier.inner : specifier;
  return read.type === 'invalid' || (read.type === 'tag' && isBrokenVersion(read.tag));
}

/** Returns names that the project or the lockfile overrides, for any dependents. */
function overriddenNames(
  { overrides, memberNames, rootManifest }: Project,
  lockfile: Lockfile,
): ReadonlySet<string> {
  const names = new Set<string>();
  const { nestedSpareManifests } = specOfLockfile(lockfile.format).overrides;
  const isOurs = (name: string) => memberNames.has(name) || name === rootManifest?.name?.value;
  const add = (selector: OverrideSelector | undefined, keys: readonly string[]) => {
    // In an unreadable key, any part may be the name.
    const words = keys.flatMap((key) => key.match(/(?:@[^/@>\s]+\/)?[^/@>\s*]+/g) ?? []);
    // npm's overrides for transitive dependencies do not affect what manifests declare.
    const isInside = selector !== undefined && selector.parents.length > 0;
    if (nestedSpareManifests && isInside && !selector.parents.some(({ name }) => isOurs(name))) return;
    for (const name of selector === undefined ? words : [selector.target.name]) names.add(name);
  };
  for (const { selector, path } of overrides.entries) add(selector, path);
  const written = isPnpmLockfile(lockfile) ? lockfile.main?.settings.overrides : undefined;
  for (const { key } of written ?? []) add(parsePnpmSelector(key.value), [key.value]);
  return names;
}
