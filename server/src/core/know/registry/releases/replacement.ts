/** Words that may occur in the place of a name but are not names here. */
const NO_NAMES: ReadonlySet<string> = new Set([
  ...[
    'the',
    'a',
    'an',
    'it',
    'its',
    'this',
    'that',
    'these',
    'your',
    'our',
    'any',
    'another',
    'other',
    'one',
  ],
  ...[
    'native',
    'built-in',
    'builtin',
    'node',
    'npm',
    'version',
    'versions',
    'latest',
    'newer',
    'new',
    'instead',
  ],
  ...['with', 'from', 'to', 'at', 'of', 'as', 'in', 'on', 'only', 'package', 'at-least', 'v2', 'core', 'es6'],
]);

/**
 * Returns the package that a deprecation message recommends: "use X instead", "moved to X". Undefined unless the
 * message is that plain. Anybody can write the message, so that the name is only a suggestion to be looked up.
 */
export function replacementIn(message: string): string | undefined {
  const text = message.slice(0, 500);
  const parts = RECOMMENDS.exec(text);
  const name = parts?.[1]?.replace(/[.-]+$/, '').toLowerCase();
  return name === undefined || NO_NAMES.has(name) ? undefined : name;
}

const RECOMMENDS =
  /\b(?:please use|use|switch to|migrate to|moved to|renamed to|replaced by|replaced with|in favou?r of) (?:the )?["'`]?((?:@[\w.-]{1,100}\/)?[\w][\w.-]{0,100})["'`]?(?=\s+(?:instead|package)\b|\s*[.,;!)]|\s*$)/i;
