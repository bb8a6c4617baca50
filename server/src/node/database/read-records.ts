import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { parseJson } from '../../core/know/registry/documents/document-kind.ts';
import { reasonOf } from '../files/file-problem.ts';
import { type OpenedFile, openRegular } from '../files/open-regular.ts';
import { DatabaseProblem } from './database-problem.ts';
import { MAX_TOTAL, zipTexts } from './zip-texts.ts';

/** A parsed record, or undefined for invalid JSON. */
export type RawRecord = unknown;

const MAX_LINE = 16 * 1024 * 1024;
const MAX_JSON = 256 * 1024 * 1024;
const MAX_DEPTH = 12;

/**
 * Yields the records of a file or a folder in any form: a zip with one per file, as OSV's dumps are; lines of JSON,
 * compressed with gzip or not; a JSON file with one or a list; a folder of such files.
 */
export async function* readRecords(path: string, depth = 0): AsyncGenerator<RawRecord> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new DatabaseProblem(`${path} does not exist.`);
  if (found.isDirectory()) {
    if (depth > MAX_DEPTH) return;
    for (const entry of (await readdir(path, { withFileTypes: true })).sort(byName)) {
      const isRecords = entry.isFile() && /\.(?:json|ndjson|jsonl|zip|gz)$/i.test(entry.name);
      if (isRecords || entry.isDirectory()) yield* readRecords(join(path, entry.name), depth + 1);
    }
    return;
  }
  if (!found.isFile()) throw new DatabaseProblem(`${path} is not a regular file.`);
  const start = await beginning(path);
  if (start.subarray(0, 2).toString('latin1') === 'PK') {
    for await (const text of zipTexts(path)) yield parseJson(text);
    return;
  }
  const isPacked = start[0] === 0x1f && start[1] === 0x8b;
  let isFirst = true;
  for await (const line of linesOf(path, isPacked)) {
    const json = line === TOO_LONG ? undefined : parseJson(line);
    // A file whose first line is not JSON is one document over many lines.
    if (isFirst && json === undefined) return yield* listed(await wholeFile(path, isPacked));
    if (line === TOO_LONG)
      throw new DatabaseProblem(`${path} has a line of over 16 MB; give one record on each line.`);
    isFirst = false;
    yield* listed(json);
  }
}

function listed(json: unknown): readonly RawRecord[] {
  return Array.isArray(json) ? (json as readonly unknown[]) : [json];
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}

async function beginning(path: string): Promise<Buffer> {
  const { file } = await openRecords(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function openRecords(path: string): Promise<OpenedFile> {
  return openRegular(path).catch((error: unknown) => {
    throw new DatabaseProblem(`${path} ${reasonOf(error) ?? 'cannot be read'}.`);
  });
}

/** Yields the decompressed bytes of a file. They are counted, as a small file can decompress to an endless one. */
async function* bytesOf(path: string, isPacked: boolean): AsyncGenerator<Buffer> {
  const { file } = await openRecords(path);
  const source = file.createReadStream();
  const unpack = isPacked ? createGunzip() : undefined;
  source.on('error', (error) => unpack?.destroy(error));
  let size = 0;
  try {
    for await (const chunk of unpack === undefined ? source : source.pipe(unpack)) {
      size += (chunk as Buffer).length;
      if (size > MAX_TOTAL) throw new DatabaseProblem(`${path} holds over 4 GB: give a smaller dump.`);
      yield chunk as Buffer;
    }
  } catch (error) {
    if (error instanceof DatabaseProblem) throw error;
    throw new DatabaseProblem(`${path} cannot be read to its end; is it whole?`);
  } finally {
    unpack?.destroy();
    source.destroy();
  }
}

/** Yields the non-empty lines of a file; `too-long` for one over 16 MB, whose rest is not read. */
async function* linesOf(path: string, isPacked: boolean): AsyncGenerator<string | typeof TOO_LONG> {
  let begun: Buffer[] = [];
  let length = 0;
  for await (const chunk of bytesOf(path, isPacked)) {
    let start = 0;
    for (let end = chunk.indexOf(NEW_LINE); end !== -1; end = chunk.indexOf(NEW_LINE, start)) {
      if (length + end - start > MAX_LINE) return yield TOO_LONG;
      const line = Buffer.concat([...begun, chunk.subarray(start, end)]).toString();
      if (line.trim() !== '') yield line;
      start = end + 1;
      begun = [];
      length = 0;
    }
    length += chunk.length - start;
    if (length > MAX_LINE) return yield TOO_LONG;
    if (start < chunk.length) begun.push(chunk.subarray(start));
  }
  const last = Buffer.concat(begun).toString();
  if (last.trim() !== '') yield last;
}

const NEW_LINE = 10;
const TOO_LONG = Symbol('a line that is too long');

async function wholeFile(path: string, isPacked: boolean): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of bytesOf(path, isPacked)) {
    size += chunk.length;
    if (size > MAX_JSON)
      throw new DatabaseProblem(
        `${path} is one document of more than 256 MB; give its records as lines of JSON.`,
      );
    chunks.push(chunk);
  }
  return parseJson(Buffer.concat(chunks).toString());
}
