import { buildSbom, referenceOf, type SbomInput } from '../../judge/sbom/build-sbom.ts';
import type { GraphPackage } from '../../read/graph/dependency-graph.ts';
import type { Sbom } from '../../read/sbom/sbom.ts';
import { cyclonedxText } from './cyclonedx.ts';
import { spdxText } from './spdx.ts';
import type { SbomFormat, WriteOptions } from './written-sbom.ts';

/** Returns the bill of materials of a lockfile, and the references of its packages. */
export function makeSbom(input: SbomInput): {
  readonly sbom: Sbom;
  referenceOf(instance: GraphPackage): string;
} {
  return { sbom: buildSbom(input), referenceOf };
}

/** Returns its text. A bundle of its own: the library and the list of licences are large. */
export function writeSbom(sbom: Sbom, format: SbomFormat, options: WriteOptions): string {
  return format === 'cyclonedx' ? cyclonedxText(sbom, options) : spdxText(sbom, options);
}
