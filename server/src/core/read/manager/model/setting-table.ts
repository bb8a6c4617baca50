/**
 * What a setting decides: which registry serves, which lockfile is read, whether what comes is checked, which scripts run,
 * which programs run beside them, what is left out of a check, and which names stay private. other: it is not known to be without an effect on what
 * is installed, as scripts of packages read settings too.
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

/** Patterns of dotted keys: `*` stands for one key or the end of one, `**` at the end for any number of them. */
export type SettingTable = Readonly<Partial<Record<SettingKind, readonly string[]>>>;

/** The keys of a file of settings that are known. Every other one counts as well: package managers get new ones. */
export interface SettingKeys {
  /** Those that decide what an install takes, checks and runs. */
  readonly guarding: SettingTable;
  /**
   * Patterns of those that decide nothing about it: output, publishing, what is written into package.json, credentials,
   * which go to no other place than before, and what the lockfile shows.
   */
  readonly harmless: readonly string[];
  /** Whether `@scope:registry` is a key. */
  readonly hasScopes: boolean;
  /** Returns the path to a setting, in the spelling of the patterns. */
  spelled(path: readonly string[]): readonly string[];
}
