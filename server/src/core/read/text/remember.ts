import { ownCopy } from './own-copy.ts';

/** Longer texts are rare, and would make the cache large. */
const LONGEST = 256;

/**
 * Memoizes a function of a text: keeps at least the latest `most` results and at most twice as many. The result must
 * depend on nothing but the text, and must not be mutated.
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
