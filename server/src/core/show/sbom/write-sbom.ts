import type { Sbom } from '../../read/sbom/sbom.ts';
import { cyclonedxText } from './cyclonedx.ts';
import { spdxText } from './spdx.ts';
import type { SbomFormat, WriteOptions } from './written-sbom.ts';

/** Returns the text of a bill of materials. A bundle of its own: the library and the list of licences are large. */
export function writeSbom(sbom: Sbom, format: SbomFormat, options: WriteOptions): string {
  return format === 'cyclonedx' ? cyclonedxText(sbom, options) : spdxText(sbom, options);
}
