/**
 * Names of members with their numbers, looked up in place in a text without extracting them. For names that differ in
 * their length or their third letter.
 */
export class MemberNames {
  readonly #names: readonly string[];
  readonly #numbers: Int16Array;
  /** The only possible name, plus 1, by length and third letter. */
  readonly #places = new Uint8Array(LETTERS * LETTERS);

  /**
   * @param members names of three or more letters, each with a nonzero number
   * @throws Error for two that do not differ in that way
   */
  constructor(members: readonly (readonly [string, number])[]) {
    this.#names = members.map(([name]) => name);
    this.#numbers = Int16Array.from(members, ([, number]) => number);
    for (const [index, name] of this.#names.entries()) {
      const place = placeOf(name.length, name.charCodeAt(2));
      if (this.#places[place] !== 0) throw new Error(`${name} has the place of another`);
      this.#places[place] = index + 1;
    }
  }

  /** Returns the number of the name; 0 for any other. */
  of(name: string): number {
    return this.at(name, 0, name.length);
  }

  /** Returns the number of the name that starts there in a text. */
  at(text: string, start: number, length: number): number {
    if (length < 3 || length >= LETTERS) return 0;
    const index = this.#places[placeOf(length, text.charCodeAt(start + 2))]! - 1;
    return index >= 0 && text.startsWith(this.#names[index]!, start) ? this.#numbers[index]! : 0;
  }
}

/** A power of two above all lengths, large enough to tell letters apart. */
const LETTERS = 32;

function placeOf(length: number, third: number): number {
  return length * LETTERS + (third & (LETTERS - 1));
}
