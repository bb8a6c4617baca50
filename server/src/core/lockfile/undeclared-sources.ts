import semver from 'semver';
import { readSpecifier } from '../manifest/read-specifier.ts';
import { isBroughtAlong } from './brought-along.ts';
import { entriesMentioning } from './entries-mentioning.ts';
import { isOfRegistry } from './is-of-registry.ts';
import type { LockEntry, Lockfile } from './lockfile.ts';
import type { PnpmLockfile } from './pnpm/read-pnpm-lockfile.ts';
import { undeclaredLinks } from './pnpm/undeclared-links.ts';
import { nameEnd } from './yarn/descriptor-index.ts';
import { YarnTapeEntry } from './yarn/yarn-tape-entry.ts';
import { BerryLockEntry } from './yarn-berry/berry-lock-entry.ts';

/** Whether a link under that name to a folder, relative to the lockfile's, leads to a member of the workspace. */
export type IsMember = (name: string, folder: string) => boolean;

/**
 * Entries that come from git or from a path although all that leads to them asks for a package of a registry. No package
 * manager writes such a lockfile, unless something replaces the dependency, and most install from it: such an entry needs
 * no hash. A link counts as well, unless it leads to a member. Addresses of the web are judged by their host.
 */
export function* undeclaredSources(lockfile: Lockfile, isMember: IsMember): Generator<LockEntry, void> {
  const suspects = lockfile.entries.filter(isExoticSource);
  if (lockfile.format === 'yarn') {
    for (const entry of [...suspects, ...lockfile.links, ...lockfile.importers.values()]) {
      if (entry instanceof YarnTapeEntry && isAskedOfRegistry(entry)) yield entry;
    }
  } else if (lockfile.format === 'pnpm') {
    for (const entry of suspects) if (isRegistryKey(entry.key)) yield entry;
    // An empty file has no documents.
    if ('documents' in lockfile) yield* undeclaredLinks(lockfile as PnpmLockfile, isMember);
  } else {
    const links = lockfile.links.filter((link) => !isMember(nameOf(link), linkedFolder(link)));
    if (suspects.length + links.length > 0) yield* byEdges(lockfile, [...suspects, ...links]);
  }
}

function isExoticSource(entry: LockEntry): boolean {
  const { source } = entry;
  return (source === 'git' || source === 'file' || source === 'directory') && !isBroughtAlong(entry);
}

/** Each part of a key of Yarn's is a declaration that leads to the entry. */
function isAskedOfRegistry(entry: YarnTapeEntry): boolean {
  // An offline mirror has the names of files.
  if (entry.source === 'file' && !/^\.{0,2}\/|:/.test(entry.resolved?.value ?? ':')) return false;
  if (entry instanceof BerryLockEntry && entry.locator.kind === 'other') return false;
  return entry.declarations.every((declaration) => {
    const end = nameEnd(declaration);
    const range = declaration.slice(end + 1);
    // Later Yarns write the protocol of each.
    if (entry instanceof BerryLockEntry && !range.startsWith('npm:')) return false;
    return isOfRegistry(readSpecifier(declaration.slice(0, end), range));
  });
}

/** `/a/1.0.0_peers`, `/a@1.0.0(peers)` or `a@1.0.0`: those of git, files and folders have no version there. */
function isRegistryKey(key: string): boolean {
  const bare = key.replace(/\(.*$/, '');
  const end = bare.startsWith('/') && !bare.includes('@', 2) ? bare.lastIndexOf('/') : bare.lastIndexOf('@');
  return semver.valid(bare.slice(end + 1).replace(/_.*$/, '')) !== null;
}

function* byEdges(lockfile: Lockfile, suspects: readonly LockEntry[]): Generator<LockEntry, void> {
  const names = new Set(suspects.map(nameOf));
  const words = [...names].flatMap((name) => [`"${name}": "`, `"${name}":"`]);
  const mentioning = suspects.length > MOST_SEARCHED ? lockfile.entries : entriesMentioning(lockfile, words);
  const asked = new Set<string>();
  const declared = new Set<string>();
  for (const from of [...lockfile.importers.values(), ...mentioning]) {
    for (const edge of from.edges) {
      if (edge.section === 'peerDependencies' || !names.has(edge.name)) continue;
      const target = lockfile.follow(from, edge);
      if (target === undefined) continue;
      const isPlain = isOfRegistry(readSpecifier(edge.name, edge.specifier.value));
      (isPlain ? asked : declared).add(placeUnder(edge.name, target));
    }
  }
  for (const entry of suspects) {
    const place = placeUnder(nameOf(entry), entry);
    if (asked.has(place) && !declared.has(place)) yield entry;
  }
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
