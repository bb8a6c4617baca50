/**
 * Runs something that Ctrl-C may interrupt. Then the work is stopped, pending writes to the cache are completed, and
 * the process ends as an interrupted one; a second Ctrl-C ends it at once.
 */
export async function untilInterrupted<T>(run: () => Promise<T>, stop: () => void): Promise<T> {
  let isInterrupted = false;
  const interrupt = () => {
    isInterrupted = true;
    process.once('beforeExit', () => process.kill(process.pid, 'SIGINT'));
    stop();
  };
  process.once('SIGINT', interrupt);
  const result = await run();
  // Never resolves, so that nothing continues and the process ends once it is idle.
  if (isInterrupted) await new Promise<never>(() => {});
  process.off('SIGINT', interrupt);
  return result;
}
