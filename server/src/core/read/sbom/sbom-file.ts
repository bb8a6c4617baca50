import { nameOf, type Uri } from '../text/paths/uri.ts';
import type { ParseProblem } from '../text/problem.ts';
import type { Span } from '../text/span.ts';
import type { SbomFormat, SbomTools, SbomType } from './sbom.ts';

/** A npm package that a bill of materials lists. */
export interface ListedPackage {
  readonly name: string;
  readonly version: string;
  /** The token of its version. */
  readonly span: Span;
  /** In lower-case hexadecimal. */
  readonly sha512: string | undefined;
  readonly license: string | undefined;
}

/** What a bill of materials in the repository says, as far as it is compared and kept. */
export interface SbomContent {
  readonly format: SbomFormat;
  /** The name of what it is about. */
  readonly subject: string | undefined;
  readonly type: SbomType;
  /** Whether this program wrote it, without anything that writing it again would lose. */
  readonly isOwn: boolean;
  /** Without packages that have qualifiers, which are from no registry. */
  readonly packages: readonly ListedPackage[];
  /** Whether it lists a package as needed for development only. */
  readonly hasDev: boolean;
  readonly hasTime: boolean;
  /** Without `urn:uuid:`. */
  readonly serialNumber: string | undefined;
  readonly revision: number;
}

/** A bill of materials in a repository. */
export interface SbomFile {
  readonly kind: 'sbom';
  readonly uri: Uri;
  readonly text: string;
  readonly problems: readonly ParseProblem[];
  /** Read on first use; undefined for any other JSON. */
  readonly content: SbomContent | undefined;
  readonly tools: SbomTools;
}

/** Checks for the usual names of bills of materials. */
export function isSbomName(uri: Uri): boolean {
  const name = nameOf(uri);
  return name === 'bom.json' || name === 'sbom.json' || /\.(?:cdx|spdx|sbom)\.json$/.test(name);
}
