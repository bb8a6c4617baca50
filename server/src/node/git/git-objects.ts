import type { Writable } from 'node:stream';
import { countChunk } from './free-chunks.ts';
import type { GitProcess } from './git-run.ts';

/** An object as `git cat-file` printed it. */
export interface GitObject {
  /** The name that was asked for. */
  readonly name: string;
  /** The bytes of a blob, valid until the function that gets them returns; undefined if there is a reason. */
  readonly content: Buffer | undefined;
  /** Why there is no content, as a clause. */
  readonly reason: string | undefined;
}

export interface ObjectsOptions {
  /** Starts `git cat-file --batch --buffer` with pipes. */
  readonly start: () => GitProcess;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/** git ends at a damaged object, and is started again behind it. */
const MOST_STARTS = 200;
const MISSING = 'it is missing or damaged in this copy of the repository, and nothing is fetched';
const DAMAGED = 'it is damaged in this copy of the repository';

/**
 * Reads the objects of these names in their order, and passes on one for each name. No name may have a line break. Memory is
 * that of the largest object, whatever their number.
 */
export async function readObjects(
  names: readonly string[],
  { start, maxBytes, signal }: ObjectsOptions,
  use: (object: GitObject) => void,
): Promise<void> {
  let next = 0;
  const pass = (read: Omit<GitObject, 'name'>) => use({ name: names[next++]!, ...read });
  for (let starts = 0; next < names.length && starts < MOST_STARTS; starts++) {
    signal.throwIfAborted();
    const failure = await readOnce(start(), names.slice(next), new ObjectCutter(maxBytes, pass), signal);
    signal.throwIfAborted();
    if (next < names.length) pass(none(failure ?? DAMAGED));
  }
  while (next < names.length) pass(none('git failed too often before'));
}

/** Reads until git ends, and returns why it could not be run. Throws what using an object threw. */
async function readOnce(
  child: GitProcess,
  names: readonly string[],
  cutter: ObjectCutter,
  signal: AbortSignal,
): Promise<string | undefined> {
  const stdin = child.stdin as Writable;
  const stop = () => child.kill('SIGKILL');
  signal.addEventListener('abort', stop);
  // It closes its input when it ends early.
  stdin.on('error', () => undefined);
  child.stderr?.resume();
  let thrown: { readonly error: unknown } | undefined;
  // Not by iteration, which copies: most of the time goes to moving bytes.
  child.stdout?.on('data', (chunk: Buffer) => {
    try {
      if (thrown === undefined) cutter.push(chunk);
      countChunk();
    } catch (error) {
      thrown = { error };
      stop();
    }
  });
  const ended = new Promise<string | undefined>((resolve) => {
    child.on('error', (error: NodeJS.ErrnoException) =>
      resolve(`git could not be run (${error.code ?? error.message})`),
    );
    child.on('close', () => resolve(undefined));
  });
  const writing = writeNames(stdin, names);
  const failure = await ended;
  signal.removeEventListener('abort', stop);
  stdin.destroy();
  await writing;
  if (thrown !== undefined) throw thrown.error;
  return failure;
}

const NAMES_AT_ONCE = 500;

async function writeNames(stdin: Writable, names: readonly string[]): Promise<void> {
  for (let at = 0; at < names.length && !stdin.destroyed; at += NAMES_AT_ONCE) {
    const isFull = !stdin.write(`${names.slice(at, at + NAMES_AT_ONCE).join('\n')}\n`);
    if (!isFull) continue;
    await new Promise<void>((resolve) => {
      stdin.once('drain', resolve);
      stdin.once('close', resolve);
    });
  }
  if (!stdin.destroyed) stdin.end();
}

const NEW_LINE = 10;
const SPARE = 256 * 1024;

/** Cuts the output of `git cat-file --batch` into objects. */
class ObjectCutter {
  readonly #maxBytes: number;
  readonly #use: (read: Omit<GitObject, 'name'>) => void;
  #header = '';
  /** The bytes of the object with the line end behind it; undefined in a header. */
  #length: number | undefined;
  #filled = 0;
  /** Why the object is skipped. */
  #reason: string | undefined;
  /** For objects that arrive in several chunks, used again and again. */
  #space: Buffer = Buffer.alloc(0);

  constructor(maxBytes: number, use: (read: Omit<GitObject, 'name'>) => void) {
    this.#maxBytes = maxBytes;
    this.#use = use;
  }

  push(chunk: Buffer): void {
    for (let at = 0; at < chunk.length; ) {
      if (this.#length !== undefined) {
        at += this.#fill(chunk, at, this.#length);
        continue;
      }
      const end = chunk.indexOf(NEW_LINE, at);
      this.#header += chunk.toString('utf8', at, end === -1 ? chunk.length : end);
      if (end === -1) return;
      this.#begin(this.#header);
      this.#header = '';
      at = end + 1;
    }
  }

  #begin(header: string): void {
    const [, type, length] = /^[\da-f]{40,64} (\w+) (\d+)$/.exec(header) ?? [];
    if (type === undefined) {
      this.#use(none(MISSING));
      return;
    }
    const size = Number(length);
    this.#length = size + 1;
    this.#filled = 0;
    this.#reason = undefined;
    if (type !== 'blob') this.#reason = 'it is no file in that commit';
    else if (size > this.#maxBytes)
      this.#reason = `it is larger than ${Math.round(this.#maxBytes / 1024 / 1024)} MB`;
    else if (this.#space.length <= size) this.#space = Buffer.allocUnsafe(size + SPARE);
  }

  /** Takes what belongs to the object, and returns how many bytes that are. */
  #fill(chunk: Buffer, at: number, length: number): number {
    const part = Math.min(length - this.#filled, chunk.length - at);
    const isWhole = part === length;
    if (this.#reason === undefined && !isWhole) chunk.copy(this.#space, this.#filled, at, at + part);
    this.#filled += part;
    if (this.#filled < length) return part;
    this.#length = undefined;
    const content = isWhole ? chunk.subarray(at, at + length - 1) : this.#space.subarray(0, length - 1);
    this.#use(this.#reason === undefined ? { content, reason: undefined } : none(this.#reason));
    return part;
  }
}

function none(reason: string): Omit<GitObject, 'name'> {
  return { content: undefined, reason };
}

/** Returns the object ids of names such as `main:yarn.lock`; undefined for those that do not exist or are no file or tree. */
export async function objectIds(
  names: readonly string[],
  start: () => GitProcess,
): Promise<readonly (string | undefined)[]> {
  const child = start();
  const stdin = child.stdin as Writable;
  stdin.on('error', () => undefined);
  child.on('error', () => undefined);
  child.stderr?.resume();
  const writing = writeNames(stdin, names);
  let out = '';
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) out += chunk.toString('utf8');
  stdin.destroy();
  await writing;
  const lines = out.split('\n');
  return names.map((_, at) => /^[\da-f]{40,64}(?= (?:blob|tree) )/.exec(lines[at] ?? '')?.[0]);
}
