import type { ChildProcess } from 'node:child_process';

const CHECK_MS = 500;

/** A limit for how long processes run. */
export interface TimeLimit {
  /** Why they were ended, as a clause; undefined if they were not. */
  readonly reason: () => string | undefined;
  clear(): void;
}

/**
 * Ends processes once they run longer than allowed: a few small trees may list the same file a billion times, which git
 * would compare one by one.
 * @param allowed returns how long they may run by now
 */
export function limitTime(children: readonly ChildProcess[], allowed: () => number): TimeLimit {
  const start = performance.now();
  let reason: string | undefined;
  const timer = setInterval(() => {
    const seconds = Math.round(allowed() / 1000);
    if (performance.now() - start <= seconds * 1000) return;
    clearInterval(timer);
    // What has ended has printed all, however long that takes to read.
    const running = children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
    if (running.length === 0) return;
    reason = `git did not end in ${seconds} seconds`;
    for (const child of running) child.kill('SIGKILL');
  }, CHECK_MS);
  timer.unref();
  return { reason: () => reason, clear: () => clearInterval(timer) };
}
