/** Which specifiers of dependencies a package manager understands. Where versions differ, it is given the benefit of the doubt. */
export interface SpecifierSupport {
  /** Types of specifiers that it does not have, as they are read from manifests. */
  readonly foreign: ReadonlySet<string>;
  /** Whether plugins may bring other protocols. */
  readonly hasPlugins: boolean;
  /** Whether `npm:` has to be followed by a name, and not by a range alone. */
  readonly namesAliases: boolean;
  /** What links a member of the workspace whatever its version; undefined where only a range does. */
  readonly memberSpecifier: string | undefined;
  /** Whether a URL that ends with `.git` is cloned, where others download it. */
  readonly clonesGitUrls: boolean;
  /** Whether of two sections with the same name and another range `devDependencies` counts. */
  readonly prefersDev: boolean;
  /** The kind of file that has catalogs; undefined where there are none. */
  readonly catalogsIn: 'manifest' | 'pnpmWorkspace' | 'yarnrc' | undefined;
  /** Protocols that it refuses in catalogs, with their colon at the end of the match. */
  readonly refusedInCatalogs: RegExp | undefined;
  /** Settings that refuse packages of packages from elsewhere than a registry; undefined where there are none. */
  readonly refusals: Readonly<Record<'git' | 'remote' | 'file', string>> | undefined;
  /** Whether deprecated versions can be allowed, by `allowedDeprecatedVersions`. */
  readonly allowsDeprecated: boolean;
}
