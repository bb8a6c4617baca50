import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { WrongUse } from '../exit-code.ts';
import { directoryOf } from '../given/given-directory.ts';

/**
 * Returns a directory that an assistant named, with its links resolved; by default the first of the allowed ones, which
 * relative paths start from. Throws `WrongUse` for everything outside of these, without looking there.
 *
 * @param allowed with their links resolved
 */
export async function allowedDirectory(
  typed: string | undefined,
  allowed: readonly [string, ...string[]],
): Promise<string> {
  if (typed === undefined) return allowed[0];
  const path = resolve(allowed[0], typed);
  requireAllowed(path, allowed);
  requireAllowed(await realpath(path).catch(() => path), allowed);
  return directoryOf('check', [path]);
}

function requireAllowed(path: string, allowed: readonly string[]): void {
  if (!allowed.some((directory) => isBelow(directory, path)))
    throw new WrongUse('the directory is outside of those that the server was started with.');
}

function isBelow(directory: string, path: string): boolean {
  const way = relative(directory, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
