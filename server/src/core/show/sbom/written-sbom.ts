import type { Sbom } from '../../read/sbom/sbom.ts';

declare const __VERSION__: string | undefined;

/** The version of this program in documents, inserted by the build; unbundled sources have none. */
export const TOOL_VERSION = typeof __VERSION__ === 'undefined' ? '0.0.0-source' : __VERSION__;

/** Returns why a document is incomplete; empty if it is not. */
export function incompleteBecause({
  missingComponents,
  missingDependencies,
}: Pick<Sbom, 'missingComponents' | 'missingDependencies'>): readonly string[] {
  return [...missingComponents, ...missingDependencies];
}
