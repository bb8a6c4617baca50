import type { LockEntry, Lockfile } from '../../lockfile/lockfile.ts';
import { memberAt } from '../members/members.ts';
import type { Project } from '../project.ts';
import { lockedEntry } from './locked-dependency.ts';

/** Nobody declares more by hand; a registry is not asked for more at once. */
const MOST = 300;

/** The registry packages that the root and its members depend on themselves, each once, as far as a registry is asked. */
export function directEntries(lockfile: Lockfile): ReadonlySet<LockEntry> {
  const direct = new Set<LockEntry>();
  for (const entry of declaredEntries(lockfile)) {
    if (direct.size >= MOST) break;
    direct.add(entry);
  }
  return direct;
}

/**
 * The registry packages that the root and its members depend on themselves, as far as the lockfile records them; or those
 * of some of them, by their paths.
 */
export function* declaredEntries(
  lockfile: Lockfile,
  isMeant: (path: string) => boolean = () => true,
): Generator<LockEntry> {
  for (const [path, importer] of lockfile.importers) {
    if (!isMeant(path)) continue;
    for (const edge of importer.edges) {
      if (edge.section === 'peerDependencies') continue;
      const entry = lockfile.follow(importer, edge);
      if (entry?.source === 'registry') yield entry;
    }
  }
}

const names = new WeakMap<Lockfile, ReadonlySet<string>>();

/** The names of the packages that the root and its members depend on themselves, as far as the lockfile records them. */
export function directNames(lockfile: Lockfile): ReadonlySet<string> {
  let direct = names.get(lockfile);
  if (direct === undefined) {
    direct = new Set(
      [...lockfile.importers.values()].flatMap((importer) =>
        importer.edges.map((edge) => lockfile.follow(importer, edge)?.name ?? edge.name),
      ),
    );
    names.set(lockfile, direct);
  }
  return direct;
}

/** By name and version, so that a second copy of a package says nothing more. */
export function versionKey({ name, version }: LockEntry): string {
  return `${name} ${version?.value}`;
}

/** Those of a lockfile's entries of which no manifest or catalog of the project speaks itself. */
export function* undeclaredEntries(
  entries: Iterable<LockEntry>,
  lockfile: Lockfile,
  project: Project,
): Generator<LockEntry> {
  let inManifests: ReadonlySet<string> | undefined;
  for (const entry of entries) {
    inManifests ??= versionsOfManifests(lockfile, project);
    if (!inManifests.has(versionKey(entry))) yield entry;
  }
}

/**
 * What manifests of the project that are read depend on themselves, by `versionKey`: what there is to say of these
 * versions is said once, in the manifest or the catalog that declares them. Empty for a lockfile that is not in use.
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

/** Of the lockfile that was asked for last, as several rules ask one after the other. */
let latest:
  | {
      readonly lockfile: Lockfile;
      readonly members: Project['members'];
      readonly versions: ReadonlySet<string>;
    }
  | undefined;

function* entriesOfManifests(lockfile: Lockfile, project: Project): Generator<LockEntry> {
  if (lockfile.importers.size > 0) {
    yield* declaredEntries(lockfile, (path) => memberAt(project.members, path) !== undefined);
    return;
  }
  const { rootManifest } = project;
  for (const dependency of rootManifest?.dependencies ?? []) {
    const entry = lockedEntry(project, rootManifest!.uri, dependency);
    if (entry !== undefined) yield entry;
  }
}
