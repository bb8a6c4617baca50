/** Formats 1,204: with thousands separators, the same on every machine. */
export function group(count: number): string {
  const digits = String(count);
  const first = digits.length % 3 || 3;
  let grouped = digits.slice(0, first);
  for (let at = first; at < digits.length; at += 3) grouped += `,${digits.slice(at, at + 3)}`;
  return grouped;
}

/** Formats a number with a matching noun: `1 file`, `1,204 packages`, `2 entries`. */
export function plural(count: number, one: string, many = one === 'entry' ? 'entries' : `${one}s`): string {
  return `${group(count)} ${count === 1 ? one : many}`;
}

/**
 * Formats the first of several names, and the number of further ones: `a, b and 3 more`.
 *
 * @param most the maximum number of names
 * @param count the total, if `names` are only the first of them
 */
export function namesAndMore(names: readonly string[], most: number, count = names.length): string {
  const shown = names.slice(0, most).join(', ');
  const more = count - Math.min(names.length, most);
  return more > 0 ? `${shown} and ${group(more)} more` : shown;
}

/** Formats all of several names for a sentence: `a, b and c`. */
export function joinNames(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
