const forgetters: (() => void)[] = [];

/**
 * Registers a function that lets go of a module's latest result: what is kept for the rules that ask the same one after the
 * other would keep a closed lockfile of many megabytes in memory.
 */
export function onForgetLatest(forget: () => void): void {
  forgetters.push(forget);
}

/** Lets go of every latest result. It is computed again when somebody asks. */
export function forgetLatest(): void {
  for (const forget of forgetters) forget();
  // JavaScript keeps the text of the last match (`RegExp.input`), which may be a part of a closed lockfile's.
  NOTHING.test('');
}

const NOTHING = /^/;
