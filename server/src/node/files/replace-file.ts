import { type Stats, unlinkSync } from 'node:fs';
import { type FileHandle, lstat, open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { crypto, workerThreads } from '../builtin-on-demand.ts';
import { FileProblem } from './file-problem.ts';

export interface ReplaceOptions {
  /** The permissions of a new file; those of an existing one stay. System default if undefined. */
  readonly mode?: number;
  /** The file's modification time, in milliseconds since 1970. */
  readonly modified?: number;
  /** Whether it has to be flushed to disk before it replaces the old one. True except for what can be fetched again. */
  readonly durable?: boolean;
  /** Verifies the existing file just before it is replaced; an error keeps it. */
  readonly check?: () => Promise<void>;
}

/**
 * Writes a file atomically, whatever ends the program. Never writes through a link, and refuses to replace one, a
 * folder, a pipe or a device. Throws a `FileProblem` or the system's error.
 */
export async function replaceFile(
  path: string,
  content: string | Uint8Array,
  { mode, modified, durable = true, check }: ReplaceOptions = {},
): Promise<void> {
  const before = await replaceable(path);
  const temporary = join(dirname(path), `.dephygiene-${crypto().randomUUID()}.tmp`);
  startWriting(temporary);
  try {
    const file = await open(temporary, 'wx', before === undefined ? mode : 0o600);
    try {
      await file.writeFile(content);
      if (before !== undefined) await keepAccess(file, before);
      if (modified !== undefined) await file.utimes(modified / 1000, modified / 1000);
      if (durable) await file.sync();
    } finally {
      await file.close();
    }
    await check?.();
    await replaceable(path);
    await rename(temporary, path);
    if (durable) await syncFolder(dirname(path));
  } catch (error) {
    remove(temporary);
    throw error;
  } finally {
    stopWriting(temporary);
  }
}

async function replaceable(path: string): Promise<Stats | undefined> {
  const found = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (found === undefined || found.isFile()) return found;
  if (found.isSymbolicLink()) throw new FileProblem('is a symbolic link');
  throw new FileProblem(found.isDirectory() ? 'is a folder' : 'is not a regular file');
}

/** Keeps the permissions, and the owner if permitted, which it is for the administrator only. */
async function keepAccess(file: FileHandle, { mode, uid, gid }: Stats): Promise<void> {
  const own = await file.stat();
  if (own.uid !== uid || own.gid !== gid) await file.chown(uid, gid).catch(() => undefined);
  await file.chmod(mode & 0o7777);
}

/** Makes the new name survive a power cut. Not every system can do that. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}

const OPENING_MS = 20;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Files that a signal would leave behind. */
const unfinished = new Set<string>();

function startWriting(temporary: string): void {
  // A thread receives no signals; the next sweep of the cache removes what it leaves.
  if (unfinished.size === 0 && workerThreads().isMainThread)
    for (const signal of SIGNALS) process.on(signal, removeUnfinished);
  unfinished.add(temporary);
}

function stopWriting(temporary: string): void {
  unfinished.delete(temporary);
  if (unfinished.size === 0) for (const signal of SIGNALS) process.off(signal, removeUnfinished);
}

/** Ends the program as the signal would have done, unless there is another listener. */
function removeUnfinished(signal: NodeJS.Signals): void {
  for (const path of unfinished) remove(path);
  // A file that is being opened right now is there a moment later.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, OPENING_MS);
  for (const path of unfinished) remove(path);
  if (process.listenerCount(signal) > 1) return;
  for (const each of SIGNALS) process.off(each, removeUnfinished);
  process.kill(process.pid, signal);
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It was never created, or was renamed already.
  }
}
