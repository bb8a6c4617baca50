import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Returns a data file: beside the bundle, or in the sources when they run unbundled. Throws if it is in neither place.
 */
export function bundledData(name: string): Buffer {
  const here = import.meta.dirname;
  try {
    return readFileSync(join(here, name));
  } catch {
    return readFileSync(join(here, '../../data', name));
  }
}

/** Returns the list of popular names, for `parsePopularNames`. */
export function bundledPopularNames(): string {
  return bundledData('popular-names.txt').toString('utf8');
}
