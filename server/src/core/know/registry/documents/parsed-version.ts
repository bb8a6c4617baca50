import semver from 'semver';
import { remember } from '../../../read/text/remember.ts';

const parse = remember(4_000, (version) => ({ parsed: semver.parse(version) }));

/**
 * The version, taken apart once however often it is compared; null for what is no version. For the functions of semver,
 * which take it in place of the text.
 */
export function parsedVersion(version: string): semver.SemVer | null {
  return parse(version).parsed;
}
