/** A person as named by registries. Email addresses are omitted on purpose: nothing shows them. */
export interface Person {
  readonly name: string;
}

/** The publisher of a version. Only the domain of the email address is kept: a change of it is a warning sign. */
export interface Publisher extends Person {
  readonly emailDomain: string | undefined;
}

/** Names to ranges, as in the version's manifest. */
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

/** What ties a version to its file and its source; it does not compress, so it is not kept for every version. */
export interface VersionProof {
  /** An SRI string. */
  readonly integrity: string | undefined;
  /** SHA-1 in hexadecimal digits. */
  readonly shasum: string | undefined;
  readonly signatures: readonly RegistrySignature[] | undefined;
  readonly gitHead: string | undefined;
}

/**
 * The part of one version's document that we keep. A member that the registry does not provide is undefined: unknown. A
 * map of dependencies is empty if the document has none, because no registry that omits them could serve an
 * installation.
 */
export interface PackumentVersion {
  readonly version: string;
  /** Without optional ones, which registries list here as well. */
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
  /** Which of the package's trusted publishers it was, as an id of the registry. */
  readonly trustedPublisherConfig: string | undefined;
  /** The person who approved a staged release. */
  readonly approvedBy: Person | undefined;
  /** The maintainers at the time. */
  readonly maintainers: readonly Person[] | undefined;
  /** Lifecycle scripts that run on install: preinstall, install, postinstall. */
  readonly installScripts: ReadonlyMap<string, string>;
  /** Undefined if the registry does not provide it. */
  readonly hasInstallScript: boolean | undefined;
  readonly unpackedSize: number | undefined;
  readonly fileCount: number | undefined;
  readonly tarball: string | undefined;
  /** Whether the registry lists a signature of its own; undefined if it provides nothing on the file. */
  readonly isSigned: boolean | undefined;
  /** The URL of the attestations, and the type of the provenance. */
  readonly attestations: VersionAttestations | undefined;
  /**
   * Undefined if it was not kept: then the version's own document has it. Its members are undefined if not provided.
   */
  readonly proof: VersionProof | undefined;
}

export interface VersionAttestations {
  readonly url: string | undefined;
  readonly predicateType: string | undefined;
}

/** A package that was removed from the registry as a whole. */
export interface Unpublished {
  readonly time: number | undefined;
  readonly versions: readonly string[];
}

/**
 * A registry's document of a package, narrowed from hostile JSON and reduced to what is shown and checked.
 * server/docs/registry.md explains what is kept and why.
 */
export interface Packument {
  readonly name: string;
  /** Whether it is the short form, which has no times, people, scripts or licenses. */
  readonly abbreviated: boolean;
  readonly description: string | undefined;
  readonly license: string | undefined;
  readonly distTags: ReadonlyMap<string, string>;
  /** In document order. */
  readonly versions: ReadonlyMap<string, PackumentVersion>;
  /**
   * Publish times in milliseconds since 1970, by version, earliest first, including removed versions. Empty if the
   * registry provides none, or none that can be trusted.
   */
  readonly times: ReadonlyMap<string, number>;
  readonly created: number | undefined;
  readonly modified: number | undefined;
  readonly unpublished: Unpublished | undefined;
  /** The current maintainers; undefined if the registry does not provide them. */
  readonly maintainers: readonly Person[] | undefined;
  readonly homepage: string | undefined;
  readonly repository: string | undefined;
}
