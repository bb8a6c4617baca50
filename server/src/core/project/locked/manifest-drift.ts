import semver from 'semver';
import type { LockEdge, LockEntry, Lockfile } from '../../lockfile/lockfile.ts';
import type { PnpmLockfile } from '../../lockfile/pnpm/read-pnpm-lockfile.ts';
import { type GitSpecifier, gitRefOf, isFullCommit } from '../../manifest/git-ref.ts';
import type { ManifestDependency } from '../../manifest/manifest.ts';
import { isBrokenVersion } from '../../manifest/read-specifier.ts';
import type { Specifier } from '../../manifest/specifier.ts';
import { groupBy } from '../../text/group-by.ts';
import { remember } from '../../text/remember.ts';
import { plainlySatisfies } from '../../text/satisfies.ts';
import { commandsOf } from '../manager/install-commands.ts';
import { type OverrideSelector, parsePnpmSelector } from '../overrides/override-selector.ts';
import type { Project } from '../project.ts';
import { isSameRepository, lockedCommit } from './locked-commit.ts';
import { lockedElsewhere } from './locked-elsewhere.ts';

/** How a dependency of a manifest stands otherwise in the lockfile. */
export interface Drift {
  /** The lockfile's copy of what is declared. */
  readonly edge: LockEdge | undefined;
  readonly entry: LockEntry | undefined;
  /** fails: the locked version does not fit what is declared; fits: it does; unknown: it cannot be told. */
  readonly install: 'fails' | 'fits' | 'unknown';
  /** The other host or commit that it is locked from, where an address is declared: a clause. */
  readonly elsewhere?: string;
}

/** What is wrong with a dependency, undefined where nothing is. */
type Comparison = (dependency: ManifestDependency, declared: string) => Drift | undefined;

/**
 * How the lockfile is compared with the manifest at a path; undefined where it says nothing of it. Overridden names and
 * specifiers that cannot be read are let pass.
 */
export function driftFrom(lockfile: Lockfile, path: string, project: Project): Comparison | undefined {
  const compare = comparison(lockfile, path, project);
  if (compare === undefined) return undefined;
  const importer = lockfile.importers.get(path);
  const agreed = importer === undefined ? undefined : declarationsOf(importer).agreed;
  const overridden = overriddenNames(project, lockfile);
  return (dependency, declared) => {
    const { name, specifier } = dependency;
    if (agreed?.get(name) === declared || overridden.has(name) || isBroken(specifier)) return undefined;
    return compare(dependency, declared);
  };
}

function comparison(lockfile: Lockfile, path: string, project: Project): Comparison | undefined {
  // One of Yarn 2 and later that has lost its workspaces can be compared like one of Yarn 1.
  if (lockfile.format === 'yarn' && lockfile.importers.size === 0)
    return (dependency, declared) => withKeys(lockfile, dependency, declared, project);
  const importer = lockfile.importers.get(path);
  if (importer !== undefined) return withCopy(lockfile, path, importer, project);
  const isNested = lockfile.importers.size === 0 && path === '';
  return isNested ? (dependency) => withVersions(lockfile, dependency) : undefined;
}

/** With the copy of the manifest that the lockfile holds. */
function withCopy(
  lockfile: Lockfile,
  path: string,
  importer: LockEntry,
  { memberNames }: Project,
): Comparison {
  const { edges, agreed } = declarationsOf(importer);
  const isNpm = !commandsOf(lockfile).comparesTexts;
  // A hook of pnpm may have changed any manifest.
  const isOpen =
    'main' in lockfile && (lockfile as PnpmLockfile).main?.settings.pnpmfileChecksum !== undefined;
  return (dependency, declared) => {
    const { name } = dependency;
    const named = edges.get(name) ?? [];
    const edge = edgeFor(named, dependency);
    const entry = lockfile.resolve(path, name, declared);
    const isSame =
      edge !== undefined &&
      (isSameText(edge.specifier.value, declared) || isMemberPath(edge, entry, dependency, lockfile));
    const elsewhere = lockedElsewhere(dependency.specifier, entry);
    if (isSame && elsewhere !== undefined) return { edge, entry, install: 'fails', elsewhere };
    if (isSame && entry?.source !== 'registry') return undefined;
    const install = installOf(dependency, entry);
    const isPlainlySame = named.length === 1 && edge?.specifier.value === declared;
    if (isPlainlySame && entry !== undefined && install !== 'fails') agreed.set(name, edge.specifier.value);
    if (isSame) return install === 'fails' ? { edge, entry, install } : undefined;
    // npm resolves a local package that is new in one workspace to the member itself, lockfile or not.
    if (isOpen || (isNpm && edge === undefined && install !== 'fails' && memberNames.has(name)))
      return undefined;
    return { edge, entry, install };
  };
}

