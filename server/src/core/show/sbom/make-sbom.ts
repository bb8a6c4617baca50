import { buildSbom, referenceOf } from '../../judge/sbom/build-sbom.ts';
import type { GraphPackage } from '../../read/graph/dependency-graph.ts';
import { readSbomFile } from '../../read/sbom/read-sbom-file.ts';
import type { Sbom, SbomFormat, SbomInput, WriteOptions } from '../../read/sbom/sbom.ts';
import type { SbomFile } from '../../read/sbom/sbom-file.ts';
import type { Uri } from '../../read/text/paths/uri.ts';
import { cyclonedxText } from './cyclonedx.ts';
import { spdxText } from './spdx.ts';

/** Returns the bill of materials of a lockfile, and the references of its packages. */
export function makeSbom(input: SbomInput): {
  readonly sbom: Sbom;
  referenceOf(instance: GraphPackage): string;
} {
  return { sbom: buildSbom(input), referenceOf };
}

/** Returns its text. A bundle of its own: the library and the list of licenses are large. */
export function writeSbom(sbom: Sbom, format: SbomFormat, options: WriteOptions): string {
  return format === 'cyclonedx' ? cyclonedxText(sbom, options) : spdxText(sbom, options);
}

/** Reads a bill of materials of a repository, with what is needed to write it again. */
export function readSbom(uri: Uri, text: string): SbomFile {
  return readSbomFile(uri, text, { makeSbom, writeSbom });
}
