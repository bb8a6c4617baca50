import type { Timers } from '../lsp/timers.ts';

const { port1, port2 } = new MessageChannel();
const waiting: (() => void)[] = [];
port1.onmessage = () => waiting.shift()?.();

/** The timers of a worker. A message to itself has none of the 4 ms that nested calls of `setTimeout` wait. */
export const WEB_TIMERS: Timers = {
  nextTurn: () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port2.postMessage(undefined);
    }),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
};
