import semver from 'semver';
import { entriesMentioning } from '../../read/lockfile/faults/entries-mentioning.ts';
import { isBroughtAlong } from '../../read/lockfile/model/brought-along.ts';
import { isOfRegistry } from '../../read/lockfile/model/is-of-registry.ts';
import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
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
 * Entries that come from git or from a path although all that leads to them asks for a package of a registry. No package
 * manager writes such a lockfile, unless something replaces the dependency, and most install from it: such an entry needs
 * no hash. A link counts as well, unless it leads to a member. Addresses of the web are judged by their host.
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
  return (source === 'git' || source === 'file' || source === 'directory') && !isBroughtAlong(entry);
}

/** Where what comes from a web address has a key of its own, a version in its place does not lead there. */
function isExoticOrTarball(entry: LockEntry): boolean {
  return isExoticSource(entry) || (entry.source === 'tarball' && !isBroughtAlong(entry));
}

/** Each part of a key of Yarn's is a declaration that leads to the entry. */
function isAskedOfRegistry(entry: YarnTapeEntry): boolean {
  if (isOfOfflineMirror(entry)) return false;
  if (entry instanceof BerryLockEntry && entry.locator.kind === 'other') return false;
  return entry.declarations.every((declaration) => {
    const end = nameEnd(declaration);
    const range = declaration.slice(end + 1);
    // Later Yarns write the protocol of each.
    if (entry instanceof BerryLockEntry && !range.startsWith('npm:')) return false;
    return isOfRegistry(readSpecifier(declaration.slice(0, end), range));
  });
}

/** Yarn 1 names the files of an offline mirror after their packages: `@s-a-1.0.0.tgz`, earlier `a-1.0.0.tgz`. */
function isOfOfflineMirror({ source, name, version, resolved }: LockEntry): boolean {
  if (source !== 'file' || resolved === undefined) return false;
  const file = resolved.value.replace(/#[\da-f]*$/i, '');
  const ends = [name.replace('/', '-'), name.slice(name.lastIndexOf('/') + 1)];
  return ends.some((end) => file === `${end}-${version?.value}.tgz`);
}

/** `/a/1.0.0_peers`, `/a@1.0.0(peers)` or `a@1.0.0`: those of git, files and folders have no version there. */
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
  // Lockfiles of npm up to 6 do not say what the project itself asks for.
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
    // What a package says of an address is no reason for the project to get it from there.
    if (isPlain && !byProject.exotic.has(place)) yield entry;
  }
}

/** Places that are asked for as a package of a registry, and as one from elsewhere. */
interface Asked {
  readonly plain: Set<string>;
  readonly exotic: Set<string>;
}

/** What it is asked for by. */
function nameOf({ alias, name }: LockEntry): string {
  return alias ?? name;
}

/** A link and the folder that it leads to are one place, as following a dependency gives the one or the other. */
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

/** The folder that a link of npm or Bun leads to, relative to the lockfile's; "" for that one itself. */
function linkedFolder({ resolved }: LockEntry): string {
  return (resolved?.value ?? '').replace(/^(?:file|link|workspace|root):/, '').replace(/^\.\/|^\.$/, '');
}

/** With more, the text would be searched longer than decoding all entries takes. */
const MOST_SEARCHED = 10;
