/** A setting that a package manager knows. */
export interface SettingDefinition {
  /** Names of types (`boolean`, `number`, `string`, `path`, `url`, `list`, `map`, `duration`), or the allowed values. */
  readonly type: readonly (string | number | boolean)[];
  /** Undefined if it has none, or if it depends on the machine. */
  readonly default?: unknown;
  /** The first version that reads it; undefined if it is older than all versions in use, or unknown. */
  readonly since?: string;
  /** The first version that no longer reads it. */
  readonly until?: string;
  /** Another setting to use, if it is deprecated. */
  readonly replacedBy?: string;
  /** One sentence. */
  readonly description?: string;
}

/** The settings of one kind of file, by key. */
export type SettingDefinitions = Readonly<Record<string, SettingDefinition>>;
