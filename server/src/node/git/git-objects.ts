import type { Readable, Writable } from 'node:stream';
import type { GitProcess } from './git-run.ts';

/** An object as `git cat-file` printed it. */
export interface GitObject {
  /** The name that was asked for. */
  readonly name: string;
  /** The bytes of a blob, valid until the next object is asked for; undefined if there is a reason. */
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
 * Yields the objects of these names in their order, one for each name. No name may have a line break. Memory is that of the
 * largest object, whatever their number.
 */
export async function* readObjects(
  names: readonly string[],
  { start, maxBytes, signal }: ObjectsOptions,
): AsyncGenerator<GitObject> {
  let next = 0;
  for (let starts = 0; next < names.length && starts < MOST_STARTS; starts++) {
    const child = start();
    const stdin = child.stdin as Writable;
    const reader = new ObjectReader(child.stdout as Readable, maxBytes);
    const stop = () => child.kill('SIGKILL');
    signal.addEventListener('abort', stop);
    let failure: string | undefined;
    child.on('error', (error: NodeJS.ErrnoException) => {
      failure = `git could not be run (${error.code ?? error.message})`;
    });
    // It closes its input when it ends early.
    stdin.on('error', () => undefined);
    child.stderr?.resume();
    const writing = writeNames(stdin, names.slice(next));
    try {
      while (next < names.length) {
        const read = await reader.read();
        if (read === undefined) break;
        yield { name: names[next++]!, ...read };
      }
    } finally {
      signal.removeEventListener('abort', stop);
      stop();
      stdin.destroy();
      await writing;
    }
    signal.throwIfAborted();
    if (next < names.length) yield { name: names[next++]!, content: undefined, reason: failure ?? DAMAGED };
  }
  for (; next < names.length; next++)
    yield { name: names[next]!, content: undefined, reason: 'git failed too often before' };
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
class ObjectReader {
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #maxBytes: number;
  #chunk: Buffer = Buffer.alloc(0);
  /** For objects that arrive in several chunks, used again and again. */
  #space: Buffer = Buffer.alloc(0);

  constructor(stdout: Readable, maxBytes: number) {
    this.#chunks = (stdout as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
    this.#maxBytes = maxBytes;
  }

  /** Returns undefined if git ended. */
  async read(): Promise<Omit<GitObject, 'name'> | undefined> {
    const header = await this.#line();
    if (header === undefined) return undefined;
    const [, type, length] = /^[\da-f]{40,64} (\w+) (\d+)$/.exec(header) ?? [];
    if (type === undefined) return { content: undefined, reason: MISSING };
    const size = Number(length);
    if (type !== 'blob')
      return (await this.#skip(size + 1)) ? none('it is no file in that commit') : undefined;
    if (size > this.#maxBytes) {
      const megabytes = Math.round(this.#maxBytes / 1024 / 1024);
      return (await this.#skip(size + 1)) ? none(`it is larger than ${megabytes} MB`) : undefined;
    }
    const content = await this.#take(size + 1);
    return content === undefined ? undefined : { content: content.subarray(0, size), reason: undefined };
  }

  async #more(): Promise<boolean> {
    const { value, done } = await this.#chunks.next().catch(() => ({ value: undefined, done: true }));
    this.#chunk = done === true || value === undefined ? Buffer.alloc(0) : value;
    return this.#chunk.length > 0;
  }

  async #line(): Promise<string | undefined> {
    let line = '';
    for (;;) {
      const end = this.#chunk.indexOf(NEW_LINE);
      if (end !== -1) {
        line += this.#chunk.toString('utf8', 0, end);
        this.#chunk = this.#chunk.subarray(end + 1);
        return line;
      }
      line += this.#chunk.toString('utf8');
      if (!(await this.#more())) return undefined;
    }
  }

  async #take(length: number): Promise<Buffer | undefined> {
    if (this.#chunk.length >= length) {
      const taken = this.#chunk.subarray(0, length);
      this.#chunk = this.#chunk.subarray(length);
      return taken;
    }
    if (this.#space.length < length) this.#space = Buffer.allocUnsafe(length + SPARE);
    for (let filled = 0; ; ) {
      const part = this.#chunk.subarray(0, length - filled);
      part.copy(this.#space, filled);
      filled += part.length;
      this.#chunk = this.#chunk.subarray(part.length);
      if (filled === length) return this.#space.subarray(0, length);
      if (!(await this.#more())) return undefined;
    }
  }

  async #skip(length: number): Promise<boolean> {
    for (let left = length; ; ) {
      const part = Math.min(left, this.#chunk.length);
      left -= part;
      this.#chunk = this.#chunk.subarray(part);
      if (left === 0) return true;
      if (!(await this.#more())) return false;
    }
  }
}

function none(reason: string): Omit<GitObject, 'name'> {
  return { content: undefined, reason };
}

/** Returns the object ids of names such as `main:yarn.lock`; undefined for those that do not exist. */
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
  return names.map((_, at) => /^[\da-f]{40,64}(?= blob )/.exec(lines[at] ?? '')?.[0]);
}
