import type { Commands } from './model/commands.ts';
import type { CooldownSupport } from './model/cooldown.ts';
import type { LockfileFacts } from './model/lockfile-facts.ts';
import type { ManagerFiles } from './model/manager-files.ts';
import type { ManagerHints } from './model/manager-hints.ts';
import type { ManagerSettings } from './model/manager-settings.ts';
import type { OverrideSupport } from './model/overrides.ts';
import type { RegistrySupport } from './model/registries.ts';
import type { ScriptSupport } from './model/scripts.ts';
import type { SettingNames } from './model/setting-names.ts';
import type { SpecifierSupport } from './model/specifiers.ts';
import type { PackageManager, PackageManagerName } from './package-manager.ts';

/** What a package manager reads, writes and does by default, in each of its versions. */
export interface ManagerSpec {
  readonly name: PackageManagerName;
  /** False of a Yarn of which nothing says whether it is Yarn 1 or a later one. */
  readonly isCertain: boolean;
  /** As sentences name it. */
  readonly title: string;
  /** The names of the program that runs scripts, and those that run the command of a package. */
  readonly programs: { readonly run: readonly string[]; readonly exec: readonly string[] };
  /** Packages that provide these programs. */
  readonly packages: readonly string[];
  readonly files: ManagerFiles;
  readonly commands: Commands;
  readonly lockfile: LockfileFacts;
  readonly overrides: OverrideSupport;
  readonly scripts: ScriptSupport;
  readonly cooldown: CooldownSupport;
  readonly specifiers: SpecifierSupport;
  readonly settings: SettingNames;
  readonly registries: RegistrySupport;
  /**
   * The first major that keeps hashes of all packages in its lockfile and is not long out of maintenance: whoever pins an
   * older one for the first time takes protection away.
   */
  readonly firstMaintained: number;
  /** Whether its configuration decides which version is used. */
  isPinnedBy(settings: Pick<ManagerSettings, 'yarnrcs'>): boolean;
  /** Which generation a project has, of a package manager that shares its name with another one. */
  generationOf?(evidence: {
    readonly version: string | undefined;
    readonly fileNames: ReadonlySet<string>;
    readonly hints: ManagerHints;
  }): PackageManager['generation'];
  /** Which generation wrote the text of a lockfile, without reading it. */
  generationOfLockfile?(text: string): PackageManager['generation'];
  /** The version that a file other than a manifest names, exact or not, and what names it. */
  hintedVersion(hints: ManagerHints): readonly [PackageManager['versionFrom'], string | undefined];
}
