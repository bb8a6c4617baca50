import type { Timers } from '../lsp/timers.ts';

export const NODE_TIMERS: Timers = {
  nextTurn: () => new Promise((resolve) => setImmediate(resolve)),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
};
