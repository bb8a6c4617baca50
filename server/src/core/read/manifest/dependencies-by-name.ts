import { groupBy } from '../text/group-by.ts';
import type { ManifestDependency } from './manifest.ts';

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
