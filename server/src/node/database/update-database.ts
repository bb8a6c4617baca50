import { mkdir, stat } from 'node:fs/promises';
import type { AdvisoryIndex } from '../../core/know/advisory/advisory-index.ts';
import { openIndex } from '../../core/know/advisory/open-index.ts';
import { isLoopback, parseWebUrl, redactUserinfo } from '../../core/read/text/paths/web-url.ts';
import { longDate } from '../../core/read/text/words/dates.ts';
import { plural } from '../../core/read/text/words/words.ts';
import type { HttpPort } from '../../engine/ports.ts';
import { systemFailure } from '../files/file-problem.ts';
import { openRegular } from '../files/open-regular.ts';
import { readBounded } from '../files/read-bounded.ts';
import { replaceFile } from '../files/replace-file.ts';
import { type BuiltIndex, buildFrom } from './build-from.ts';
import type { DatabaseFiles } from './database-files.ts';
import { readNotes, writeNotes } from './database-notes.ts';
import { DatabaseProblem } from './database-problem.ts';
import { download, removePart } from './download.ts';
import { lockUpdate } from './lock-update.ts';

export interface UpdateOptions {
  /** A URL, or the path of a dump, of lines of JSON, of a folder with them, or of a built index. */
  readonly from: string;
  readonly files: DatabaseFiles;
  readonly http: HttpPort;
  /** In milliseconds since 1970. */
  now(): number;
  readonly progress: UpdateProgress;
  readonly signal: AbortSignal | undefined;
}

/** `total` if known; the unit is part of the message. */
export type UpdateProgress = (message: string, done: number, total: number | undefined) => void;

export interface UpdatedDatabase {
  readonly type: 'updated' | 'unchanged';
  readonly asOf: number | undefined;
  readonly records: number;
  readonly packages: number;
  /** The number of records that could not be read completely. */
  readonly unread: number;
}

const MEGABYTE = 1_000_000;
/** The port opens no larger one. */
const MAX_INDEX = 512 * 1024 * 1024;
/** A dump with less than this fraction of the last one's records is incomplete. */
const LEAST_PART = 0.5;

/**
 * Builds a new database and replaces the old one, once the new one is complete, opens, is no older and not much
 * smaller. Throws `DatabaseProblem`; the old one is unchanged then.
 */
export async function updateDatabase(options: UpdateOptions): Promise<UpdatedDatabase> {
  const { files, signal } = options;
  try {
    await mkdir(files.directory, { recursive: true, mode: 0o700 });
    const release = await lockUpdate(files.lock);
    try {
      return await updateLocked(options);
    } finally {
      await release();
    }
  } catch (error) {
    signal?.throwIfAborted();
    const failure = systemFailure(error);
    throw failure === undefined ? error : new DatabaseProblem(failure);
  }
}

async function updateLocked(options: UpdateOptions): Promise<UpdatedDatabase> {
  const { from, files, now, progress, signal } = options;
  const before = await readDatabase(files.index);
  const notes = await readNotes(files.notes);
  const isUrl = /^https?:\/\//i.test(from);
  const source = isUrl ? redactUserinfo(from) : from;
  let path = from;
  let etag: string | undefined;
  if (isUrl) {
    if (!isProtected(from)) throw new DatabaseProblem(`${source} is not encrypted; give an https URL.`);
    const known = before !== undefined && notes?.from === source ? notes.etag : undefined;
    const fetched = await download({
      ...{ url: from, etag: known, files, http: options.http, signal },
      onProgress: (bytes, total) =>
        progress('Downloading advisories, MB:', toMegabytes(bytes), total && toMegabytes(total)),
    });
    if (fetched.type === 'unchanged') {
      await writeNotes(files.notes, { ...notes!, checkedAt: now() });
      return { type: 'unchanged', ...countsOf(before!), unread: 0 };
    }
    ({ path, etag } = fetched);
  }
  const made = await indexOf(path, options)
    .then((built) => verified(built, before, source))
    .catch(async (error: unknown) => {
      // An unusable download must not be continued next time.
      if (isUrl && error instanceof DatabaseProblem) await removePart(files);
      throw error;
    });
  await replaceFile(files.index, made.bytes, { mode: 0o600 });
  if (isUrl) await removePart(files);
  await writeNotes(files.notes, { from: source, etag, updatedAt: now(), checkedAt: now() });
  return { type: 'updated', ...countsOf(made.index), unread: made.unread };
}

/** Checks for an encrypted connection: whoever could change a dump in transit could hide vulnerabilities. */
function isProtected(url: string): boolean {
  const address = parseWebUrl(url);
  return address !== undefined && (address.scheme === 'https' || isLoopback(address));
}

/** Returns the current database; undefined if there is none that can be used. */
async function readDatabase(path: string): Promise<AdvisoryIndex | undefined> {
  const bytes = await readBounded(path, { maxBytes: MAX_INDEX }).catch(() => undefined);
  const result = bytes === undefined ? undefined : openIndex(bytes, 'database');
  return result !== undefined && 'index' in result ? result.index : undefined;
}

/** Uses a built index as it is. */
async function indexOf(path: string, { now, progress, signal }: UpdateOptions): Promise<BuiltIndex> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() === true && (await startsLikeIndex(path))) {
    const bytes = await readBounded(path, { maxBytes: MAX_INDEX });
    const result = openIndex(bytes, 'database');
    if ('problem' in result) throw new DatabaseProblem(`${path} cannot be used: ${result.problem}.`);
    return { bytes, index: result.index, unread: 0 };
  }
  return buildFrom([path], {
    now: now(),
    onProgress: (records) => progress('Reading records:', records, undefined),
    signal,
  });
}

const MAGIC = 'dephyadv';

async function startsLikeIndex(path: string): Promise<boolean> {
  const { file } = await openRegular(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0);
    return buffer.toString('latin1', 0, bytesRead) === MAGIC;
  } finally {
    await file.close();
  }
}

function verified(built: BuiltIndex, before: AdvisoryIndex | undefined, from: string): BuiltIndex {
  if (before === undefined) return built;
  const { index } = built;
  if (index.asOf !== undefined && before.asOf !== undefined && index.asOf < before.asOf) {
    throw new DatabaseProblem(
      `${from} is of ${day(index.asOf)}, older than the database, which is of ${day(before.asOf)} and stays as it is.`,
    );
  }
  if (index.records < before.records * LEAST_PART) {
    const counts = `${plural(index.records, 'record')} where the database has ${plural(before.records, 'record')}`;
    throw new DatabaseProblem(`${from} has ${counts}: most is missing, so the database stays as it is.`);
  }
  return built;
}

function countsOf({ asOf, records, packages }: AdvisoryIndex) {
  return { asOf, records, packages };
}

function day(time: number): string {
  return longDate(new Date(time).toISOString().slice(0, 10));
}

function toMegabytes(bytes: number): number {
  return Math.round(bytes / MEGABYTE);
}
