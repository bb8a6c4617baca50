import type { CancellationToken } from 'vscode-languageserver';
import type { ServerState } from './server-state.ts';

/** Typing is answered by requests about its document; what it changes in others may come after it. */
const AFTER_EDIT_MS = 2_000;

/** Waits until diagnoses may differ, or the request is cancelled. */
export type NextChange = (token: CancellationToken) => Promise<void>;

/** Returns a function that waits for the next change of a server, without a timer until there is one. */
export function createNextChange({ changed, edited, timers }: ServerState): NextChange {
  const waiting = new Set<{ readonly now: () => void; readonly later: () => void }>();
  changed.add(() => {
    for (const { now } of [...waiting]) now();
  });
  edited.add(() => {
    for (const { later } of waiting) later();
  });
  return (token) =>
    new Promise((resolve) => {
      let callOff: (() => void) | undefined;
      const one = {
        now() {
          waiting.delete(one);
          callOff?.();
          cancelled.dispose();
          resolve();
        },
        later() {
          callOff ??= timers.after(AFTER_EDIT_MS, one.now);
        },
      };
      waiting.add(one);
      const cancelled = token.onCancellationRequested(one.now);
    });
}
