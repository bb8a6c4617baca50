/** Checks whether a text is the pattern, in which `*` matches any characters. Time is proportional to both lengths. */
export function matchesPattern(pattern: string, text: string): boolean {
  if (!pattern.includes('*')) return pattern === text;
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop() ?? '';
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last))
    return false;
  let at = first.length;
  const end = text.length - last.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found === -1 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}

/** Does the same for any of several patterns, ignoring case. */
export function matchesAnyIgnoringCase(patterns: readonly string[], text: string): boolean {
  const lower = text.toLowerCase();
  return patterns.some((pattern) => matchesPattern(pattern.toLowerCase(), lower));
}
