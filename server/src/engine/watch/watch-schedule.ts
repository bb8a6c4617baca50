import type { ClockPort } from '../ports.ts';

/** When rounds are due. It waits for nothing itself. */
export interface WatchSchedule {
  /** From now on; the first round is not at once, as an editor that starts has other things to do. */
  start(): void;
  /** Milliseconds until the next round is due; 0 where it is. */
  rest(): number;
  /** A round has ended; one that could look at nothing is tried again sooner, and then later and later. */
  ended(hasLooked: boolean): void;
}

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;

/** Each with up to as much again by chance, so that not all who start work at nine ask at the same time. */
const FIRST_MS = 4 * MINUTE;
const ROUND_MS = 3 * HOUR;
const PAUSE_MS = 20 * MINUTE;

export function createWatchSchedule({ now, random }: Pick<ClockPort, 'now' | 'random'>): WatchSchedule {
  let due = 0;
  let failures = 0;
  const wait = (milliseconds: number) => {
    due = now() + milliseconds * (1 + (random?.() ?? 0));
  };
  return {
    start() {
      failures = 0;
      wait(FIRST_MS);
    },
    rest() {
      const rest = due - now();
      // Nothing is that far ahead: the clock was wrong then, or is now.
      return rest > 2 * ROUND_MS ? 0 : Math.max(0, rest);
    },
    ended(hasLooked) {
      failures = hasLooked ? 0 : failures + 1;
      wait(hasLooked ? ROUND_MS : Math.min(PAUSE_MS * 2 ** (failures - 1), ROUND_MS));
    },
  };
}
