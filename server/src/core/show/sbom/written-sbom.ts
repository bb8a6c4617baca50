import type { Sbom } from '../../read/sbom/sbom.ts';

export const SBOM_FORMATS = ['cyclonedx', 'spdx'] as const;
export type SbomFormat = (typeof SBOM_FORMATS)[number];

export const SBOM_TYPES = ['application', 'library'] as const;

/** What a document has besides the bill of materials. Without a time and an id, the same one gives the same bytes. */
export interface WriteOptions {
  readonly type: (typeof SBOM_TYPES)[number];
  /** The version of this program. */
  readonly version: string;
  /** In milliseconds since 1970. */
  readonly time: number | undefined;
  /** A UUID that distinguishes this document from every other one. */
  readonly serialNumber: string | undefined;
  /** Returns the SHA-256 of a text in hexadecimal. */
  hash(text: string): string;
}

/** Returns why a document is incomplete; empty if it is not. */
export function incompleteBecause({
  missingComponents,
  missingDependencies,
}: Pick<Sbom, 'missingComponents' | 'missingDependencies'>): readonly string[] {
  return [...missingComponents, ...missingDependencies];
}
