/** `${NAME-default}` and `${NAME:-default}` of pnpm's `env-replace`, `${NAME?}` of npm, in a key. */
const VARIABLE = /\$\{([^${}:?-]+)(?:(:?-)([^${}]+)|\?)?\}/g;

/**
 * Expands variables in a key as npm and pnpm do if the environment lacks them: a default is used, npm drops `${NAME?}`,
 * and others stay as they are.
 */
export function expandedKey(key: string): string {
  if (!key.includes('${')) return key;
  return key.replace(VARIABLE, (whole: string, _name: string, sign?: string, fallback?: string) => {
    if (sign !== undefined) return fallback!;
    return whole.endsWith('?}') ? '' : whole;
  });
}

/** Checks whether a key contains a variable that only the environment defines, so that it may be any setting. */
export function isUnknownKey(key: string): boolean {
  return expandedKey(key).includes('${');
}

/** Splits a key into words like pnpm's `lodash.kebabcase` and joins them as in pnpm's docs: `scriptShell`. */
export function camelCaseKey(key: string): string {
  const words = expandedKey(key).match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g) ?? [];
  return words
    .map((word, at) => {
      const lower = word.toLowerCase();
      return at === 0 ? lower : lower[0]!.toUpperCase() + lower.slice(1);
    })
    .join('');
}

/** Writes a key in camel case with dashes: `script-shell`. */
export function kebabCaseKey(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
