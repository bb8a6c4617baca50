import { remember } from '../text/remember.ts';
import { packageNameProblem } from './package-name.ts';

/** A package's name with what follows from it alone. */
export interface KnownName {
  /** Cut out of no text. */
  readonly text: string;
  /** Why no registry can have a package of this name, undefined where one can. */
  readonly problem: string | undefined;
}

/**
 * Of each name one, as the same few thousand are read with every manifest of a project and every edit: a map finds a
 * text that it has as its own key without comparing characters.
 */
export const knownName = remember(8192, (text): KnownName => ({ text, problem: packageNameProblem(text) }));
