import { closeSync, constants, fstatSync, openSync, type Stats, statSync } from 'node:fs';
import { type FileHandle, lstat, open, stat } from 'node:fs/promises';
import { FileProblem } from './file-problem.ts';

/** Windows has neither. A pipe that nobody writes to is opened at once, and a terminal does not become this process's own. */
const READ =
  constants.O_RDONLY |
  ((constants.O_NONBLOCK as number | undefined) ?? 0) |
  ((constants.O_NOCTTY as number | undefined) ?? 0);
/** Refuses a symbolic link in the last place of a path; 0 where the system has no such flag. */
export const NO_FOLLOW = (constants.O_NOFOLLOW as number | undefined) ?? 0;

export interface OpenedFile {
  /** For the caller to close. */
  readonly file: FileHandle;
  readonly stats: Stats;
}

/**
 * Opens a regular file for reading, and nothing else: no pipe, device, socket or folder. What was opened is looked at
 * again, as it may have been replaced meanwhile. Throws a `FileProblem` or what the system says.
 * @param followsLinks whether the path may be a symbolic link
 */
export async function openRegular(path: string, followsLinks = true): Promise<OpenedFile> {
  // Opening a device can have an effect by itself.
  checkRegular(await (followsLinks ? stat(path) : lstat(path)));
  const file = await open(path, followsLinks ? READ : READ | NO_FOLLOW);
  try {
    const stats = await file.stat();
    checkRegular(stats);
    return { file, stats };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Opens a regular file like `openRegular`, following links, without waiting; returns its descriptor. */
export function openRegularSync(path: string): { readonly file: number; readonly stats: Stats } {
  checkRegular(statSync(path));
  const file = openSync(path, READ);
  try {
    const stats = fstatSync(file);
    checkRegular(stats);
    return { file, stats };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

function checkRegular(stats: Stats): void {
  if (stats.isFile()) return;
  if (stats.isSymbolicLink()) throw new FileProblem('is a symbolic link');
  throw new FileProblem(stats.isDirectory() ? 'is a folder' : 'is not a regular file');
}
