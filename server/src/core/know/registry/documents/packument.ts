/** A person as registries name them. E-mail addresses are left out on purpose: nothing shows them. */
export interface Person {
  readonly name: string;
}

/** Who published a version. Of the address only the part behind the @ is kept: a change of it is a warning sign. */
export interface Publisher extends Person {
  readonly emailDomain: string | undefined;
}

/** Names to ranges, as the version's manifest has them. */
export type DependencyMap = ReadonlyMap<string, string>;

export interface SourceRepository {
  readonly url: string;
  /** The folder of the package in it. */
  readonly directory: string | undefined;
}

export interface RegistrySignature {
  readonly keyid: string;
  readonly sig: string;
}

/** What ties a version to its file and its source; it cannot be compressed, so not every version's is kept. */
export interface VersionProof {
  /** An SRI string. */
  readonly integrity: string | undefined;
  /** SHA-1 in hexadecimal digits. */
  readonly shasum: string | undefined;
  readonly signatures: readonly RegistrySignature[] | undefined;
  readonly gitHead: string | undefined;
}

/**
 * What we keep of one version's document. A member that the registry does not provide is undefined: unknown. A map of
 * dependencies is empty where the document has none, as no registry that leaves them out could serve an installation.
 */
export interface PackumentVersion {
  readonly version: string;
  /** Without those that are optional, which registries list here as well. */
  readonly dependencies: DependencyMap;
  readonly optionalDependencies: DependencyMap;
  readonly peerDependencies: DependencyMap;
  /** Names of the commands that it installs. */
  readonly bins: readonly string[];
  readonly engines: DependencyMap;
  readonly license: string | undefined;
  readonly deprecated: string | undefined;
  readonly repository: SourceRepository | undefined;
  readonly publishedBy: Publisher | undefined;
  /** The CI service of a trusted publisher: github, gitlab, circleci. */
  readonly trustedPublisher: string | undefined;
  /** Which of the package's trusted publishers it was, as an id of the registry's. */
  readonly trustedPublisherConfig: string | undefined;
  /** Who approved a release that was staged first. */
  readonly approvedBy: Person | undefined;
  /** The maintainers at the time. */
  readonly maintainers: readonly Person[] | undefined;
  /** Lifecycle scripts that run on install: preinstall, install, postinstall. */
  readonly installScripts: ReadonlyMap<string, string>;
  /** Undefined where the registry does not say. */
  readonly hasInstallScript: boolean | undefined;
  readonly unpackedSize: number | undefined;
  readonly fileCount: number | undefined;
  readonly tarball: string | undefined;
  /** Whether the registry lists a signature of its own; undefined where it says nothing of the file. */
  readonly isSigned: boolean | undefined;
  /** Where the attestations are, and of which type the provenance is. */
  readonly attestations: VersionAttestations | undefined;
  /** Undefined where it was not kept: then the version's own document has it. Its members are undefined if not given. */
  readonly proof: VersionProof | undefined;
}

export interface VersionAttestations {
  readonly url: string | undefined;
  readonly predicateType: string | undefined;
}

/** A package that was taken from the registry as a whole. */
export interface Unpublished {
  readonly time: number | undefined;
  readonly versions: readonly string[];
}

/**
 * A registry's document of a package, narrowed from hostile JSON and reduced to what is shown and judged.
 * server/docs/registry.md says what is kept and why.
 */
export interface Packument {
  readonly name: string;
  /** Whether it is the short form, which has no times, people, scripts or licences. */
  readonly abbreviated: boolean;
  readonly description: string | undefined;
  readonly license: string | undefined;
  readonly distTags: ReadonlyMap<string, string>;
  /** In the document's order. */
  readonly versions: ReadonlyMap<string, PackumentVersion>;
  /**
   * Publish times in milliseconds since 1970, by version, the earliest first, those of removed versions too. Empty where
   * the registry gives none, or none that can be believed.
   */
  readonly times: ReadonlyMap<string, number>;
  readonly created: number | undefined;
  readonly modified: number | undefined;
  readonly unpublished: Unpublished | undefined;
  /** The present maintainers; undefined where the registry does not say. */
  readonly maintainers: readonly Person[] | undefined;
  readonly homepage: string | undefined;
  readonly repository: string | undefined;
}
