import type { Located } from '../../text/span.ts';
import type { LockEdge, LockEntry, Lockfile } from '../model/lockfile.ts';

export interface YarnLockEntry extends LockEntry {
  /** The declarations that lead to this package: `a@^1.0.0`, `a@npm:^1.0.0`. A part of a key stands without quotes. */
  readonly descriptors: readonly Located<string>[];
}

/** A yarn.lock of any version. */
export interface YarnLockfile extends Lockfile {
  readonly entries: readonly YarnLockEntry[];
  readonly importers: ReadonlyMap<string, YarnLockEntry>;
  readonly links: readonly YarnLockEntry[];
  /** Of Yarn 2 and later the key of the cache that it was written with, which a checksum without a key has too. */
  readonly cacheKey?: string;
  /** By one declaration, `a@^1.0.0`, or by a whole key. */
  entry(key: string): YarnLockEntry | undefined;
  /** All entries that some declaration of this name leads to, whatever it says behind the name. */
  named(name: string): readonly YarnLockEntry[];
  /**
   * What the importer has locked for the name. Of a member that the lockfile knows (Yarn 2 and later), what stands there;
   * else what `declared` leads to, the text in the manifest or that of its `resolutions` where they replace it. Without
   * `declared` a name of which there is only one package.
   */
  resolve(importerPath: string, name: string, declared?: string): YarnLockEntry | undefined;
  /**
   * The package that an entry's edge leads to, undefined for peers, which the dependent provides. `replaced` is what the
   * manifest's `resolutions` put in place of the edge's text. Where no key has that text, the only package of the name:
   * `resolutions` replace texts so that no key has them.
   */
  follow(from: LockEntry, edge: LockEdge, replaced?: string): YarnLockEntry | undefined;
  /** The entry that downloads the package: of a patched copy the one that is patched, else the entry itself. */
  origin(entry: YarnLockEntry): YarnLockEntry;
}

/** Tells whether a lockfile is one of Yarn, and could be read. */
export function isYarnLockfile(lockfile: Lockfile): lockfile is YarnLockfile {
  return lockfile.format === 'yarn' && 'origin' in lockfile;
}
