import type { Severity } from '../../text/finding.ts';
import type { Uri } from '../../text/paths/uri.ts';
import type { Span } from '../../text/span.ts';
import type { ManagerSettings } from './manager-settings.ts';
import type { SettingDefinitions } from './setting-definition.ts';
import type { SettingKeys } from './setting-table.ts';

/**
 * By key: the values, or items of a list, that weaken the verification of an install, and the effect, as the end of a
 * sentence. A value that is the default before some version weakens only since then.
 */
export type Weakening = Readonly<
  Record<string, readonly [values: RegExp, effect: string, severity?: Severity | undefined, since?: string]>
>;

/** The setting that turns off certificate verification. */
export interface TlsSetting {
  readonly key: string;
  /** As written in a file. */
  readonly shown: string;
  /** The setting for a custom certificate authority. */
  readonly authority: string;
}

/** A line that turns the lockfile off. */
export interface LockfileOff {
  readonly uri: Uri;
  readonly span: Span;
  /** As written in its file. */
  readonly setting: string;
}

/** The names and effects of a package manager's settings. */
export interface SettingNames {
  /** The keys of its own files; for npm those of .npmrc, which others read too. */
  readonly keys: SettingKeys;
  /** The settings that it knows, in its own file; for Yarn 1 none are listed. */
  readonly definitions: SettingDefinitions;
  /**
   * Returns whether a version reads a key of .npmrc that is known at all; undefined if that is unknown, or if it reads
   * none of them.
   */
  readsNpmrcKey(key: string, version: string | undefined): boolean | undefined;
  /** Returns whether commands in the folder of a workspace member read its .npmrc; true if that is unknown. */
  readsMemberNpmrc(version: string | undefined): boolean;
  /** The options with which they read it in any case. */
  readonly memberNpmrcOptions: readonly string[];
  /** Returns whether a version reads keys of its own file in kebab case too. */
  readsKebabCase(version: string | undefined): boolean;
  /** Its field in package.json, with the keys that it reads in members too; undefined if it has none. */
  readonly manifestField: { readonly name: string; readonly inMembers: readonly string[] } | undefined;
  /** The default registry. */
  readonly registry: string;
  readonly tls: TlsSetting | undefined;
  readonly weakening: Weakening;
  /** The setting for packages whose hash differs from the lockfile's. */
  readonly checksums: string | undefined;
  /** Whether .npmrc files may contain all of these settings too. */
  readonly areInNpmrc: boolean;
  /** Returns the line that turns the lockfile off, if any. */
  lockfileOff(settings: ManagerSettings): LockfileOff | undefined;
  /** Returns whether it reads settings from a field of package.json. */
  readsManifest(version: string | undefined): boolean;
  /** Returns whether its audit can ignore advisories by CVE number. */
  ignoresCves(version: string | undefined): boolean;
  /** The file with the settings of its audit; undefined if there are none. */
  readonly auditIn: 'npmrc' | 'pnpmWorkspace' | 'yarnrc' | undefined;
}
