import semver from 'semver';
import type { LockEntry, Lockfile, LockSource } from '../../read/lockfile/model/lockfile.ts';
import type { InstalledPackage } from '../../read/project/install-state.ts';

/** The entries of a lockfile by what an install shows of them. */
export interface EntryIndex {
  /** Names of folders that are links: members, and folders that something depends on by path. */
  readonly linked: ReadonlySet<string>;
  /** Returns the entry at the place of a package, and else those of its name. */
  lookUp(installed: InstalledPackage): {
    readonly placed: LockEntry | undefined;
    readonly candidates: readonly LockEntry[];
  };
}

export function createEntryIndex(lockfile: Lockfile, keysArePaths: boolean): EntryIndex {
  const { entries, links, importers } = lockfile;
  const byName = new Map<string, LockEntry[]>();
  const linked = new Set<string>();
  const add = (name: string, entry: LockEntry) => {
    const known = byName.get(name);
    if (known === undefined) byName.set(name, [entry]);
    else known.push(entry);
  };
  for (const entry of [...entries, ...links]) {
    add(entry.name, entry);
    if (entry.alias !== undefined && entry.alias !== entry.name) add(entry.alias, entry);
    if (!isDownloaded(entry.source)) linked.add(entry.alias ?? entry.name);
  }
  for (const importer of importers.values()) linked.add(importer.name);
  return {
    linked,
    lookUp({ path, folder, name = folder }) {
      const placed = keysArePaths && path !== undefined ? lockfile.entry(path) : undefined;
      const others = name === folder ? [] : (byName.get(folder) ?? []);
      return { placed, candidates: [...(byName.get(name) ?? []), ...others] };
    },
  };
}

/**
 * Returns a function that finds the entries that an installed package may be of: of Yarn, also patched copies of another
 * one. Empty if it is of none.
 */
export function entryIndex(
  lockfile: Lockfile,
  keysArePaths: boolean,
): (installed: InstalledPackage) => readonly LockEntry[] {
  const index = createEntryIndex(lockfile, keysArePaths);
  return (installed) => {
    const { placed, candidates } = index.lookUp(installed);
    const entries = placed === undefined ? candidates : [placed];
    return entries.filter((entry) => isVersionOf(entry, installed.version ?? null));
  };
}

const DOWNLOADED: ReadonlySet<LockSource> = new Set(['registry', 'git', 'tarball', 'file']);

/** Checks whether a package of this source is unpacked into node_modules, so that a link is something else. */
export function isDownloaded(source: LockSource): boolean {
  return DOWNLOADED.has(source);
}

/** Checks whether an entry installs this version; one without a version, as of git, may install any. */
export function isVersionOf({ version, source }: LockEntry, installed: string | null): boolean {
  if (version === undefined || installed === null || !isDownloaded(source)) return true;
  if (version.value === installed) return true;
  const locked = semver.valid(version.value, true);
  const own = semver.valid(installed, true);
  if (locked === null) return true;
  return own !== null && semver.eq(locked, own, true);
}
