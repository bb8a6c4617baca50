import type { Readable, Writable } from 'node:stream';
import type { startBatch } from './git-run.ts';

/** Reads many blobs of a repository with one process, as git takes longer to start than to read. */
export interface BlobProcess {
  /**
   * Returns the bytes of a blob. Undefined if there are none, or too many, or git fails: the caller runs git for the
   * object alone then, which says why.
   */
  read(object: string, maxBytes: number): Promise<Buffer | undefined>;
}

const TIMEOUT_MS = 10_000;
/** An idle process keeps files of the repository open. */
const IDLE_MS = 100;
const LONGEST_HEADER = 200;
const HEADER = /^([\da-f]+) blob (\d+)$/;

/** @param ended called once, when nothing more can be read */
export function readBlobs(child: ReturnType<typeof startBatch>, ended: () => void): BlobProcess {
  let isOver = false;
  let last: Promise<unknown> = Promise.resolve();
  let idle: NodeJS.Timeout | undefined;
  const end = () => {
    if (isOver) return;
    isOver = true;
    ended();
  };
  child.on('error', end);
  child.on('close', end);
  child.stdin.on('error', end);
  child.unref();
  unref(child.stdin);
  unref(child.stdout);

  const ask = (object: string, maxBytes: number) =>
    new Promise<Buffer | undefined>((resolve) => {
      if (isOver || !/^[\da-f]+$/.test(object)) {
        resolve(undefined);
        return;
      }
      clearTimeout(idle);
      // Otherwise the program would end while it waits.
      const timeout = setTimeout(fail, TIMEOUT_MS);
      const chunks: Buffer[] = [];
      let size = 0;
      let blob: { readonly start: number; readonly end: number } | undefined;
      child.stdout.on('data', take);
      child.on('error', fail);
      child.on('close', fail);
      child.stdin.write(`${object}\n`);

      function take(chunk: Buffer): void {
        chunks.push(chunk);
        size += chunk.length;
        blob ??= blobIn(Buffer.concat(chunks), object);
        if (blob === undefined ? size > LONGEST_HEADER : blob.end - blob.start > maxBytes) fail();
        // A line end follows the bytes.
        else if (blob !== undefined && size > blob.end)
          settle(Buffer.concat(chunks).subarray(blob.start, blob.end));
        else if (blob === undefined && chunk.includes(LINE_END)) fail();
      }
      function fail(): void {
        end();
        child.kill('SIGKILL');
        settle(undefined);
      }
      function settle(bytes: Buffer | undefined): void {
        clearTimeout(timeout);
        child.stdout.off('data', take);
        child.off('error', fail);
        child.off('close', fail);
        idle = setTimeout(() => {
          end();
          child.stdin.end();
        }, IDLE_MS).unref();
        resolve(bytes);
      }
    });

  return {
    read(object, maxBytes) {
      const answer = last.then(() => ask(object, maxBytes));
      last = answer;
      return answer;
    },
  };
}

const LINE_END = 0x0a;

/** Returns where the bytes of a blob are in git's answer; undefined if its first line is not there or names none. */
function blobIn(answer: Buffer, object: string): { start: number; end: number } | undefined {
  const lineEnd = answer.indexOf(LINE_END);
  if (lineEnd === -1 || lineEnd > LONGEST_HEADER) return undefined;
  const header = HEADER.exec(answer.toString('latin1', 0, lineEnd));
  if (header?.[1] !== object) return undefined;
  const start = lineEnd + 1;
  return { start, end: start + Number(header[2]) };
}

/** Lets the program end while a pipe of the process is open. */
function unref(stream: Readable | Writable): void {
  (stream as { unref?: () => void }).unref?.();
}
