/**
 * Finds a character repeatedly at increasing offsets. A result is kept until it is passed, so that all searches of one
 * text together cost one pass over it, however rare the character is.
 */
export class ForwardSearch {
  readonly #text: string;
  readonly #character: string;
  #found = -1;

  constructor(text: string, character: string) {
    this.#text = text;
    this.#character = character;
  }

  /** Returns the first offset from `at`, or the text's length. `at` must not decrease. */
  from(at: number): number {
    if (this.#found < at) {
      const found = this.#text.indexOf(this.#character, at);
      this.#found = found === -1 ? this.#text.length : found;
    }
    return this.#found;
  }
}
