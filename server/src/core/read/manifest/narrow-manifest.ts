import { dependenciesOf } from './dependencies-of.ts';
import type { Manifest } from './manifest.ts';

/** The manifest with no other dependencies than those of these names; everything else is as it was. */
export function narrowManifest(manifest: Manifest, names: ReadonlySet<string>): Manifest {
  const sections = manifest.sections.map((section) => ({
    ...section,
    dependencies: section.dependencies.filter(({ name }) => names.has(name)),
  }));
  return { ...manifest, sections, dependencies: dependenciesOf(sections), whole: manifest };
}
