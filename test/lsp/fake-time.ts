import type { ClockPort } from '../../server/src/engine/ports.ts';
import type { Timers } from '../../server/src/lsp/timers.ts';
import { NODE_TIMERS } from '../../server/src/node/node-timers.ts';

/** A clock that a test advances, with its timers. */
export interface FakeTime {
  readonly clock: ClockPort;
  readonly timers: Timers;
  /** The number of pending timers that are not due within a second, as those after each change are. */
  readonly pending: number;
  /** The number of pending waits inside the engine. */
  readonly waits: number;
  /** Runs the callbacks that become due, each at its time. */
  pass(milliseconds: number): void;
}

export function fakeTime(start: string): FakeTime {
  let now = Date.parse(start);
  const set = new Set<{ readonly at: number; callback(): void }>();
  let waits = 0;
  // Waits inside the engine are short, and nothing is checked during them: they take a turn of the event loop,
  // but no time.
  const wait = async () => {
    waits++;
    await NODE_TIMERS.nextTurn();
    waits--;
  };
  return {
    clock: { now: () => now, wait, random: () => 0 },
    timers: {
      nextTurn: NODE_TIMERS.nextTurn,
      after(milliseconds, callback) {
        const timer = { at: now + milliseconds, callback };
        set.add(timer);
        return () => set.delete(timer);
      },
    },
    get pending() {
      return [...set].filter(({ at }) => at > now + 1000).length;
    },
    get waits() {
      return waits;
    },
    pass(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        const [next] = [...set].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        set.delete(next);
        now = Math.max(now, next.at);
        next.callback();
      }
      now = end;
    },
  };
}
