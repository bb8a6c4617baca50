import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parseJson } from '../../core/registry/document-kind.ts';
import { DatabaseProblem } from './database-problem.ts';
import { zipTexts } from './zip-texts.ts';

/** A record as it was written, or undefined for what is no JSON. */
export type RawRecord = unknown;

const MAX_LINE = 16 * 1024 * 1024;
const MAX_JSON = 256 * 1024 * 1024;
const MAX_DEPTH = 12;

/**
 * The records of a file or a folder, whatever form they have: a zip with one in each file, as OSV's dumps are; lines of
 * JSON, packed with gzip or not; a JSON file with one of them or a list; a folder of such files.
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
  if (!found.isFile()) throw new DatabaseProblem(`${path} is no file.`);
  const start = await beginning(path);
  if (start.subarray(0, 2).toString('latin1') === 'PK') {
    for await (const text of zipTexts(path)) yield parseJson(text);
    return;
  }
  const isPacked = start[0] === 0x1f && start[1] === 0x8b;
  let isFirst = true;
  for await (const line of linesOf(path, isPacked)) {
    const json = line.length > MAX_LINE ? undefined : parseJson(line);
    // A file whose first line is no JSON is one document over many lines.
    if (isFirst && json === undefined) return yield* listed(await wholeFile(path, isPacked));
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
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function textOf(path: string, isPacked: boolean): Readable {
  const file = createReadStream(path);
  if (!isPacked) return file;
  const unpack = createGunzip();
  file.on('error', (error) => unpack.destroy(error));
  return file.pipe(unpack);
}

async function* linesOf(path: string, isPacked: boolean): AsyncGenerator<string> {
  const input = textOf(path, isPacked);
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (line.trim() !== '') yield line;
    }
    if (input.errored !== null) throw input.errored;
  } catch {
    throw new DatabaseProblem(`${path} cannot be read to its end; is it whole?`);
  } finally {
    input.destroy();
  }
}

async function wholeFile(path: string, isPacked: boolean): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of textOf(path, isPacked)) {
    size += (chunk as Buffer).length;
    if (size > MAX_JSON)
      throw new DatabaseProblem(`${path} is too large; give its records as lines of JSON.`);
    chunks.push(chunk as Buffer);
  }
  return parseJson(Buffer.concat(chunks).toString());
}
