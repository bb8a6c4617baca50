import { closeSync } from 'node:fs';
import { crc32, inflateRawSync } from 'node:zlib';
import { type Entry, fromRandomAccessReaderPromise, type ZipFile } from 'yauzl';
import { openRegularSync } from '../files/open-regular.ts';
import { ChunkReader, readAt } from './chunk-reader.ts';
import { DatabaseProblem } from './database-problem.ts';

const MAX_TEXT = 16 * 1024 * 1024;
/** Several times the size of all OSV records. Overlapping entries can contain more than the file does. */
export const MAX_TOTAL = 4 * 1024 * 1024 * 1024;
const STORED = 0;
const DEFLATED = 8;

/**
 * Yields the texts of the JSON files in a zip, one after the other, each verified against the size and
 * checksum in the zip.
 */
export async function* zipTexts(path: string): AsyncGenerator<string> {
  const {
    file,
    stats: { size },
  } = openRegularSync(path);
  try {
    const zip = await fromRandomAccessReaderPromise(new ChunkReader(file, size), size).catch(() => undefined);
    if (zip === undefined)
      throw new DatabaseProblem(`${path} is not a readable zip file; download it again.`);
    let total = 0;
    for await (const entry of entriesOf(zip, path)) {
      if (!entry.fileName.endsWith('.json')) continue;
      total += entry.uncompressedSize;
      if (total > MAX_TOTAL) throw new DatabaseProblem(`${path} holds over 4 GB: give a smaller dump.`);
      const text = textOf(entry, file);
      if (text === undefined)
        throw new DatabaseProblem(`${entry.fileName} in ${path} is damaged; download the file again.`);
      yield text;
    }
  } finally {
    closeSync(file);
  }
}

async function* entriesOf(zip: ZipFile, path: string): AsyncGenerator<Entry> {
  try {
    yield* zip.eachEntry();
  } catch {
    throw new DatabaseProblem(`${path} is damaged; download it again.`);
  }
}

/** Reads synchronously: two waits for each of hundreds of thousands of small files would take most of the time. */
function textOf(entry: Entry, file: number): string | undefined {
  const { compressedSize, uncompressedSize, compressionMethod } = entry;
  if (compressedSize > MAX_TEXT || uncompressedSize > MAX_TEXT || entry.isEncrypted()) return undefined;
  try {
    const packed = dataOf(entry, file);
    const bytes = packed && unpacked(packed, compressionMethod, uncompressedSize);
    return bytes?.length === uncompressedSize && crc32(bytes) === entry.crc32 ? bytes.toString() : undefined;
  } catch {
    return undefined;
  }
}

/** Returns the bytes after the entry's local header (APPNOTE 4.3.7), whose lengths may differ from the directory's. */
function dataOf(entry: Entry, file: number): Buffer | undefined {
  const { compressedSize, fileNameLength, relativeOffsetOfLocalHeader } = entry;
  const likely = LOCAL_HEADER + fileNameLength + LIKELY_EXTRA + compressedSize;
  const start = readAt(file, likely, relativeOffsetOfLocalHeader);
  if (start.length < LOCAL_HEADER || start.readUInt32LE(0) !== LOCAL_SIGNATURE) return undefined;
  const at = LOCAL_HEADER + start.readUInt16LE(26) + start.readUInt16LE(28);
  const end = at + compressedSize;
  const whole = end <= start.length ? start : readAt(file, end, relativeOffsetOfLocalHeader);
  return end <= whole.length ? whole.subarray(at, end) : undefined;
}

const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_HEADER = 30;
const LIKELY_EXTRA = 64;

function unpacked(bytes: Buffer, method: number, size: number): Buffer | undefined {
  if (method === STORED) return bytes;
  // The limit has to be above 0.
  return method === DEFLATED
    ? inflateRawSync(bytes, { maxOutputLength: Math.max(1, size), chunkSize: Math.max(64, size + 1) })
    : undefined;
}
