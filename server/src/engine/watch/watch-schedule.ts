import type { ClockPort } from '../ports.ts';

/** The times of rounds. It has no timers itself. */
export interface WatchSchedule {
  /** Starts the schedule; the first round is delayed, as a starting editor has other things to do. */
  start(): void;
  /** Returns the milliseconds until the next round is due; 0 if it is. */
  rest(): number;
  /** Called at the end of a round; one that could not look at anything is repeated sooner, with growing delays. */
  ended(hasLooked: boolean): void;
}

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;

/** Each up to twice as long by chance, so that not all who start work at nine send requests at the same time. */
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
      // Nothing is scheduled that far ahead: the clock was wrong then, or is now.
      return rest > 2 * ROUND_MS ? 0 : Math.max(0, rest);
    },
    ended(hasLooked) {
      failures = hasLooked ? 0 : failures + 1;
      wait(hasLooked ? ROUND_MS : Math.min(PAUSE_MS * 2 ** (failures - 1), ROUND_MS));
    },
  };
}
