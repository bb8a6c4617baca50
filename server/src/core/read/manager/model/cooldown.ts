import type { TextEdit } from '../../text/edit.ts';
import type { Uri } from '../../text/paths/uri.ts';
import type { Span } from '../../text/span.ts';
import type { ManagerSettings } from './manager-settings.ts';

/** The line of a configuration file that says how long to wait. */
export interface CooldownLine {
  readonly type: 'configuration';
  readonly key: string;
  readonly uri: Uri;
  readonly span: Span;
}

/** What says how long to wait. */
export type CooldownSetting =
  | CooldownLine
  | { readonly type: 'environment'; readonly variable: string }
  | { readonly type: 'default' };

export interface ConfiguredCooldown {
  /** Milliseconds since the publication; 0 where the project does not wait. */
  readonly wait: number;
  /** Of npm's `before`: versions published after this instant are not taken, however old they are. */
  readonly before: number | undefined;
  readonly source: CooldownSetting;
}

/** An entry of a list of packages that need not wait. */
export interface CoolDownExemption {
  /** As written. */
  readonly text: string;
  /** Where it stands; undefined where an environment variable says it. */
  readonly place: { readonly uri: Uri; readonly span: Span } | undefined;
  covers(name: string, version: string): boolean;
}

/** A version that is too young, and when it is old enough: `YYYY-MM-DD`, where that can be said. */
export interface YoungVersion {
  readonly name: string;
  readonly version: string;
  readonly until: string | null;
}

/** The edit of a file that exempts a version, and what it adds to which setting. */
export interface WrittenExemption {
  readonly uri: Uri;
  readonly item: string;
  readonly key: string;
  /** Undefined where the file cannot be added to. */
  readonly edit: TextEdit | undefined;
}

export interface ExemptionSettings extends ManagerSettings {
  readonly root: Uri;
  readonly repository?: Uri | undefined;
}

/** How old a package manager lets versions become before it takes them. */
export interface CooldownSupport {
  /** Reads the length of time that its setting has, in milliseconds; undefined where it reads none. */
  readAge(text: string): number | undefined;
  /** What its configuration says, of a version that knows the setting or is not known. */
  configured(settings: ManagerSettings): ConfiguredCooldown | undefined;
  /** What it waits without being told to, in milliseconds; of a version that is not known, nothing. */
  defaultAge(version: string | undefined): number | undefined;
  /** What it lets through at once, each matched as it matches it. */
  exemptions(settings: ManagerSettings): readonly CoolDownExemption[];
  /**
   * Lets one version through at once, in the file of the project that says how long to wait, or that would say it where it
   * waits by itself. Undefined where something else makes it wait.
   */
  exempt(
    settings: ExemptionSettings,
    gate: CooldownLine | undefined,
    young: YoungVersion,
  ): WrittenExemption | undefined;
}
