import { groupBy } from '../text/group-by.ts';
import { memoizeOf } from '../text/remember-of.ts';
import { touches } from '../text/span.ts';
import type { Manifest, ManifestDependency } from './manifest.ts';

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

/** Returns the dependency whose property, from its key to its value, touches the offset. */
export function dependencyAt(manifest: Manifest, offset: number): ManifestDependency | undefined {
  return manifest.dependencies.find((dependency) => touches(dependency.span, offset));
}

type ByName = ReadonlyMap<string, readonly ManifestDependency[]>;

const known = new WeakMap<readonly ManifestDependency[], ByName>();

/** Groups the dependencies of a list by name, keeping the order of the list. */
export function dependenciesByName(dependencies: readonly ManifestDependency[]): ByName {
  let byName = known.get(dependencies);
  if (byName === undefined) {
    byName = groupBy(dependencies, ({ name }) => name);
    known.set(dependencies, byName);
  }
  return byName;
}

/**
 * Returns the few dependencies that may come from outside a registry: a specifier that is plainly a range is not
 * parsed.
 */
export const urlsIn: (manifest: Manifest) => readonly ManifestDependency[] = memoizeOf((manifest) =>
  manifest.dependencies.filter(({ mayBeUrl }) => mayBeUrl),
);
