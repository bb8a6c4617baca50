import { ownCopy } from '../text/own-copy.ts';
import { remember } from '../text/remember.ts';
import { packageNameProblem } from './package-name.ts';
import { readSpecifier } from './read-specifier.ts';
import type { Specifier } from './specifier.ts';

/** A package's name with what follows from it, and from what was declared for it last. */
export class KnownName {
  /** Cut out of no text. */
  readonly text: string;
  /** Why no registry can have a package of this name, undefined where one can. */
  readonly problem: string | undefined;
  #declared: string | undefined;
  #specifier: Specifier | undefined;

  constructor(text: string) {
    this.text = text;
    this.problem = packageNameProblem(text);
  }

  /** What a dependency of this name means by its value: remembered, as manifests and edits say the same again and again. */
  specifierOf(declared: string): Specifier {
    if (this.#specifier === undefined || this.#declared !== declared) {
      this.#specifier = readSpecifier(this.text, declared);
      this.#declared = ownCopy(declared);
    }
    return this.#specifier;
  }
}

/**
 * Of each name one, as the same few thousand are read with every manifest of a project and every edit: a map finds a
 * text that it has as its own key without comparing characters.
 */
export const knownName = remember(8192, (text) => new KnownName(text));
