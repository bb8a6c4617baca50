import { packageNameProblem } from '../../read/manifest/package-name.ts';
import { asciiLookAlike } from './visual-skeleton.ts';

/**
 * Checks whether a text is a package name, or would be read as one: look-alike letters of other scripts, which no
 * registry accepts, and leading dashes, dots and underscores occur in deceptive names.
 */
export function isPossibleName(text: string): boolean {
  const name = asciiLookAlike(text).replace(/^[-._]+/, '');
  return text.length <= LONGEST_LOOKED_AT && name !== '' && packageNameProblem(name) === undefined;
}

/** Some characters of a look-alike are invisible. */
const LONGEST_LOOKED_AT = 1_000;
