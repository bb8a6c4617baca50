import type { ServerState } from '../server-state.ts';

/** Longer than the time from a change to the question about it that a client asks at once, and between two key presses. */
export const READ_BESIDE_MS = 300;

/**
 * Has the session read what checks want beside the files of a project, after each change whose diagnostics were sent: to
 * choose these files takes a tenth of the time until the first diagnostics, which do not wait for them.
 */
export function readBesideWhenAnswered({ session, edited, changed, ended, timers }: ServerState): void {
  let callOff: (() => void) | undefined;
  const soon = () => {
    callOff?.();
    callOff = timers.after(READ_BESIDE_MS, session.readBeside);
  };
  edited.add(soon);
  changed.add(soon);
  ended.add(() => callOff?.());
}