/** With the keys of Yarn 1, each a name and a text that some manifest declares. Local folders have none. */
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
  // An entry that does not fit its own key is ignored by Yarn.
  return installOf(dependency, entry) === 'fails' ? { edge: undefined, entry, install: 'fails' } : undefined;
}

const KEYED: ReadonlySet<Specifier['type']> = new Set([
  'version',
  'range',
  'tag',
  'alias',
  'git',
  'remote',
] as const);

/** With the versions of npm up to 6. Before npm 5 lockfiles had no development dependencies. */
function withVersions(lockfile: Lockfile, dependency: ManifestDependency): Drift | undefined {
  const { name, section } = dependency;
  if (section === 'devDependencies' && lockfile.formatVersion === undefined) return undefined;
  const entry = lockfile.resolve('', name);
  const elsewhere = lockedElsewhere(dependency.specifier, entry);
  if (elsewhere !== undefined) return { edge: undefined, entry, install: 'fails', elsewhere };
  return installOf(dependency, entry) === 'fails' ? { edge: undefined, entry, install: 'fails' } : undefined;
}

/** What the lockfile's copy of a manifest declares, by name. */
interface Declarations {
  readonly edges: ReadonlyMap<string, readonly LockEdge[]>;
  /** The text of a name's only edge, where a manifest that declares the same agrees: all but a few. */
  readonly agreed: Map<string, string>;
}

/** Kept with the lockfile's entry, as edits of the manifest ask for the same again. */
const indexed = new WeakMap<LockEntry, Declarations>();

function declarationsOf(importer: LockEntry): Declarations {
  const known = indexed.get(importer);
  if (known !== undefined) return known;
  const declarations = { edges: groupBy(importer.edges, ({ name }) => name), agreed: new Map() };
  indexed.set(importer, declarations);
  return declarations;
}

/**
 * The lockfile's edge to compare with: that of the same section, else an equal one of another, else any. npm writes a
 * name that stands in several sections into one of them only, and reads the sections anew when it installs.
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

/** Yarn 2 and later write `npm:` before a range, and what is in a patch's text in the encoding of addresses. */
export function isSameText(locked: string, declared: string): boolean {
  if (locked === declared || locked.trim() === declared.trim()) return true;
  if (locked.startsWith('npm:') && locked.slice(4) === declared.trim()) return true;
  return declared.startsWith('patch:') && locked.startsWith('patch:');
}

/** Bun 1.1 writes the path of the member in place of what asks for it: `packages/b` for `workspace:*` or a range. */
function isMemberPath(
  edge: LockEdge,
  entry: LockEntry | undefined,
  { specifier }: ManifestDependency,
  { format, importers }: Lockfile,
): boolean {
  if (format !== 'bun' || entry?.source !== 'workspace') return false;
  const member = importers.get(edge.specifier.value);
  if (member === undefined || member.name !== entry.name) return false;
  if (specifier.type === 'workspace') return true;
  const isRange = specifier.type === 'version' || specifier.type === 'range';
  const version = member.version?.value;
  return (
    isRange && version !== undefined && fitOf(`${version.length} ${version}${specifier.range}`) === 'fits'
  );
}

/** What the lockfile has, as a manifest would say it. */
export function asDeclared(locked: string, declared: string): string {
  const isBare = locked.startsWith('npm:') && !declared.startsWith('npm:') && !locked.includes('@');
  return isBare ? locked.slice(4) : locked;
}

