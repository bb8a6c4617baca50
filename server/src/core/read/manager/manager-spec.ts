import type { BaselineSupport } from './model/baseline.ts';
import type { Commands } from './model/commands.ts';
import type { CooldownSupport } from './model/cooldown.ts';
import type { ManagerFiles } from './model/files.ts';
import type { FrozenInstall } from './model/frozen-install.ts';
import type { InstallFacts } from './model/installs.ts';
import type { LockfileFacts } from './model/lockfile.ts';
import type { ManagerHints } from './model/manager-hints.ts';
import type { ManagerSettings } from './model/manager-settings.ts';
import type { OverrideSupport } from './model/overrides.ts';
import type { RegistrySupport } from './model/registries.ts';
import type { ScriptSupport } from './model/scripts.ts';
import type { SecretSupport } from './model/secrets.ts';
import type { SettingNames } from './model/settings.ts';
import type { SpecifierSupport } from './model/specifiers.ts';
import type { TypedCommands } from './model/typed-commands.ts';
import type { PackageManager, PackageManagerName } from './package-manager.ts';

/** What a package manager reads, writes and does by default, by version. */
export interface ManagerSpec {
  readonly name: PackageManagerName;
  /** False for a Yarn that may be Yarn 1 or a later one. */
  readonly isCertain: boolean;
  /** The name for messages. */
  readonly title: string;
  /** The commands that run scripts, and those that run the command of a package. */
  readonly programs: { readonly run: readonly string[]; readonly exec: readonly string[] };
  /** The packages that provide these commands. */
  readonly packages: readonly string[];
  readonly files: ManagerFiles;
  readonly commands: Commands;
  readonly typed: TypedCommands;
  /** Undefined for a Yarn that may be Yarn 1 or a later one. */
  readonly frozenInstall: FrozenInstall | undefined;
  readonly installs: InstallFacts;
  readonly lockfile: LockfileFacts;
  readonly overrides: OverrideSupport;
  readonly scripts: ScriptSupport;
  readonly cooldown: CooldownSupport;
  readonly specifiers: SpecifierSupport;
  readonly settings: SettingNames;
  readonly registries: RegistrySupport;
  readonly secrets: SecretSupport;
  readonly baseline: BaselineSupport;
  /**
   * The first major version that records the hashes of all packages and is not long out of maintenance. Pinning an older
   * one for the first time weakens protection.
   */
  readonly firstMaintained: number;
  /** Whether it, or Corepack where it is usual, fails on a `packageManager` that is malformed. */
  readonly obeysPackageManager: boolean;
  /** Returns whether its configuration selects its version. */
  isPinnedBy(settings: Pick<ManagerSettings, 'yarnrcs'>): boolean;
  /** Returns the generation that a project uses, if the package manager has several. */
  generationOf?(evidence: {
    readonly version: string | undefined;
    readonly fileNames: ReadonlySet<string>;
    readonly hints: ManagerHints;
  }): PackageManager['generation'];
  /** Returns the generation that wrote a lockfile, without parsing it. */
  generationOfLockfile?(text: string): PackageManager['generation'];
  /** Returns the version in a file other than a manifest, exact or not, and its source. */
  hintedVersion(hints: ManagerHints): readonly [PackageManager['versionFrom'], string | undefined];
}
