/**
 * 0: nothing at or over the threshold; 1: findings at or over it; 2: wrong use, or a required input could not be read.
 */
export type ExitCode = 0 | 1 | 2;

/** Wrong input by the user: one sentence with the error and the correct input. */
export class WrongUse extends Error {}

/** Returns the error for an ambiguous `--base`. */
export function ambiguousBase(base: string, reason: string, advice: string): WrongUse {
  return new WrongUse(`--base ${base} is ambiguous, as ${reason}; ${advice}.`);
}
