/** Longer texts are rare, and would make what is remembered large. */
const LONGEST = 256;

/**
 * The same function, with its latest answers remembered: at least the last `most` of them and at most twice as many.
 * It must depend on nothing but the text, and what it gives must not be changed by anyone.
 */
export function remember<T extends NonNullable<unknown>>(
  most: number,
  compute: (text: string) => T,
): (text: string) => T {
  let young = new Map<string, T>();
  let old = new Map<string, T>();
  return (text) => {
    if (text.length > LONGEST) return compute(text);
    let answer = young.get(text);
    if (answer !== undefined) return answer;
    answer = old.get(text) ?? compute(text);
    if (young.size >= most) {
      old = young;
      young = new Map();
    }
    young.set(text, answer);
    return answer;
  };
}
