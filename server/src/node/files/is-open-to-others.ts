import type { Stats } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Checks by the permissions of a file and of the folders above it whether other users of this machine can read it. False
 * where that is unknown: on Windows, and for groups that have only the file's owner as a member by convention.
 */
export async function isOpenToOthers(path: string): Promise<boolean> {
  if (process.platform === 'win32') return false;
  try {
    const real = await realpath(path);
    const file = await stat(real);
    const folders: Stats[] = [];
    for (let at = dirname(real); ; at = dirname(at)) {
      folders.push(await stat(at));
      if (at === dirname(at)) break;
    }
    if ((file.mode & 0o004) !== 0 && folders.every(({ mode }) => (mode & 0o001) !== 0)) return true;
    const isShared = file.gid !== file.uid && file.gid !== 0;
    const lets = ({ mode, gid }: Stats) => (gid === file.gid ? (mode & 0o010) !== 0 : (mode & 0o001) !== 0);
    return isShared && (file.mode & 0o040) !== 0 && folders.every(lets);
  } catch {
    return false;
  }
}
