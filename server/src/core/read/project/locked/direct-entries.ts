import type { LockEntry, Lockfile } from '../../lockfile/model/lockfile.ts';
import { onForgetLatest } from '../../text/latest.ts';
import { memberAt } from '../members/members.ts';
import type { Project } from '../project.ts';
import { lockedEntry } from './locked-dependency.ts';

/** A declaration of the root or a member, and what it is locked to. */
interface Followed {
  readonly name: string;
  readonly isPeer: boolean;
  readonly entry: LockEntry | undefined;
}

/** Data of one lockfile that several rules need. */
interface Declared {
  /** By the path of the importer. */
  readonly followed: ReadonlyMap<string, readonly Followed[]>;
  entries?: ReadonlySet<LockEntry>;
  names?: ReadonlySet<string>;
}

const known = new WeakMap<Lockfile, Declared>();

function declaredIn(lockfile: Lockfile): Declared {
  let declared = known.get(lockfile);
  if (declared === undefined) {
    const followed = new Map<string, readonly Followed[]>();
    for (const [path, importer] of lockfile.importers) {
      const all = importer.edges.map((edge): Followed => {
        const isPeer = edge.section === 'peerDependencies';
        return { name: edge.name, isPeer, entry: lockfile.follow(importer, edge) };
      });
      followed.set(path, all);
    }
    declared = { followed };
    known.set(lockfile, declared);
  }
  return declared;
}

/**
 * Returns all registry packages that the root and its members depend on directly, as far as the lockfile records them.
 */
export function declaredEntries(lockfile: Lockfile): ReadonlySet<LockEntry> {
  const declared = declaredIn(lockfile);
  declared.entries ??= new Set(declaredBy(lockfile, () => true));
  return declared.entries;
}

/** Yields the same for some of them, by path; a package may appear twice. */
function* declaredBy(lockfile: Lockfile, isMeant: (path: string) => boolean): Generator<LockEntry> {
  for (const [path, followed] of declaredIn(lockfile).followed) {
    if (!isMeant(path)) continue;
    for (const { isPeer, entry } of followed) if (!isPeer && entry?.source === 'registry') yield entry;
  }
}

/**
 * Returns the names of the packages that the root and its members depend on directly, as far as the lockfile records
 * them.
 */
export function directNames(lockfile: Lockfile): ReadonlySet<string> {
  const declared = declaredIn(lockfile);
  declared.names ??= new Set(
    [...declared.followed.values()].flatMap((all) => all.map(({ name, entry }) => entry?.name ?? name)),
  );
  return declared.names;
}

/** Returns a key of name and version, so that a second copy of a package adds nothing. */
export function versionKey({ name, version }: LockEntry): string {
  return `${name} ${version?.value}`;
}

/**
 * Yields the entries that no manifest or catalog of the project declares, each version once, however often it is
 * locked.
 */
export function* undeclaredVersions(
  entries: Iterable<LockEntry>,
  lockfile: Lockfile,
  project: Project,
): Generator<LockEntry> {
  const seen = new Set<string>();
  let inManifests: ReadonlySet<string> | undefined;
  for (const entry of entries) {
    inManifests ??= versionsOfManifests(lockfile, project);
    const key = versionKey(entry);
    if (inManifests.has(key) || seen.has(key)) continue;
    seen.add(key);
    yield entry;
  }
}

/**
 * Returns the direct dependencies of the project's manifests, by `versionKey`: findings on these versions are reported
 * once, in the manifest or the catalog that declares them. Empty for a lockfile that is not in use.
 */
export function versionsOfManifests(lockfile: Lockfile, project: Project): ReadonlySet<string> {
  if (lockfile !== project.lockfile) return new Set();
  const { members } = project;
  if (latest?.lockfile === lockfile && latest.members === members && lockfile.importers.size > 0) {
    return latest.versions;
  }
  const versions = new Set<string>();
  for (const entry of entriesOfManifests(lockfile, project)) versions.add(versionKey(entry));
  latest = { lockfile, members, versions };
  return versions;
}

/** The result for the last lockfile, because several rules ask in turn. */
let latest:
  | {
      readonly lockfile: Lockfile;
      readonly members: Project['members'];
      readonly versions: ReadonlySet<string>;
    }
  | undefined;
onForgetLatest(() => {
  latest = undefined;
});

function* entriesOfManifests(lockfile: Lockfile, project: Project): Generator<LockEntry> {
  if (lockfile.importers.size > 0) {
    yield* declaredBy(lockfile, (path) => memberAt(project.members, path) !== undefined);
    return;
  }
  const { rootManifest } = project;
  for (const dependency of rootManifest?.dependencies ?? []) {
    const entry = lockedEntry(project, rootManifest!.uri, dependency);
    if (entry !== undefined) yield entry;
  }
}
