import { mkdir, readdir, stat, unlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { CachePort } from '../engine/ports.ts';
import { crypto, zlib } from './builtin-on-demand.ts';
import { readBoundedSync } from './files/read-bounded.ts';
import { replaceFile } from './files/replace-file.ts';

export interface DiskCacheOptions {
  /** An absolute path; created with the first record. */
  readonly directory: string;
  /** Above this size, the records with the oldest confirmation are removed. */
  readonly maxBytes?: number;
}

const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;
const MAX_PLAIN = 32 * 1024;
const MAX_PACKED = 16 * 1024 * 1024;
const MAX_UNPACKED = 64 * 1024 * 1024;
const MARK = 'dephygiene-cache-2';
const ABANDONED_MS = 60 * 60 * 1000;
function compress(text: string): Promise<Buffer> {
  const { brotliCompress, constants } = zlib();
  return promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } });
}

const QUALITY = 4;

/**
 * Creates a cache of records as files that only this user may read, large ones compressed, named by a hash of their
 * key; a file's time is when its source confirmed it. Each is written completely under another name and then
 * renamed, so that no process sees half of one. Each contains its key and a hash of the rest, so that a damaged or
 * foreign file is a miss.
 */
export function createDiskCache({ directory, maxBytes = DEFAULT_MAX_BYTES }: DiskCacheOptions): CachePort {
  const pathOf = (key: string) => join(directory, `${hash(key)}.${isOwn(key) ? 'own' : 'record'}`);
  /** Makes the first write, and later ones now and again, check the size. */
  let sinceSweep = maxBytes;
  return {
    async read(key) {
      const found = readWithTime(pathOf(key));
      if (found === undefined) return undefined;
      const text = unwrap(key, found.bytes);
      return text === undefined ? undefined : { text, asOf: Math.round(found.time) };
    },
    async write(key, { text, asOf }) {
      try {
        const file = await wrap(key, text);
        if (file.length > maxBytes / 4) return;
        await mkdir(directory, { recursive: true, mode: 0o700 });
        // Records lost in a power cut are fetched again.
        await replaceFile(pathOf(key), file, { mode: 0o600, modified: asOf, durable: isOwn(key) });
        sinceSweep += file.length;
      } catch {
        return;
      }
      if (sinceSweep < maxBytes / 16) return;
      sinceSweep = 0;
      await sweep(directory, maxBytes);
    },
    async confirm(key, asOf) {
      await utimes(pathOf(key), asOf / 1000, asOf / 1000).catch(() => undefined);
    },
  };
}

/**
 * Reads a file and its time through one descriptor, as another process may replace it meanwhile. Synchronous: awaiting
 * hundreds of small files costs several times as much as reading them.
 */
function readWithTime(path: string): { bytes: Buffer; time: number } | undefined {
  try {
    return readBoundedSync(path, MAX_PACKED);
  } catch {
    return undefined;
  }
}

/**
 * Wraps a text as a record. Small ones are not compressed: decompressing hundreds of them would
 * take longer than reading them.
 */
async function wrap(key: string, text: string): Promise<Buffer> {
  const isPacked = text.length > MAX_PLAIN;
  const bytes = isPacked ? await compress(text) : Buffer.from(text);
  return Buffer.concat([Buffer.from(`${header(key, isPacked, bytes)}\n`), bytes]);
}

function unwrap(key: string, file: Buffer): string | undefined {
  const end = file.indexOf('\n');
  const bytes = file.subarray(end + 1);
  const written = file.toString('utf8', 0, Math.max(end, 0));
  if (written === header(key, false, bytes)) return bytes.toString();
  if (written !== header(key, true, bytes)) return undefined;
  try {
    return zlib().brotliDecompressSync(bytes, { maxOutputLength: MAX_UNPACKED }).toString();
  } catch {
    return undefined;
  }
}

function header(key: string, isPacked: boolean, bytes: Uint8Array): string {
  return `${MARK} ${isPacked ? 'br' : 'plain'} ${hash(bytes)} ${key}`;
}

/** Checks for records that cannot be fetched again: those of watches. They are small, and are never evicted. */
function isOwn(key: string): boolean {
  return key.startsWith('watch ');
}

/**
 * Removes the oldest records until a tenth is free, those of earlier formats, and what a killed process left behind.
 */
async function sweep(directory: string, maxBytes: number): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  const files: { readonly path: string; readonly size: number; readonly time: number }[] = [];
  for (const name of names) {
    const path = join(directory, name);
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile() !== true) continue;
    if (name.endsWith('.record')) files.push({ path, size: found.size, time: found.mtimeMs });
    else if (/^[0-9a-f]{64}\.json$/.test(name)) await remove(path);
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

function hash(text: string | Uint8Array): string {
  return crypto().hash('sha256', text);
}
