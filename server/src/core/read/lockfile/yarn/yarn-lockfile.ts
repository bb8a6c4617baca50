import type { Located } from '../../text/span.ts';
import type { LockEdge, LockEntry, Lockfile } from '../model/lockfile.ts';

export interface YarnLockEntry extends LockEntry {
  /** The descriptors that resolve to this package: `a@^1.0.0`, `a@npm:^1.0.0`. A part of a key has no quotes. */
  readonly descriptors: readonly Located<string>[];
}

/** A yarn.lock of any version. */
export interface YarnLockfile extends Lockfile {
  readonly entries: readonly YarnLockEntry[];
  readonly importers: ReadonlyMap<string, YarnLockEntry>;
  readonly links: readonly YarnLockEntry[];
  /**
   * For Yarn 2 and later, the key of the cache that it was written with, which also applies to a checksum without a
   * key.
   */
  readonly cacheKey?: string;
  /** Looks up a descriptor, `a@^1.0.0`, or a whole key. */
  entry(key: string): YarnLockEntry | undefined;
  /** Returns all entries with a descriptor of this name, whatever follows the name. */
  named(name: string): readonly YarnLockEntry[];
  /**
   * Returns what the importer has locked for the name. For a member recorded in the lockfile (Yarn 2 and later), uses
   * its dependencies there; otherwise `declared`, the text in the manifest or that of its `resolutions` if they replace
   * it. Without `declared`, resolves only a name with a single package.
   */
  resolve(importerPath: string, name: string, declared?: string): YarnLockEntry | undefined;
  /**
   * Returns the package that an entry's edge resolves to; undefined for peers, which the dependent provides. `replaced`
   * is what the manifest's `resolutions` replace the edge's text with. If no key has that text, returns the only
   * package of the name: `resolutions` replace texts so that no key has them.
   */
  follow(from: LockEntry, edge: LockEdge, replaced?: string): YarnLockEntry | undefined;
  /** Returns the entry that downloads the package: for a patched copy the original, otherwise the entry itself. */
  origin(entry: YarnLockEntry): YarnLockEntry;
}

/** Returns whether a lockfile is Yarn's and was read. */
export function isYarnLockfile(lockfile: Lockfile): lockfile is YarnLockfile {
  return lockfile.format === 'yarn' && 'origin' in lockfile;
}
