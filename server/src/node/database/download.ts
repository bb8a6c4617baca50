import { closeSync, constants, ftruncateSync, openSync, writeSync } from 'node:fs';
import { stat, unlink } from 'node:fs/promises';
import { parseJson } from '../../core/know/registry/documents/document-kind.ts';
import { asObject, asText, member } from '../../core/know/registry/documents/json-value.ts';
import { redactUserinfo } from '../../core/read/text/paths/web-url.ts';
import type { HttpHead, HttpPort, HttpResult } from '../../engine/ports.ts';
import { reasonOf } from '../files/file-problem.ts';
import { NO_FOLLOW } from '../files/open-regular.ts';
import { readBoundedText } from '../files/read-bounded.ts';
import { replaceFile } from '../files/replace-file.ts';
import type { DatabaseFiles } from './database-files.ts';
import { MAX_FILE } from './database-notes.ts';
import { DatabaseProblem } from './database-problem.ts';

export interface DownloadOptions {
  readonly url: string;
  /** The entity tag of the last download: an unchanged file is not sent again. */
  readonly etag: string | undefined;
  readonly files: Pick<DatabaseFiles, 'part' | 'partNotes'>;
  readonly http: HttpPort;
  onProgress(bytes: number, total: number | undefined): void;
  readonly signal: AbortSignal | undefined;
}

export type Downloaded =
  | { readonly type: 'file'; readonly path: string; readonly etag: string | undefined }
  | { readonly type: 'unchanged' };

/** The origin of a partial download: a different entity tag at the same URL means another file. */
interface PartNotes {
  readonly url: string;
  readonly etag: string;
}

/**
 * The longest time without data; the port allows six times as long for all of it, after which the rest is requested.
 */
const SILENCE_MS = 60_000;
const MAX_BYTES = 2 * 1024 * 1024 * 1024;
/** Each attempt must receive something, and one that used all of its time must receive more. */
const MOST_TRIES = 50;
const LEAST_BYTES = 1024 * 1024;

/** Downloads a file, continuing an earlier attempt at the same one. */
export async function download(options: DownloadOptions): Promise<Downloaded> {
  const { url, files, signal } = options;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const before = await partOf(url, files);
    const { result, head, received, failure } = await fetchFrom(before, options);
    signal?.throwIfAborted();
    if (failure !== undefined) throw new DatabaseProblem(failure);
    if (result.type === 'answer') {
      const { status } = result;
      if (status === 304) return { type: 'unchanged' };
      if (status === 200 || status === 206) {
        const etag = head?.headers.get('etag');
        if (await isWhole(files.part, head)) return { type: 'file', path: files.part, etag };
      } else if (status === 416 && before.size > 0) {
        const total = /^bytes \*\/(\d{1,15})$/.exec(result.headers.get('content-range') ?? '')?.[1];
        // The file is complete already.
        if (Number(total) === before.size) return { type: 'file', path: files.part, etag: before.etag };
        await removePart(files);
        continue;
      } else throw new DatabaseProblem(`${hostOf(url)} answered with status ${status}.`);
    }
    // A server that sends a few bytes now and then would be retried for days.
    const isTooSlow = result.type === 'timeout' && result.detail !== undefined && received < LEAST_BYTES;
    if (received === 0 || isTooSlow) throw new DatabaseProblem(whyNot(result, url));
  }
  throw new DatabaseProblem(`${hostOf(url)} disconnected too often; run the command again to resume.`);
}

/** Removes a download, complete or not. */
export async function removePart({
  part,
  partNotes,
}: Pick<DatabaseFiles, 'part' | 'partNotes'>): Promise<void> {
  await unlink(part).catch(() => undefined);
  await unlink(partNotes).catch(() => undefined);
}

interface Part {
  /** 0 if there is none to continue. */
  readonly size: number;
  readonly etag: string | undefined;
}

async function partOf(url: string, { part, partNotes }: DownloadOptions['files']): Promise<Part> {
  const notes = asObject(parseJson(await readBoundedText(partNotes, { maxBytes: MAX_FILE }).catch(() => '')));
  const etag = asText(member(notes, 'etag'), 1_000);
  const size = (await stat(part).catch(() => undefined))?.size ?? 0;
  const isOfThis = member(notes, 'url') === redactUserinfo(url) && etag !== undefined;
  return isOfThis && size > 0 ? { size, etag } : { size: 0, etag: undefined };
}

interface Fetched {
  readonly result: HttpResult;
  readonly head: HttpHead | undefined;
  readonly received: number;
  /** Why the received data could not be saved, as a sentence. */
  readonly failure: string | undefined;
}

async function fetchFrom(before: Part, options: DownloadOptions): Promise<Fetched> {
  const { url, files, http, onProgress, signal } = options;
  let head: HttpHead | undefined;
  let received = 0;
  let failure: string | undefined;
  const file = openSync(files.part, constants.O_RDWR | constants.O_CREAT | NO_FOLLOW, 0o600);
  const noted: Promise<unknown>[] = [];
  try {
    const result = await http.get({
      url,
      headers: {
        accept: '*/*',
        // A range refers to the file without encoding.
        'accept-encoding': 'identity',
        ...(before.size === 0 ? {} : { range: `bytes=${before.size}-`, 'if-range': before.etag! }),
        ...(options.etag === undefined ? {} : { 'if-none-match': options.etag }),
      },
      timeoutMs: SILENCE_MS,
      maxBytes: MAX_BYTES,
      signal,
      receiveBytes(first) {
        head = first;
        const start = first.status === 206 ? before.size : 0;
        ftruncateSync(file, start);
        noted.push(note(files.partNotes, url, first.headers.get('etag')));
        const total = totalOf(first);
        let at = start;
        return (chunk) => {
          if (failure !== undefined) return;
          try {
            writeSync(file, chunk, 0, chunk.length, at);
          } catch (error) {
            // The error of a descriptor does not name its file.
            failure = `${files.part} ${reasonOf(error) ?? 'cannot be written'}.`;
            return;
          }
          at += chunk.length;
          received += chunk.length;
          onProgress(at, total);
        };
      },
    });
    await Promise.all(noted);
    return { result, head, received, failure };
  } finally {
    closeSync(file);
  }
}

/** Writes the notes. Without a strong entity tag, a later part may be of another file, so the download starts over. */
async function note(path: string, url: string, etag: string | undefined): Promise<void> {
  if (etag === undefined || etag.startsWith('W/')) await unlink(path).catch(() => undefined);
  else
    await replaceFile(path, JSON.stringify({ url: redactUserinfo(url), etag } satisfies PartNotes), {
      mode: 0o600,
    });
}

function totalOf({ status, headers }: HttpHead): number | undefined {
  const text =
    status === 206
      ? /^bytes \d+-\d+\/(\d+)$/.exec(headers.get('content-range') ?? '')?.[1]
      : headers.get('content-length');
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

async function isWhole(path: string, head: HttpHead | undefined): Promise<boolean> {
  const total = head === undefined ? undefined : totalOf(head);
  return total === undefined || (await stat(path)).size === total;
}

function whyNot(result: HttpResult, url: string): string {
  const host = hostOf(url);
  switch (result.type) {
    case 'failed':
      return `${host} ${result.detail}.`;
    case 'timeout':
      return `${host} ${result.detail ?? 'timed out'}.`;
    case 'too-large':
      return `${host} sends a file of over 2 GB, which is no dump of advisories.`;
    default:
      return `${host} sent nothing that can be used.`;
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
