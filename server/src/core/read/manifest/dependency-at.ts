import { touches } from '../text/span.ts';
import type { Manifest, ManifestDependency } from './manifest.ts';

/** Returns the dependency whose property, from its key to its value, touches the offset. */
export function dependencyAt(manifest: Manifest, offset: number): ManifestDependency | undefined {
  return manifest.dependencies.find((dependency) => touches(dependency.span, offset));
}
