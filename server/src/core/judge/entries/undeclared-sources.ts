import semver from 'semver';
import { entriesMentioning } from '../../read/lockfile/faults/entries-mentioning.ts';
import { isOfRegistry } from '../../read/lockfile/model/is-of-registry.ts';
import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { isShippedInside } from '../../read/lockfile/model/shipped-inside.ts';
import { isPnpmLockfile } from '../../read/lockfile/pnpm/read-pnpm-lockfile.ts';
import { nameEnd } from '../../read/lockfile/yarn/descriptor-index.ts';
import { YarnTapeEntry } from '../../read/lockfile/yarn/yarn-tape-entry.ts';
import { BerryLockEntry } from '../../read/lockfile/yarn-berry/berry-lock-entry.ts';
import { specOfLockfile } from '../../read/manager/manager-of-lockfile.ts';
import type { Manifest } from '../../read/manifest/manifest.ts';
import { readSpecifier } from '../../read/manifest/read-specifier.ts';
import { undeclaredLinks } from './undeclared-links.ts';
import type { IsMember, UndeclaredSource } from './undeclared-source.ts';
import { namesNoTarballs } from './url-mismatch.ts';

/**
 * Yields entries that come from git or a path although everything that depends on them declares a registry package. No
 * package manager writes such a lockfile unless something replaces the dependency, yet most install from it, as such an
 * entry needs no hash. Includes links, unless they lead to a member. Web URLs are judged by their host.
 */
export function* undeclaredSources(
  lockfile: Lockfile,
  isMember: IsMember,
  manifest?: Pick<Manifest, 'dependencies'>,
): Generator<UndeclaredSource, void> {
  const { format } = lockfile;
  const isElsewhere = namesNoTarballs(lockfile) ? isExoticSource : isExoticOrTarball;
  const suspects = lockfile.entries.filter(isElsewhere);
  if (specOfLockfile(format).lockfile.keyedBySpecifier) {
    for (const entry of [...suspects, ...lockfile.links, ...lockfile.importers.values()]) {
      if (entry instanceof YarnTapeEntry && isAskedOfRegistry(entry)) yield plain(entry);
    }
  } else if (isPnpmLockfile(lockfile)) {
    for (const entry of suspects) if (isRegistryKey(entry.key)) yield plain(entry);
    yield* undeclaredLinks(lockfile, isMember);
  } else {
    const links = lockfile.links.filter((link) => !isMember(nameOf(link), linkedFolder(link)));
    if (suspects.length + links.length === 0) return;
    for (const entry of byEdges(lockfile, [...suspects, ...links], manifest)) yield plain(entry);
  }
}

function plain(entry: LockEntry): UndeclaredSource {
  return { entry, mayBeOfHook: false, isOutside: false };
}

function isExoticSource(entry: LockEntry): boolean {
  const { source } = entry;
  return (source === 'git' || source === 'file' || source === 'directory') && !isShippedInside(entry);
}

/**
 * Includes tarballs for formats that give those from URLs keys of their own, which a declared version does not resolve
 * to.
 */
function isExoticOrTarball(entry: LockEntry): boolean {
  return isExoticSource(entry) || (entry.source === 'tarball' && !isShippedInside(entry));
}

/** Checks whether all declarations in a Yarn key that resolve to the entry are of registry packages. */
function isAskedOfRegistry(entry: YarnTapeEntry): boolean {
  if (isOfOfflineMirror(entry)) return false;
  if (entry instanceof BerryLockEntry && entry.locator.kind === 'other') return false;
  return entry.declarations.every((declaration) => {
    const end = nameEnd(declaration);
    const range = declaration.slice(end + 1);
    // Later Yarn versions write the protocol of each.
    if (entry instanceof BerryLockEntry && !range.startsWith('npm:')) return false;
    return isOfRegistry(readSpecifier(declaration.slice(0, end), range));
  });
}

