import type { LockSource } from '../../lockfile/model/lockfile.ts';

/** One version of a package in one lockfile, all its instances together. */
export interface LockedVersion {
  readonly name: string;
  /** The version; where the lockfile has none, the address or path. */
  readonly version: string;
  /** unknown: a text that is not understood. */
  readonly source: LockSource | 'unknown';
  /** Whether only development dependencies lead to any instance. */
  readonly dev: boolean;
  readonly optional: boolean;
  /** Undefined where the format does not say it. */
  readonly installScript: boolean | undefined;
  /** Names of folders that it is installed under, other than its own name. */
  readonly aliases: readonly string[];
  /** `name@version` as its URL has them, where that is not what the entry says. */
  readonly downloads: string | undefined;
  /**
   * Where it comes from, if the base has nothing from there, or of a new lockfile most packages are from elsewhere: a
   * registry, a repository, a path.
   */
  readonly newOrigin: string | undefined;
  /** The line of a source that is not understood, from 1. */
  readonly line: number | undefined;
}

/** A package that has other versions than before. */
export interface ChangedVersions {
  readonly name: string;
  /** The versions that are gone and those that came, oldest first. */
  readonly before: readonly LockedVersion[];
  readonly after: readonly LockedVersion[];
  /** Where the package came from and comes from, where that is elsewhere now: a registry, a repository, a path. */
  readonly origins: { readonly before: string; readonly after: string } | undefined;
}

/**
 * What is not the same in one version. source: where it comes from; integrity: its hashes; installScript; bin, dependencies,
 * engines, platform, bundled, patch: what the lockfile says of it; other: what its package manager does not write; alias: a name leads to another package; link: a name
 * leads to a folder, or to another one; resolution: a dependent gets another of the locked packages; specifier: a member of
 * the workspace declares another address, alias or folder; section: it declares the name in another section.
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
 * How hashes changed. other: another hash of one algorithm; algorithm: hashes of other algorithms, so that they cannot be
 * compared; weaker: the same, and the strongest one is weaker than before.
 */
export type HashChange = 'other' | 'added' | 'removed' | 'algorithm' | 'weaker';

export interface AlteredVersion {
  /** Of an alias, link, resolution and specifier the name that is imported. */
  readonly name: string;
  /** Undefined where a name is meant, and not a version. */
  readonly version: string | undefined;
  readonly what: Alteration;
  /** Undefined where there was or is none. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Of a source, where its registry, repository or path is another, and not only what is taken from there. */
  readonly origins?: { readonly before: string; readonly after: string };
  /** Of an integrity. */
  readonly hash?: HashChange;
  /** Of a resolution, specifier or section: the package or the folder of the workspace that imports it; "" for the root. */
  readonly from?: string;
  /** Whether only the copy differs that version 2 of npm's lockfile has for npm up to 6. */
  readonly isCopy?: boolean;
}

/** Something that a lockfile says of the whole project: its version, an override, a patch. */
export interface ChangedSetting {
  /** `lockfileVersion`, `overrides.a`, `patchedDependencies.a@1.0.0` */
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What differs between two lockfiles, each list sorted by name. */
export interface LockfileDiff {
  readonly added: readonly LockedVersion[];
  readonly removed: readonly LockedVersion[];
  readonly changed: readonly ChangedVersions[];
  readonly altered: readonly AlteredVersion[];
  readonly settings: readonly ChangedSetting[];
  /**
   * Where most packages come from, of a lockfile that is new or of another format than its base; undefined for the
   * configured registry.
   */
  readonly mainOrigin: string | undefined;
}

export interface DiffOptions {
  /** URLs of registries that serve the same packages at the same paths, and that package managers take for one another. */
  readonly sameRegistries?: readonly string[];
  /** The registry that is configured for a package, before the change as well; undefined where that is not known. */
  readonly registryOf?: (name: string) => { readonly url: string; readonly isOfScope: boolean } | undefined;
}
