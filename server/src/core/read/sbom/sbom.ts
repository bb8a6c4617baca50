import type { DependencyGraph, GraphPackage } from '../graph/dependency-graph.ts';
import type { EdgeKind } from '../graph/edge-table.ts';

/**
 * Whether a component is needed at run time. required: a path of production dependencies leads to it; optional: each
 * path has an optional dependency; excluded: only development dependencies lead to it.
 */
export type SbomScope = 'required' | 'optional' | 'excluded';

/** One hash of the downloaded archive, in lower-case hexadecimal. */
export interface SbomHash {
  readonly algorithm: 'sha512' | 'sha384' | 'sha256' | 'sha1' | 'md5';
  readonly digest: string;
}

export interface SbomDependency {
  readonly ref: string;
  readonly kind: EdgeKind;
}

/** The project, a workspace member or a locked package. Instances of the same package are one component. */
export interface SbomComponent {
  /** Unique in the document, and the same in each run. */
  readonly ref: string;
  readonly kind: 'root' | 'member' | 'package';
  readonly name: string;
  readonly version: string | undefined;
  /** Undefined without a name. */
  readonly purl: string | undefined;
  readonly scope: SbomScope;
  /** Whether every instance is bundled in the archive of another package. */
  readonly isBundled: boolean;
  readonly hashes: readonly SbomHash[];
  /** As the package declares it; undefined if unknown. */
  readonly license: string | undefined;
  /** The URL of its archive, without credentials. */
  readonly distribution: string | undefined;
  /** Its repository and commit, `git+https://host/owner/project@commit`. */
  readonly repository: string | undefined;
  /** For a member, its folder relative to the lockfile. */
  readonly path: string | undefined;
  /** Sorted by `ref`. */
  readonly dependencies: readonly SbomDependency[];
}

/** A known vulnerability, or malware, with what the project decided on it. */
export interface SbomVulnerability {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly title: string | undefined;
  readonly severity: 'critical' | 'high' | 'moderate' | 'low' | 'info' | undefined;
  readonly score: number | undefined;
  readonly cwes: readonly string[];
  readonly package: string;
  /** References to components, sorted. */
  readonly affects: readonly string[];
  /** `Update lodash to 4.17.21.` */
  readonly recommendation: string | undefined;
  /** Why the project accepts it; undefined if it does not. */
  readonly accepted: string | undefined;
}

/** A software bill of materials, in no format. */
export interface Sbom {
  readonly root: SbomComponent;
  /** Sorted by `ref`. */
  readonly components: readonly SbomComponent[];
  /** Undefined if they were not asked for. */
  readonly vulnerabilities: readonly SbomVulnerability[] | undefined;
  /** Why components may be missing: sentences. Empty if all were read. */
  readonly missingComponents: readonly string[];
  /** Why dependencies between components may be missing. */
  readonly missingDependencies: readonly string[];
}

export const SBOM_FORMATS = ['cyclonedx', 'spdx'] as const;
export type SbomFormat = (typeof SBOM_FORMATS)[number];

export const SBOM_TYPES = ['application', 'library'] as const;
export type SbomType = (typeof SBOM_TYPES)[number];

/** What a document has besides the bill of materials. Without a time and an id, the same one gives the same bytes. */
export interface WriteOptions {
  readonly type: SbomType;
  /** In milliseconds since 1970. */
  readonly time: number | undefined;
  /** A UUID that distinguishes this document from every other one. */
  readonly serialNumber: string | undefined;
  /** The number of this revision of a document with that id; 1 for the first. */
  readonly revision?: number;
}

/** What a bill of materials is made of. */
export interface SbomInput {
  readonly graph: DependencyGraph;
  /** Whether to omit packages to which only development dependencies lead, like npm's `--omit dev`. */
  readonly omitsDev: boolean;
  /** Returns the license of a package, if known. */
  licenseOf(instance: GraphPackage): string | undefined;
  /** Returns the license of the root ("") or a member by its path. */
  licenseOfMember(path: string): string | undefined;
  /** Files that were not read completely: sentences. */
  readonly unread: readonly string[];
}

/** Makes and writes bills of materials. Loaded when it is first needed. */
export interface SbomTools {
  makeSbom(input: SbomInput): { readonly sbom: Sbom };
  writeSbom(sbom: Sbom, format: SbomFormat, options: WriteOptions): string;
}
