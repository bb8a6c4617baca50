/**
 * 0: nothing at or over the threshold; 1: findings at or over it; 2: wrong use, or something that had to be read could
 * not be.
 */
export type ExitCode = 0 | 1 | 2;

/** The user typed something that has no meaning: one sentence of what was wrong and what to type instead. */
export class WrongUse extends Error {}

/** The error for a `--base` that means several commits. */
export function ambiguousBase(base: string, reason: string, advice: string): WrongUse {
  return new WrongUse(`--base ${base} is ambiguous, as ${reason}; ${advice}.`);
}
