import { open, stat, unlink, utimes } from 'node:fs/promises';
import { readBoundedText } from '../files/read-bounded.ts';
import { DatabaseProblem } from './database-problem.ts';

/** Longer than any running update is silent. */
const ABANDONED_MS = 10 * 60 * 1000;

/** Locks against concurrent updates in any process, and returns the unlock function. */
export async function lockUpdate(path: string): Promise<() => Promise<void>> {
  if (await isAbandoned(path)) await unlink(path).catch(() => undefined);
  const file = await open(path, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
    return undefined;
  });
  if (file === undefined) {
    throw new DatabaseProblem('Another update of the database is under way; wait until it has ended.');
  }
  try {
    await file.writeFile(String(process.pid));
  } catch (error) {
    // On a full disk, the lock file would block the next update.
    await unlink(path).catch(() => undefined);
    throw error;
  } finally {
    await file.close();
  }
  const timer = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, ABANDONED_MS / 10);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await unlink(path).catch(() => undefined);
  };
}

/** Checks for a lock of a process that was killed. */
async function isAbandoned(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return false;
  if (Date.now() - found.mtimeMs > ABANDONED_MS) return true;
  const text = await readBoundedText(path, { maxBytes: 100 }).catch(() => '');
  return /^\d{1,10}$/.test(text) && !isRunning(Number(text));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // The process belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
