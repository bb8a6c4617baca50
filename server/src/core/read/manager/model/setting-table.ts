/**
 * What a setting decides: which registry serves, which lockfile is read, whether downloads are verified, which scripts
 * run, which other programs run, what a check skips, and which names stay private. other: not known to be without
 * effect on what is installed, because scripts of packages read settings too.
 */
export type SettingKind =
  | 'registry'
  | 'lockfile'
  | 'integrity'
  | 'scripts'
  | 'code'
  | 'check'
  | 'privacy'
  | 'other';

/** Patterns of dotted keys: `*` matches one key or the end of one, `**` at the end any number of keys. */
export type SettingTable = Readonly<Partial<Record<SettingKind, readonly string[]>>>;

/**
 * The known keys of a settings file. Every other key counts as well: package managers gain new ones, and npm passes even
 * unknown ones to the scripts of packages, some of which download from the URLs given there.
 */
export interface SettingKeys {
  /** Keys that decide what an install resolves, verifies and runs. */
  readonly guarding: SettingTable;
  /**
   * Patterns of keys without such an effect: output, publishing, how package.json is written, credentials (which still go
   * to the same place), and whatever the lockfile shows.
   */
  readonly harmless: readonly string[];
  /** Whether `@scope:registry` is a key. */
  readonly hasScopes: boolean;
  /**
   * Settings that the package manager writes itself when it upgrades a lockfile from a version below the number, so that
   * its earlier default stays in effect.
   */
  readonly writtenOnUpgrade?: Readonly<Record<string, number>>;
  /** Returns the path to a setting in the spelling of the patterns. */
  spelled(path: readonly string[]): readonly string[];
}
