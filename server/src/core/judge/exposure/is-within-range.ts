import semver from 'semver';
import { remember } from '../../read/text/remember.ts';
import { plainlySatisfies } from '../../read/text/satisfies.ts';

/**
 * Checks whether a version is in a range, including prereleases. Memoized, as each edit asks for nearly all of them
 * again.
 */
export function isWithinRange(version: string, range: string): boolean {
  return plainlySatisfies(version, range) ?? fits(`${version.length} ${version}${range}`);
}

/** The key is one text: the version's length, the version and the range. */
const fits = remember(4096, (pair: string): boolean => {
  const start = pair.indexOf(' ') + 1;
  const end = start + Number.parseInt(pair, 10);
  return semver.satisfies(pair.slice(start, end), pair.slice(end), { includePrerelease: true });
});