/** Yarn 1 names files of an offline mirror after their packages: `@s-a-1.0.0.tgz`, formerly `a-1.0.0.tgz`. */
function isOfOfflineMirror({ source, name, version, resolved }: LockEntry): boolean {
  if (source !== 'file' || resolved === undefined) return false;
  const file = resolved.value.replace(/#[\da-f]*$/i, '');
  const ends = [name.replace('/', '-'), name.slice(name.lastIndexOf('/') + 1)];
  return ends.some((end) => file === `${end}-${version?.value}.tgz`);
}

/** Matches `/a/1.0.0_peers`, `/a@1.0.0(peers)` or `a@1.0.0`. Keys for git, files and folders have no version there. */
function isRegistryKey(key: string): boolean {
  const bare = key.replace(/\(.*$/, '');
  const end = bare.startsWith('/') && !bare.includes('@', 2) ? bare.lastIndexOf('/') : bare.lastIndexOf('@');
  return semver.valid(bare.slice(end + 1).replace(/_.*$/, '')) !== null;
}

function* byEdges(
  lockfile: Lockfile,
  suspects: readonly LockEntry[],
  manifest: Pick<Manifest, 'dependencies'> | undefined,
): Generator<LockEntry, void> {
  const names = new Set(suspects.map(nameOf));
  const words = [...names].flatMap((name) => [`"${name}": "`, `"${name}":"`]);
  const mentioning = suspects.length > MOST_SEARCHED ? lockfile.entries : entriesMentioning(lockfile, words);
  const byProject: Asked = { plain: new Set(), exotic: new Set() };
  const byPackages: Asked = { plain: new Set(), exotic: new Set() };
  const ask = (from: LockEntry, list: Asked) => {
    for (const edge of from.edges) {
      if (edge.section === 'peerDependencies' || !names.has(edge.name)) continue;
      const target = lockfile.follow(from, edge);
      if (target === undefined) continue;
      const isPlain = isOfRegistry(readSpecifier(edge.name, edge.specifier.value));
      (isPlain ? list.plain : list.exotic).add(placeUnder(edge.name, target));
    }
  };
  for (const importer of lockfile.importers.values()) ask(importer, byProject);
  for (const entry of mentioning) ask(entry, byPackages);
  // Lockfiles of npm 6 and earlier do not record the project's own declarations.
  for (const { name, specifier } of lockfile.importers.size === 0 ? (manifest?.dependencies ?? []) : []) {
    if (!names.has(name)) continue;
    const target = lockfile.resolve('', name);
    if (target === undefined) continue;
    (isOfRegistry(specifier) ? byProject.plain : byProject.exotic).add(placeUnder(name, target));
  }
  for (const entry of suspects) {
    const place = placeUnder(nameOf(entry), entry);
    const isPlain =
      byProject.plain.has(place) || (byPackages.plain.has(place) && !byPackages.exotic.has(place));
    // A package that declares a URL does not make the project get it from there.
    if (isPlain && !byProject.exotic.has(place)) yield entry;
  }
}

/** Places requested as a registry package, and places requested from other sources. */
interface Asked {
  readonly plain: Set<string>;
  readonly exotic: Set<string>;
}

/** Returns the name that dependents request it by. */
function nameOf({ alias, name }: LockEntry): string {
  return alias ?? name;
}

/** Identifies a place. A link and its target folder are one place, as resolving a dependency may return either. */
function placeUnder(name: string, target: LockEntry): string {
  switch (target.source) {
    case 'link':
    case 'workspace':
    case 'root':
      return `${name} in ${target.resolved === undefined ? target.key : linkedFolder(target)}`;
    default:
      return `${name} at ${target.key}`;
  }
}

/** Returns the target folder of an npm or Bun link, relative to the lockfile's; "" for the latter itself. */
function linkedFolder({ resolved }: LockEntry): string {
  return (resolved?.value ?? '').replace(/^(?:file|link|workspace|root):/, '').replace(/^\.\/|^\.$/, '');
}

/** Beyond this, searching the text takes longer than decoding all entries. */
const MOST_SEARCHED = 10;
