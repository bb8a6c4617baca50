import type { CooldownLockfile } from './cooldown.ts';
import type { ManagerSettings } from './manager-settings.ts';

/** What decides whether a package from outside of registries is rejected. */
export interface RefusalSources extends ManagerSettings {
  readonly lockfile: Pick<CooldownLockfile, 'formatVersion'> | undefined;
}

/** The specifiers that a package manager supports, in any of its versions. */
export interface SpecifierSupport {
  /** Types of specifiers that it does not support. */
  readonly foreign: ReadonlySet<string>;
  /** Whether plugins can add protocols. */
  readonly hasPlugins: boolean;
  /** Whether `npm:` requires a name, not only a range. */
  readonly namesAliases: boolean;
  /** The specifier that links any version of a workspace member; undefined if only a range does. */
  readonly memberSpecifier: string | undefined;
  /** Whether a URL that ends with `.git` is cloned. Otherwise it is downloaded. */
  readonly clonesGitUrls: boolean;
  /** Whether `devDependencies` takes precedence over other sections with another range. */
  readonly prefersDev: boolean;
  /** The kind of file with catalogs; undefined if there are none. */
  readonly catalogsIn: 'manifest' | 'pnpmWorkspace' | 'yarnrc' | undefined;
  /** Protocols that it rejects in catalogs, including the colon. */
  readonly refusedInCatalogs: RegExp | undefined;
  /** Settings that reject packages from outside of registries. */
  readonly refusals: Readonly<Record<'git' | 'remote' | 'file', string>> | undefined;
  /**
   * Whether this version rejects packages from there that another one pulls in, also those of a lockfile, because no
   * setting allows them.
   */
  refusesByDefault(kind: 'git' | 'remote', sources: RefusalSources): boolean;
  /** Whether `allowedDeprecatedVersions` is supported. */
  readonly allowsDeprecated: boolean;
}
