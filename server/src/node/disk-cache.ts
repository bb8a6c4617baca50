import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CachePort } from '../engine/ports.ts';

export interface DiskCacheOptions {
  /** Absolute path; made when the first record is written. */
  readonly directory: string;
  /** The oldest records are removed over this size. */
  readonly maxBytes?: number;
}

const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;
const MARK = 'dephygiene-cache-1';
const ABANDONED_MS = 60 * 60 * 1000;

/**
 * Records as files that only this user may read, named by a hash of their key. Each is written whole under another
 * name and then renamed, so that two processes never see half of one; each carries its key and a hash of its text,
 * so that a broken or foreign file is a miss.
 */
export function createDiskCache({ directory, maxBytes = DEFAULT_MAX_BYTES }: DiskCacheOptions): CachePort {
  const pathOf = (key: string) => join(directory, `${hash(key)}.json`);
  /** So that the size is looked at when the first record is written, and then now and again. */
  let sinceSweep = maxBytes;
  return {
    async read(key) {
      const file = await readFile(pathOf(key), 'utf8').catch(() => undefined);
      return file === undefined ? undefined : unwrap(key, file);
    },
    async write(key, record) {
      const file = wrap(key, record);
      if (file.length > maxBytes / 4) return;
      const temporary = join(directory, `${randomUUID()}.tmp`);
      try {
        await mkdir(directory, { recursive: true, mode: 0o700 });
        await writeFile(temporary, file, { mode: 0o600, flag: 'wx' });
        await rename(temporary, pathOf(key));
      } catch {
        await unlink(temporary).catch(() => undefined);
        return;
      }
      sinceSweep += file.length;
      if (sinceSweep < maxBytes / 16) return;
      sinceSweep = 0;
      await sweep(directory, maxBytes);
    },
  };
}

function wrap(key: string, record: string): string {
  return `${MARK} ${hash(record)} ${key}\n${record}`;
}

function unwrap(key: string, file: string): string | undefined {
  const end = file.indexOf('\n');
  const record = file.slice(end + 1);
  return end !== -1 && file.slice(0, end) === `${MARK} ${hash(record)} ${key}` ? record : undefined;
}

/** Removes the oldest records until a tenth is free, and temporary files that a killed process left behind. */
async function sweep(directory: string, maxBytes: number): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  const files: { readonly path: string; readonly size: number; readonly time: number }[] = [];
  for (const name of names) {
    const path = join(directory, name);
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile() !== true) continue;
    if (name.endsWith('.json')) files.push({ path, size: found.size, time: found.mtimeMs });
    else if (name.endsWith('.tmp') && found.mtimeMs < Date.now() - ABANDONED_MS) await remove(path);
  }
  let total = files.reduce((sum, file) => sum + file.size, 0);
  if (total <= maxBytes) return;
  files.sort((a, b) => a.time - b.time);
  for (const { path, size } of files) {
    if (total <= maxBytes * 0.9) return;
    await remove(path);
    total -= size;
  }
}

async function remove(path: string): Promise<void> {
  await unlink(path).catch(() => undefined);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
