/**
 * Runs something that Ctrl-C may end. It is then stopped, what is being written to the cache is finished, and the process
 * ends as one does that was interrupted; a second Ctrl-C ends it at once.
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
  // Nothing goes on then, and the process ends once nothing is under way.
  if (isInterrupted) await new Promise<never>(() => {});
  process.off('SIGINT', interrupt);
  return result;
}
