import { type Stats, unlinkSync } from 'node:fs';
import { type FileHandle, lstat, open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { crypto, workerThreads } from '../builtin-on-demand.ts';
import { FileProblem } from './file-problem.ts';

export interface ReplaceOptions {
  /** The permissions of a file that is new; those of one that is there stay. Left to the system where it is not given. */
  readonly mode?: number;
  /** The time that the file gets, in milliseconds since 1970. */
  readonly modified?: number;
  /** Whether it has to be on the disk before the old one goes: it is, but for what can be fetched again. */
  readonly durable?: boolean;
  /** Looks again at what is there, just before it is replaced; what it throws keeps it. */
  readonly check?: () => Promise<void>;
}

/**
 * Writes a file so that it is there as a whole or as it was before, whatever ends the program. It never writes through a
 * link, and refuses to take the place of one, of a folder, a pipe or a device. Throws a `FileProblem` or what the system says.
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

/** The owner is kept where that is allowed, which it is to the administrator alone. */
async function keepAccess(file: FileHandle, { mode, uid, gid }: Stats): Promise<void> {
  const own = await file.stat();
  if (own.uid !== uid || own.gid !== gid) await file.chown(uid, gid).catch(() => undefined);
  await file.chmod(mode & 0o7777);
}

/** So that the new name outlasts a power cut. Not every system can do that. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** What a signal would leave behind. */
const unfinished = new Set<string>();

function startWriting(temporary: string): void {
  // A thread gets no signals; what it leaves is removed by the next sweep of the cache.
  if (unfinished.size === 0 && workerThreads().isMainThread)
    for (const signal of SIGNALS) process.on(signal, removeUnfinished);
  unfinished.add(temporary);
}

function stopWriting(temporary: string): void {
  unfinished.delete(temporary);
  if (unfinished.size === 0) for (const signal of SIGNALS) process.off(signal, removeUnfinished);
}

/** Ends the program as the signal would have done, unless somebody else listens to it. */
function removeUnfinished(signal: NodeJS.Signals): void {
  for (const path of unfinished) remove(path);
  if (process.listenerCount(signal) > 1) return;
  for (const each of SIGNALS) process.off(each, removeUnfinished);
  process.kill(process.pid, signal);
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It was never made, or has its name already.
  }
}
