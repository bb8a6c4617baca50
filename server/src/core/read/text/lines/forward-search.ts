/**
 * Finds a character again and again at growing offsets. What was found is kept until it is passed, so that all searches
 * of one text together cost one pass over it, however rare the character is.
 */
export class ForwardSearch {
  readonly #text: string;
  readonly #character: string;
  #found = -1;

  constructor(text: string, character: string) {
    this.#text = text;
    this.#character = character;
  }

  /** The first place at or behind `at`, the text's length where there is none. `at` must not go back. */
  from(at: number): number {
    if (this.#found < at) {
      const found = this.#text.indexOf(this.#character, at);
      this.#found = found === -1 ? this.#text.length : found;
    }
    return this.#found;
  }
}
