import type { ManifestDependency } from './manifest.ts';

/** Anything with a list of dependencies: a section, or its effective part. */
interface Listing {
  readonly dependencies: readonly ManifestDependency[];
}

/** Returns the dependencies of all sections, in order. For a single section that is its own list, which may be long. */
export function dependenciesOf(sections: readonly Listing[]): readonly ManifestDependency[] {
  if (sections.length === 1) return sections[0]!.dependencies;
  const all: ManifestDependency[] = [];
  for (const { dependencies } of sections) for (const dependency of dependencies) all.push(dependency);
  return all;
}
