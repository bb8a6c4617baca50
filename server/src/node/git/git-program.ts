import { access, constants, realpath, stat } from 'node:fs/promises';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { isPathWithin } from '../files/is-path-within.ts';

export interface ProgramSearch {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** Untrusted folders: no program in them, or behind a link in them, is run. */
  readonly untrusted: readonly string[];
}

/** Returns the absolute path of git on PATH; undefined if there is none that may be run. */
export function findGit(search: ProgramSearch): Promise<string | undefined> {
  return findProgram([search.platform === 'win32' ? 'git.exe' : 'git'], search);
}

/** Returns the absolute path of the first file on PATH with one of these names; undefined if none may be run. */
export async function findProgram(
  names: readonly string[],
  search: ProgramSearch,
): Promise<string | undefined> {
  const { environment, platform } = search;
  const isWindows = platform === 'win32';
  const path = environment.PATH ?? (isWindows ? environment.Path : undefined) ?? '';
  const untrusted = await Promise.all(search.untrusted.map(realOrSame));
  for (const folder of path.split(delimiter)) {
    // An empty or relative entry depends on the current directory.
    if (!isAbsolute(folder)) continue;
    for (const name of names) {
      const program = join(folder, name);
      if (!(await isProgram(program))) continue;
      const real = await realOrSame(program);
      const places = [folder, await realOrSame(folder), dirname(real)];
      if (untrusted.some((outer) => places.some((place) => isPathWithin(outer, place)))) continue;
      return program;
    }
  }
  return undefined;
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function realOrSame(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}
