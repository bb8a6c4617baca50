import semver from 'semver';
import { remember } from '../../../read/text/remember.ts';

const parse = remember(4_000, (version) => ({ parsed: semver.parse(version) }));

/**
 * Parses a version, once however often it is compared; null if it is invalid. For the functions of semver, which accept
 * it in place of the text.
 */
export function parsedVersion(version: string): semver.SemVer | null {
  return parse(version).parsed;
}
