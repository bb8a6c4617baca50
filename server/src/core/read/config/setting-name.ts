/** `${NAME-default}` and `${NAME:-default}` of pnpm's `env-replace`, `${NAME?}` of npm, in a key. */
const VARIABLE = /\$\{([^${}:?-]+)(?:(:?-)([^${}]+)|\?)?\}/g;

/**
 * Expands variables in a key as npm and pnpm do where the environment does not have them: those with a default give it,
 * npm drops `${NAME?}`, and others stay.
 */
export function expandedKey(key: string): string {
  if (!key.includes('${')) return key;
  return key.replace(VARIABLE, (whole: string, _name: string, sign?: string, fallback?: string) => {
    if (sign !== undefined) return fallback!;
    return whole.endsWith('?}') ? '' : whole;
  });
}

/** Tells whether a key holds a variable that only the environment knows: it may be any setting. */
export function isUnknownKey(key: string): boolean {
  return expandedKey(key).includes('${');
}

/** Returns a key as pnpm's `lodash.kebabcase` takes its words, joined as pnpm documents its settings: `scriptShell`. */
export function camelCaseKey(key: string): string {
  const words = expandedKey(key).match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g) ?? [];
  return words
    .map((word, at) => {
      const lower = word.toLowerCase();
      return at === 0 ? lower : lower[0]!.toUpperCase() + lower.slice(1);
    })
    .join('');
}
