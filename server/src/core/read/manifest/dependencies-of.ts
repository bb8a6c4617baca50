import type { ManifestDependency } from './manifest.ts';

/** What has a list of dependencies: a section, or what counts of one. */
interface Listing {
  readonly dependencies: readonly ManifestDependency[];
}

/** The dependencies of all sections, in their order. Those of a single section are its own list, which may be long. */
export function dependenciesOf(sections: readonly Listing[]): readonly ManifestDependency[] {
  if (sections.length === 1) return sections[0]!.dependencies;
  const all: ManifestDependency[] = [];
  for (const { dependencies } of sections) for (const dependency of dependencies) all.push(dependency);
  return all;
}
