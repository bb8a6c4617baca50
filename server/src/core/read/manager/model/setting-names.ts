import type { Severity } from '../../text/finding.ts';
import type { Uri } from '../../text/paths/uri.ts';
import type { Span } from '../../text/span.ts';
import type { ManagerSettings } from './manager-settings.ts';
import type { SettingKeys } from './setting-table.ts';

/** By key: the values that weaken what an install verifies, and what follows, as the end of a sentence. */
export type Weakening = Readonly<
  Record<string, readonly [values: RegExp, effect: string, severity?: Severity]>
>;

/** What turns off the verification of certificates. */
export interface TlsSetting {
  readonly key: string;
  /** As a file has it. */
  readonly shown: string;
  /** The setting that names an authority of one's own. */
  readonly authority: string;
}

/** A line that keeps a package manager from writing a lockfile. */
export interface LockfileOff {
  readonly uri: Uri;
  readonly span: Span;
  /** As its file says it. */
  readonly setting: string;
}

/** What a package manager calls its settings, and which of them weaken an install. */
export interface SettingNames {
  /** The keys of its own files; of npm those of .npmrc, which others read too. */
  readonly keys: SettingKeys;
  /** The registry of all names without a scope of their own. */
  readonly registry: string;
  readonly tls: TlsSetting | undefined;
  readonly weakening: Weakening;
  /** The setting that says what becomes of a package with another hash than the lockfile's. */
  readonly checksums: string | undefined;
  /** Whether .npmrc files may have all of them too. */
  readonly areInNpmrc: boolean;
  /** What tells it to do without a lockfile. */
  lockfileOff(settings: ManagerSettings): LockfileOff | undefined;
  /** Whether it reads settings in a field of package.json. */
  readsManifest(version: string | undefined): boolean;
  /** Whether its audit can be told to ignore advisories by their CVE numbers. */
  ignoresCves(version: string | undefined): boolean;
  /** Where the settings of its audit are; undefined where there are none that count. */
  readonly auditIn: 'npmrc' | 'pnpmWorkspace' | 'yarnrc' | undefined;
}
