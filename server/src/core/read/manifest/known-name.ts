import { ownCopy } from '../text/own-copy.ts';
import { remember } from '../text/remember.ts';
import { packageNameProblem } from './package-name.ts';
import { readSpecifier } from './read-specifier.ts';
import type { Specifier } from './specifier.ts';

/** A package name with values derived from it, and the last specifier declared for it. */
export class KnownName {
  /** Not a slice of a larger text. */
  readonly text: string;
  /** Why no registry can have a package of this name; undefined if it is valid. */
  readonly problem: string | undefined;
  #declared: string | undefined;
  #specifier: Specifier | undefined;

  constructor(text: string) {
    this.text = text;
    this.problem = packageNameProblem(text);
  }

  /** Parses a dependency's specifier: memoized, because manifests and edits repeat the same ones. */
  specifierOf(declared: string): Specifier {
    if (this.#specifier === undefined || this.#declared !== declared) {
      this.#specifier = readSpecifier(this.text, declared);
      this.#declared = ownCopy(declared);
    }
    return this.#specifier;
  }
}

/**
 * Returns a single instance for each name, because the same few thousand are read with every manifest of a project and
 * every edit: a map finds a string that is its own key without comparing characters.
 */
export const knownName = remember(8192, (text) => new KnownName(text));
