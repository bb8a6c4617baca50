import { rememberOf } from '../text/remember-of.ts';
import type { Manifest, ManifestDependency } from './manifest.ts';

/**
 * Returns the few dependencies that may come from outside a registry: a specifier that is plainly a range is not
 * parsed.
 */
export const addressesIn: (manifest: Manifest) => readonly ManifestDependency[] = rememberOf((manifest) =>
  manifest.dependencies.filter(({ mayBeAddress }) => mayBeAddress),
);
