import { closeSync, constants, fstatSync, lstatSync, openSync, type Stats, statSync } from 'node:fs';
import { type FileHandle, lstat, open, stat } from 'node:fs/promises';
import { FileProblem } from './file-problem.ts';

/**
 * Neither flag exists on Windows. A pipe without a writer opens at once, and a terminal does not become this
 * process's own.
 */
const READ =
  constants.O_RDONLY |
  ((constants.O_NONBLOCK as number | undefined) ?? 0) |
  ((constants.O_NOCTTY as number | undefined) ?? 0);
/** Refuses a symbolic link as the last component of a path; 0 if the system has no such flag. */
export const NO_FOLLOW = (constants.O_NOFOLLOW as number | undefined) ?? 0;

export interface OpenedFile {
  /** To be closed by the caller. */
  readonly file: FileHandle;
  readonly stats: Stats;
}

/**
 * Opens a regular file for reading, and refuses pipes, devices, sockets and folders. The opened file is checked again,
 * as it may have been replaced meanwhile. Throws a `FileProblem` or the system's error.
 * @param followsLinks whether the path may be a symbolic link
 */
export async function openRegular(path: string, followsLinks = true): Promise<OpenedFile> {
  // Opening a device can have side effects.
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

/** Opens a regular file synchronously like `openRegular`; returns its descriptor. */
export function openRegularSync(
  path: string,
  followsLinks = true,
): { readonly file: number; readonly stats: Stats } {
  checkRegular(followsLinks ? statSync(path) : lstatSync(path));
  const file = openSync(path, followsLinks ? READ : READ | NO_FOLLOW);
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
