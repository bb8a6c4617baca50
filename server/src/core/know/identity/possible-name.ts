import { packageNameProblem } from '../../read/manifest/package-name.ts';
import { asciiLookAlike } from './visual-skeleton.ts';

/**
 * Whether a text is a package's name, or would be read as one: look-alike letters of other scripts, which no registry takes,
 * and dashes, dots and underscores in front are those of a name that deceives.
 */
export function isPossibleName(text: string): boolean {
  const name = asciiLookAlike(text).replace(/^[-._]+/, '');
  return text.length <= LONGEST_LOOKED_AT && name !== '' && packageNameProblem(name) === undefined;
}

/** Some characters of a look-alike are not seen. */
const LONGEST_LOOKED_AT = 1_000;
