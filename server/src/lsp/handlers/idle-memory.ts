import type { ServerState } from '../server-state.ts';

/** Longer than a pause in typing. */
const IDLE_MS = 20_000;

/** Gives memory back to the system when nothing was typed, opened or closed for a while: once after each such time. */
export function releaseMemoryWhenIdle(
  { edited, changed, ended, timers }: ServerState,
  release: () => void,
): void {
  let callOff: (() => void) | undefined;
  const wait = () => {
    callOff?.();
    callOff = timers.after(IDLE_MS, release);
  };
  edited.add(wait);
  changed.add(wait);
  ended.add(() => callOff?.());
}
