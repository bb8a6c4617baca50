/** A dependency graph in the common form to which ours and that of every oracle are converted. */
export interface NormalGraph {
  readonly packages: readonly NormalPackage[];
  readonly edges: readonly NormalEdge[];
}

/** One installed package. Flags that an oracle does not know are undefined. */
export interface NormalPackage {
  /** Unique in the graph: the path of an npm package, the key of the others. */
  readonly id: string;
  readonly name: string;
  readonly version: string | undefined;
  readonly dev?: boolean | undefined;
  readonly optional?: boolean | undefined;
  readonly peer?: boolean | undefined;
}

/** An `optional peer` may be missing. */
export type NormalKind = 'prod' | 'dev' | 'optional' | 'peer' | 'optional peer';

/** `from` and `to` are ids of packages, or `importer:` and the path of the root ('') or of a member. */
export interface NormalEdge {
  readonly from: string;
  readonly to: string;
  readonly name: string;
  readonly kind: NormalKind;
  readonly specifier?: string | undefined;
}

export function importerId(path: string): string {
  return `importer:${path}`;
}

export function isImporter(id: string): boolean {
  return id.startsWith(importerId(''));
}
