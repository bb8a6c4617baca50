import { rememberOf } from '../text/remember-of.ts';
import type { Manifest, ManifestDependency } from './manifest.ts';

/** The few dependencies that may come from elsewhere than a registry: a specifier that is plainly a range is not read. */
export const addressesIn: (manifest: Manifest) => readonly ManifestDependency[] = rememberOf((manifest) =>
  manifest.dependencies.filter(({ mayBeAddress }) => mayBeAddress),
);
