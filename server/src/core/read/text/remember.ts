import { ownCopy } from './own-copy.ts';

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
    const known = young.get(text);
    if (known !== undefined) return known;
    const kept = ownCopy(text);
    const answer = old.get(text) ?? compute(kept);
    if (young.size >= most) {
      old = young;
      young = new Map();
    }
    young.set(kept, answer);
    return answer;
  };
}
