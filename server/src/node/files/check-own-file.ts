import { lstat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { FileProblem } from './file-problem.ts';

/**
 * Throws a `FileProblem` unless a path lies inside a folder and leads, without symbolic links, to a regular file or to
 * nothing yet. The path itself must not be a link either; links above the folder are the user's own.
 * @param folder an absolute path
 */
export async function checkOwnFile(folder: string, path: string): Promise<void> {
  const inside = relative(folder, path);
  if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside))
    throw new FileProblem('is outside of the project');
  const names = inside.split(sep);
  let at = folder;
  for (const [index, name] of names.entries()) {
    at = join(at, name);
    const isLast = index === names.length - 1;
    const found = await lstat(at).catch((error: NodeJS.ErrnoException) => {
      if (isLast && error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (found === undefined) return;
    if (found.isSymbolicLink())
      throw new FileProblem(isLast ? 'is a symbolic link' : 'lies behind a symbolic link');
    if (isLast && !found.isFile())
      throw new FileProblem(found.isDirectory() ? 'is a folder' : 'is not a regular file');
  }
}
