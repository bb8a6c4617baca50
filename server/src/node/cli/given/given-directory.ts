import type { Stats } from 'node:fs';
import { lstat, opendir, realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { POLICY_FILE } from '../../../engine/projects/path-filters.ts';
import { reasonOf } from '../../files/file-problem.ts';
import { WrongUse } from '../exit-code.ts';

/**
 * Returns the directory given to a command, or else the current one. Links are resolved, to distinguish what lies below
 * it from what lies elsewhere. Throws `WrongUse` if it does not exist or may not be read.
 */
export async function directoryOf(command: string, positionals: readonly string[]): Promise<string> {
  if (positionals.length > 1) {
    throw new WrongUse(`${command} takes one directory, not ${positionals.length}; run it once for each.`);
  }
  const typed = positionals[0] ?? '.';
  const path = resolve(typed);
  const found = await readableAt(path, typed);
  if (found === undefined) {
    throw new WrongUse(
      `no such directory: ${typed}; run "dephygiene ${command} <dir>" with an existing one.`,
    );
  }
  if (!found.isDirectory()) {
    throw new WrongUse(
      `${typed} is a file; run "dephygiene ${command} ${dirname(typed)}" for its directory.`,
    );
  }
  return realpath(path);
}

/** Returns undefined if nothing exists there. Throws `WrongUse` if something unreadable does. */
async function readableAt(path: string, typed: string): Promise<Stats | undefined> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) await (await opendir(path)).close();
    return found;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    const isDenied = code === 'EACCES' || code === 'EPERM';
    const why = isDenied ? 'may not be read by this user' : (reasonOf(error) ?? 'cannot be read');
    throw new WrongUse(`${typed} ${why}; its contents are unknown.`);
  }
}

/**
 * Returns the directory that bounds the search for roots and configuration: the nearest git repository at or above, or
 * else the nearest directory with a dependency-hygiene.json of this user, or else the directory itself.
 */
export async function repositoryOf(directory: string): Promise<string> {
  let configured: string | undefined;
  for (let at = directory; ; at = dirname(at)) {
    if ((await stat(join(at, '.git')).catch(() => undefined)) !== undefined) return at;
    if (configured === undefined && (await hasOwnPolicy(at))) configured = at;
    if (at === dirname(at)) return configured ?? directory;
  }
}

/** Checks for a file by this user or the administrator: anybody can leave one in a shared folder above. */
async function hasOwnPolicy(directory: string): Promise<boolean> {
  const found = await lstat(join(directory, POLICY_FILE)).catch(() => undefined);
  if (found?.isFile() !== true) return false;
  const user = process.getuid?.();
  return user === undefined || found.uid === user || found.uid === 0;
}
