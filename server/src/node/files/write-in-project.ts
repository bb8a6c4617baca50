import { access, constants } from 'node:fs/promises';
import { dirname } from 'node:path';
import { conflictBlocks } from '../../core/read/text/lines/conflict-markers.ts';
import { checkOwnFile } from './check-own-file.ts';
import { FileProblem } from './file-problem.ts';
import { readBounded } from './read-bounded.ts';
import { replaceFile } from './replace-file.ts';

export interface ProjectWrite {
  /** The folder that may be written to, without links in its own path. */
  readonly folder: string;
  readonly path: string;
  /** The text that the new one is based on, without its byte order mark; undefined if there was no file. */
  readonly before: string | undefined;
  readonly text: string;
}

const MAX_BYTES = 50 * 1024 * 1024;
const MARK = Buffer.from('\uFEFF');

/**
 * Writes a file of a project atomically: a regular file inside the folder that no link leads to, that is still what the
 * new text is based on, and that has no merge conflicts. Permissions and a byte order mark stay. Throws a `FileProblem`
 * or the system's error; the file is unchanged then.
 */
export async function writeInProject(write: ProjectWrite): Promise<void> {
  await checkWrite(write);
  const { path, text } = write;
  let mark = '';
  const check = async () => {
    mark = await byteOrderMark(write);
  };
  await check();
  await replaceFile(path, mark + text, { check });
}

/** Throws as `writeInProject` would, without writing, also if the folder permits no new file. */
export async function checkWrite(write: ProjectWrite): Promise<void> {
  const { before } = write;
  if (before !== undefined && conflictBlocks(before).length > 0)
    throw new FileProblem('has merge conflict markers: resolve the conflicts first');
  await byteOrderMark(write);
  await access(dirname(write.path), constants.W_OK);
}

/**
 * Returns the byte order mark of the existing file, after checking that the file is unchanged since it was read and
 * may be written.
 */
async function byteOrderMark({ folder, path, before }: ProjectWrite): Promise<string> {
  await checkOwnFile(folder, path);
  const found = await bytesOf(path);
  // Its folder decides whether it can be replaced, its own permissions whether it may be.
  if (found !== undefined) await access(path, constants.W_OK);
  const hasMark = found?.subarray(0, MARK.length).equals(MARK) === true;
  const rest = hasMark ? found?.subarray(MARK.length) : found;
  const isSame = before === undefined ? rest === undefined : rest?.equals(Buffer.from(before)) === true;
  if (!isSame) throw new FileProblem('is no longer the file that was read, or is not UTF-8');
  return hasMark ? '\uFEFF' : '';
}

async function bytesOf(path: string): Promise<Buffer | undefined> {
  try {
    return await readBounded(path, { maxBytes: MAX_BYTES, followsLinks: false });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
