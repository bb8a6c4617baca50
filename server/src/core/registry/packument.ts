/** A person as registries name them. E-mail addresses are left out on purpose: nothing shows them. */
export interface Person {
  readonly name: string;
}

/** What we keep of one version's document. A member that the registry does not provide is undefined: unknown. */
export interface PackumentVersion {
  readonly version: string;
  readonly publishedBy: Person | undefined;
  /** The CI service of a trusted publisher: github, gitlab, circleci. */
  readonly trustedPublisher: string | undefined;
  readonly license: string | undefined;
  readonly deprecated: string | undefined;
  /** Lifecycle scripts that run on install: preinstall, install, postinstall. */
  readonly installScripts: ReadonlyMap<string, string>;
  /** Undefined where the registry does not say. */
  readonly hasInstallScript: boolean | undefined;
  readonly unpackedSize: number | undefined;
  readonly integrity: string | undefined;
  readonly dependencyCount: number;
}

/** A registry's document of a package, narrowed from hostile JSON and reduced to what is shown and judged. */
export interface Packument {
  readonly name: string;
  readonly description: string | undefined;
  readonly license: string | undefined;
  readonly distTags: ReadonlyMap<string, string>;
  readonly versions: ReadonlyMap<string, PackumentVersion>;
  /** Publish times in milliseconds since 1970, by version; empty where the registry gives none. */
  readonly times: ReadonlyMap<string, number>;
  readonly created: number | undefined;
  /** The present maintainers; undefined where the registry does not say. */
  readonly maintainers: readonly Person[] | undefined;
  readonly homepage: string | undefined;
  readonly repository: string | undefined;
}
