import type { Dirent } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { crypto } from '../builtin-on-demand.ts';
import { readBounded } from '../files/read-bounded.ts';
import type { SearchPlace } from './find-repositories.ts';

const MAX_FILE = 50 * 1024 * 1024;
const MOST_REFERENCES = 20_000;
const MAX_DEPTH = 30;

/**
 * Returns the repository's own git folder; undefined if it is elsewhere, as that of a submodule, or if its references and
 * objects are, as those of a worktree.
 */
export async function gitFolderOf({ directory, kind }: SearchPlace): Promise<string | undefined> {
  const folder = kind === 'bare' ? directory : join(directory, '.git');
  if ((await lstat(folder).catch(() => undefined))?.isDirectory() !== true) return undefined;
  return (await exists(join(folder, 'commondir'))) ? undefined : folder;
}

/**
 * Returns a text that changes with each reference and with the packs of a repository, from its files, as starting git takes
 * longer than all of this. Undefined where they are not kept in files of their own.
 */
export async function repositoryState(place: SearchPlace): Promise<string | undefined> {
  const folder = await gitFolderOf(place);
  if (folder === undefined || (await exists(join(folder, 'reftable')))) return undefined;
  if (await exists(join(folder, 'objects/info/alternates'))) return undefined;
  const hash = crypto().createHash('sha256');
  const read = async (path: string): Promise<Buffer | undefined> =>
    readBounded(join(folder, path), { maxBytes: MAX_FILE }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
  try {
    for (const path of ['HEAD', 'packed-refs', 'shallow', 'config', ...(await filesBelow(folder, 'refs'))]) {
      const bytes = await read(path);
      hash.update(`${path} ${bytes?.length}\n`).update(bytes ?? '');
    }
    const packs = join(folder, 'objects/pack');
    for (const name of (await readdir(packs)).sort()) {
      const { size, mtimeMs } = await stat(join(packs, name));
      hash.update(`${name} ${size} ${mtimeMs}\n`);
    }
    hash.update(await worktreeHeads(place));
    return hash.digest('hex');
  } catch {
    return undefined;
  }
}

const MAX_HEAD = 64 * 1024;
const MOST_WORKTREES = 1000;

/**
 * Returns a text that changes with the commit of each worktree of the repository: those on no branch are behind no
 * reference, and part of the history nevertheless.
 */
export async function worktreeHeads(place: SearchPlace): Promise<string> {
  const read = async (path: string): Promise<string> =>
    (await readBounded(path, { maxBytes: MAX_HEAD }).catch(() => undefined))?.toString('utf8').trim() ?? '';
  let folder = await gitFolderOf(place);
  if (folder === undefined) {
    const own = /^gitdir: (.*)$/.exec(await read(join(place.directory, '.git')))?.[1];
    if (own === undefined) return '';
    folder = resolve(place.directory, own);
    const shared = await read(join(folder, 'commondir'));
    folder = resolve(folder, shared);
  }
  const worktrees = join(folder, 'worktrees');
  const names = (await readdir(worktrees).catch(() => [])).sort().slice(0, MOST_WORKTREES);
  const heads = await Promise.all(
    [folder, ...names.map((name) => join(worktrees, name))].map((each) => read(join(each, 'HEAD'))),
  );
  return heads.join('\n');
}

/** Returns whether the object is a file of its own, which a pack may hold as well. */
export async function isLoose(place: SearchPlace, object: string): Promise<boolean> {
  const folder = await gitFolderOf(place);
  return folder !== undefined && exists(join(folder, 'objects', object.slice(0, 2), object.slice(2)));
}

/** Lists the files below a folder of a repository, each with the path from there. Throws if there are too many. */
export async function filesBelow(folder: string, start: string): Promise<readonly string[]> {
  const found: string[] = [];
  const visit = async (path: string, depth: number): Promise<void> => {
    if (depth > MAX_DEPTH) throw new Error('nested too deeply');
    const items: readonly Dirent[] = await readdir(join(folder, path), { withFileTypes: true });
    for (const item of [...items].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const below = `${path}/${item.name}`;
      if (item.isDirectory()) await visit(below, depth + 1);
      else found.push(below);
      if (found.length > MOST_REFERENCES) throw new Error('too many references');
    }
  };
  await visit(start, 0);
  return found;
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
