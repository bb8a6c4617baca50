/**
 * Returns a function that matches names as pnpm does: `*` matches any characters, including a slash, and `!` excludes
 * names. A list of exclusions alone matches all other names.
 */
export function pnpmMatcher(patterns: readonly string[]): (name: string) => boolean {
  const steps = patterns.map((pattern) => {
    const isExcluding = pattern.startsWith('!');
    return { isExcluding, matches: starMatcher(isExcluding ? pattern.slice(1) : pattern) };
  });
  const isAllButThese = steps.length > 0 && steps.every(({ isExcluding }) => isExcluding);
  return (name) => {
    let isIn = isAllButThese;
    for (const { isExcluding, matches } of steps) {
      if (isExcluding === isIn && matches(name)) isIn = !isExcluding;
    }
    return isIn;
  };
}

/** Returns a function that matches one such pattern without `!`. */
export function starMatcher(pattern: string): (name: string) => boolean {
  const parts = pattern.split('*');
  if (parts.length === 1) return (name) => name === pattern;
  const first = parts[0]!;
  const last = parts.at(-1)!;
  return (name) => {
    if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last))
      return false;
    let at = first.length;
    for (const part of parts.slice(1, -1)) {
      const found = name.indexOf(part, at);
      if (found === -1) return false;
      at = found + part.length;
    }
    return at <= name.length - last.length;
  };
}
