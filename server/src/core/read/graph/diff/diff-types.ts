import type { LockSource } from '../../lockfile/model/lockfile.ts';

/** One version of a package in one lockfile, all its instances together. */
export interface LockedVersion {
  readonly name: string;
  /** The version; if the lockfile has none, the URL or path. */
  readonly version: string;
  /** unknown: the text is not understood. */
  readonly source: LockSource | 'unknown';
  /** Whether all instances are development-only. */
  readonly dev: boolean;
  readonly optional: boolean;
  /** Undefined if the format does not record it. */
  readonly installScript: boolean | undefined;
  /** Names of folders that it is installed under, other than its own name. */
  readonly aliases: readonly string[];
  /** `name@version` according to its URL, if that differs from the entry. */
  readonly downloads: string | undefined;
  /**
   * Its origin (a registry, repository or path) if the base has nothing from there, or, in a new lockfile, if most
   * packages come from elsewhere.
   */
  readonly newOrigin: string | undefined;
  /** The line of a source that is not understood, from 1. */
  readonly line: number | undefined;
}

/** A package whose versions differ from before. */
export interface ChangedVersions {
  readonly name: string;
  /** The removed and the added versions, oldest first. */
  readonly before: readonly LockedVersion[];
  readonly after: readonly LockedVersion[];
  /** The old and new origin of the package, if it changed: a registry, a repository, a path. */
  readonly origins: { readonly before: string; readonly after: string } | undefined;
}

/**
 * What differs in one version. source: where it comes from; integrity: its hashes; installScript; bin, dependencies,
 * engines, platform, bundled, patch: what the lockfile records of it; other: content that its package manager does not
 * write; alias: a name resolves to another package; link: a name resolves to a folder, or to another one; resolution: a
 * dependent gets another of the locked packages; specifier: a workspace member declares another URL, alias or folder;
 * section: it declares the name in another section.
 */
export type Alteration =
  | 'source'
  | 'integrity'
  | 'installScript'
  | 'bin'
  | 'dependencies'
  | 'engines'
  | 'platform'
  | 'bundled'
  | 'patch'
  | 'other'
  | 'alias'
  | 'link'
  | 'resolution'
  | 'specifier'
  | 'section';

/**
 * How hashes changed. other: another hash of the same algorithm; algorithm: hashes of other algorithms, which cannot be
 * compared; weaker: the same hashes, but the strongest one is weaker than before.
 */
export type HashChange = 'other' | 'added' | 'removed' | 'algorithm' | 'weaker';

export interface AlteredVersion {
  /** For an alias, link, resolution and specifier, the imported name. */
  readonly name: string;
  /** Undefined if it concerns a name rather than a version. */
  readonly version: string | undefined;
  readonly what: Alteration;
  /** Undefined if there was or is none. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** For a source: set if its registry, repository or path changed, not only what is taken from there. */
  readonly origins?: { readonly before: string; readonly after: string };
  /** For an integrity. */
  readonly hash?: HashChange;
  /** For a resolution, specifier or section: the importing package or workspace folder; "" for the root. */
  readonly from?: string;
  /** Whether only the copy for npm 6 and earlier differs, in version 2 of npm's lockfile. */
  readonly isCopy?: boolean;
}

/** Something that a lockfile records for the whole project: its version, an override, a patch. */
export interface ChangedSetting {
  /** `lockfileVersion`, `overrides.a`, `patchedDependencies.a@1.0.0`. */
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** The differences between two lockfiles, each list sorted by name. */
export interface LockfileDiff {
  readonly added: readonly LockedVersion[];
  readonly removed: readonly LockedVersion[];
  readonly changed: readonly ChangedVersions[];
  readonly altered: readonly AlteredVersion[];
  readonly settings: readonly ChangedSetting[];
  /**
   * The origin of most packages, for a lockfile that is new or of another format than its base; undefined for the
   * configured registry.
   */
  readonly mainOrigin: string | undefined;
}

export interface DiffOptions {
  /**
   * URLs of registries that serve the same packages at the same paths, and that package managers treat as equivalent.
   */
  readonly sameRegistries?: readonly string[];
  /** Returns the registry configured for a package, before the change as well; undefined if unknown. */
  readonly registryOf?: (name: string) => { readonly url: string; readonly isOfScope: boolean } | undefined;
}
