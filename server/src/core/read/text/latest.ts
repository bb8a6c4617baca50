const forgetters: (() => void)[] = [];

/**
 * Registers a function that releases a module's latest result: results cached for rules that run in turn would
 * otherwise keep a closed lockfile of many megabytes in memory.
 */
export function onForgetLatest(forget: () => void): void {
  forgetters.push(forget);
}

/** Releases every latest result. It is computed again on demand. */
export function forgetLatest(): void {
  for (const forget of forgetters) forget();
  // JavaScript keeps the text of the last match (`RegExp.input`), which may be part of a closed lockfile.
  NOTHING.test('');
}

const NOTHING = /^/;