/** Whether what is locked fits what is declared, by its name and version. */
function installOf(dependency: ManifestDependency, entry: LockEntry | undefined): Drift['install'] {
  const isOptional = dependency.section === 'optionalDependencies';
  if (dependency.specifier.type === 'git' && entry?.source === 'git') {
    return isLockedCommit(dependency.specifier, entry) ? 'fits' : 'unknown';
  }
  const range = rangeOf(dependency.specifier, dependency.name);
  if (range === undefined) return 'unknown';
  if (entry === undefined) return isOptional ? 'unknown' : 'fails';
  const locked = entry.version?.value;
  if (locked === undefined || (entry.source !== 'registry' && entry.source !== 'workspace')) return 'unknown';
  const plain = plainlySatisfies(locked, range.range);
  const install =
    plain === undefined ? fitOf(`${locked.length} ${locked}${range.range}`) : plain ? 'fits' : 'fails';
  if (install === 'unknown' || entry.name === range.name) return install;
  return entry.source === 'workspace' ? 'unknown' : 'fails';
}

/** Whether a version is in a range, both in one text behind the version's length: each edit asks for nearly all again. */
const fitOf = remember(4096, (pair: string): Drift['install'] => {
  const start = pair.indexOf(' ') + 1;
  const end = start + Number.parseInt(pair, 10);
  const version = semver.valid(pair.slice(start, end), { loose: true });
  if (version === null) return 'unknown';
  return semver.satisfies(version, pair.slice(end), { loose: true }) ? 'fits' : 'fails';
});

/** Whether a full commit is declared, and that one is locked. */
function isLockedCommit(specifier: GitSpecifier, entry: LockEntry): boolean {
  const ref = gitRefOf(specifier)?.value;
  const locked = lockedCommit(entry);
  if (ref === undefined || locked === undefined || !isFullCommit(ref)) return false;
  return (
    ref.replace(/^commit=/, '').toLowerCase() === locked.toLowerCase() && isSameRepository(specifier, entry)
  );
}

/** What cannot be read is a finding of its own, and comparing it says nothing more. */
function isBroken(specifier: Specifier): boolean {
  const read = specifier.type === 'alias' ? specifier.inner : specifier;
  return read.type === 'invalid' || (read.type === 'tag' && isBrokenVersion(read.tag));
}

function rangeOf(
  specifier: Specifier,
  name: string,
): { readonly name: string; readonly range: string } | undefined {
  switch (specifier.type) {
    case 'version':
    case 'range':
      return { name, range: specifier.range };
    case 'alias':
      return rangeOf(specifier.inner, specifier.target);
    default:
      return undefined;
  }
}

/** Names that the project or the lockfile overrides, for whatever dependents. */
function overriddenNames(
  { overrides, memberNames, rootManifest }: Project,
  lockfile: Lockfile,
): ReadonlySet<string> {
  const names = new Set<string>();
  const isNpm = !commandsOf(lockfile).comparesTexts;
  const isOurs = (name: string) => memberNames.has(name) || name === rootManifest?.name?.value;
  const add = (selector: OverrideSelector | undefined, keys: readonly string[]) => {
    // Of keys that cannot be read, any part may be the name.
    const words = keys.flatMap((key) => key.match(/(?:@[^/@>\s]+\/)?[^/@>\s*]+/g) ?? []);
    // npm's for what another package brings in say nothing of what manifests declare.
    const isInside = selector !== undefined && selector.parents.length > 0;
    if (isNpm && isInside && !selector.parents.some(({ name }) => isOurs(name))) return;
    for (const name of selector === undefined ? words : [selector.target.name]) names.add(name);
  };
  for (const { selector, path } of overrides.entries) add(selector, path);
  const written = 'main' in lockfile ? (lockfile as PnpmLockfile).main?.settings.overrides : undefined;
  for (const { key } of written ?? []) add(parsePnpmSelector(key.value), [key.value]);
  return names;
}
