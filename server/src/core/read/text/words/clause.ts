/** Converts a sentence into a clause: without its initial capital and its full stop. */
export function asClause(sentence: string): string {
  const text = sentence.endsWith('.') ? sentence.slice(0, -1) : sentence;
  // A word in capitals, or a name such as `A.`, stays as it is.
  return /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
