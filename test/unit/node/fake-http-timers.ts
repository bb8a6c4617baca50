import type { HttpTimers } from '../../../server/src/node/http/http-time-limits.ts';

/** Timers of requests that a test advances. */
export interface FakeHttpTimers {
  readonly timers: HttpTimers;
  /** Runs the callbacks that become due, each at its time. */
  pass(milliseconds: number): void;
  /** Called when a part of a body has arrived at the client, which restarts a request's silence. */
  arrived: () => void;
}

interface Timer {
  at: number;
  readonly milliseconds: number;
  readonly repeats: boolean;
  readonly callback: () => void;
}

export function fakeHttpTimers(): FakeHttpTimers {
  let now = 0;
  const set = new Set<Timer>();
  const start = (milliseconds: number, callback: () => void, repeats: boolean): Timer => {
    const timer = { at: now + milliseconds, milliseconds, callback, repeats };
    set.add(timer);
    return timer;
  };
  const fake: FakeHttpTimers = {
    timers: {
      after(milliseconds, callback) {
        const timer = start(milliseconds, callback, false);
        return {
          refresh() {
            timer.at = now + milliseconds;
            fake.arrived();
          },
          stop: () => set.delete(timer),
        };
      },
      every(milliseconds, callback) {
        const timer = start(milliseconds, callback, true);
        return { stop: () => set.delete(timer) };
      },
    },
    pass(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        const [next] = [...set].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        now = next.at;
        if (next.repeats) next.at += next.milliseconds;
        else set.delete(next);
        next.callback();
      }
      now = end;
    },
    arrived: () => {},
  };
  return fake;
}
