import type { SettingsFile } from '../../config/setting-lines.ts';
import type { TextEdit } from '../../text/edit.ts';
import type { Uri } from '../../text/paths/uri.ts';
import type { Span } from '../../text/span.ts';
import type { ManagerSettings } from './manager-settings.ts';

/** The line of a configuration file that sets the cooldown. */
export interface CooldownLine {
  readonly type: 'configuration';
  readonly key: string;
  readonly uri: Uri;
  readonly span: Span;
}

/** The source of a configured cooldown. */
export type CooldownSetting =
  | CooldownLine
  | { readonly type: 'environment'; readonly variable: string }
  | { readonly type: 'default' };

export interface ConfiguredCooldown {
  /** Milliseconds since publication; 0 for no cooldown. */
  readonly wait: number;
  /** npm's `before`: versions published after this instant are excluded, however old they are. */
  readonly before: number | undefined;
  readonly source: CooldownSetting;
}

/** An entry in a list of packages that are exempt from the cooldown. */
export interface CooldownExemption {
  /** As written. */
  readonly text: string;
  /** Its place in a file; undefined if it comes from an environment variable. */
  readonly place: { readonly uri: Uri; readonly span: Span } | undefined;
  covers(name: string, version: string): boolean;
}

/** A version within its cooldown, and the date when that ends, if known: `YYYY-MM-DD`. */
export interface YoungVersion {
  readonly name: string;
  readonly version: string;
  readonly until: string | null;
}

/** The edit that exempts a version, with the item and the setting it is added to. */
export interface WrittenExemption {
  readonly uri: Uri;
  readonly item: string;
  readonly key: string;
  /** Undefined if the file cannot be edited. */
  readonly edit: TextEdit | undefined;
}

export interface ExemptionSettings extends ManagerSettings {
  readonly root: Uri;
  readonly repository?: Uri | undefined;
}

/** The part of a lockfile that tells its writer's version. */
export interface CooldownLockfile {
  readonly formatVersion: { readonly value: string } | undefined;
  readonly recordsInstallScripts: boolean;
}

/** The unit of a plain number in a cooldown setting. */
export type AgeUnit = 'day' | 'minute' | 'second';

/** The setting of a cooldown in a package manager's own file. */
export interface CooldownHome {
  readonly kind: SettingsFile['kind'];
  readonly fileName: string;
  readonly key: string;
}

/** A package manager's cooldown. */
export interface CooldownSupport {
  /** Undefined if it has no cooldown. */
  readonly home: CooldownHome | undefined;
  /** The unit of plain numbers. */
  readonly unit: AgeUnit;
  /** The first version that reads the setting. */
  readonly since: string;
  /** Returns the key of the setting in .npmrc, if the version may read it there. */
  keyInNpmrc(version: string | undefined): string | undefined;
  /** Formats a length, in milliseconds, as a value; undefined if it cannot be written. */
  writeAge(age: number): string | undefined;
  /** Whether the value has to be a number, not a string. */
  readonly isNumber: boolean;
  /** A setting with a length in the same unit that has to be above the cooldown while the policy is set. */
  readonly above?: { readonly key: string; readonly policy: string; readonly value: string };
  /** Parses the value of its setting, in milliseconds; undefined if it is invalid. */
  readAge(text: string): number | undefined;
  /** Returns the configured cooldown, if the version supports the setting or is unknown. */
  configured(settings: ManagerSettings): ConfiguredCooldown | undefined;
  /** Returns the default cooldown in milliseconds; undefined for an unknown version. */
  defaultAge(version: string | undefined): number | undefined;
  /** Returns the default cooldown in milliseconds of the versions that write such a lockfile; undefined if none. */
  defaultAgeByLockfile?(lockfile: CooldownLockfile | undefined): number | undefined;
  /** Returns the configured exemptions, which match names and versions as the package manager does. */
  exemptions(settings: ManagerSettings): readonly CooldownExemption[];
  /**
   * Exempts one version, in the file of the project that sets the cooldown, or that would set it if the cooldown is the
   * default. Undefined if the cooldown has another source.
   */
  exempt(
    settings: ExemptionSettings,
    gate: CooldownLine | undefined,
    young: YoungVersion,
  ): WrittenExemption | undefined;
}
