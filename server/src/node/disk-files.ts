import type { Dirent } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { lockfileKindOf } from '../core/read/lockfile/detect.ts';
import { canonicalUri, type Uri } from '../core/read/text/paths/uri.ts';
import type { DirectoryItem, FilesPort, ReadResult } from '../engine/ports.ts';
import { checkOwnFile } from './files/check-own-file.ts';
import { reasonOf } from './files/file-problem.ts';
import { readBounded } from './files/read-bounded.ts';

const MEGABYTE = 1024 * 1024;
const MAX_BYTES = 50 * MEGABYTE;
/** Lockfiles are scanned, not parsed: one of this size takes a few seconds and a gigabyte of memory. */
export const MAX_LOCKFILE_BYTES = 200 * MEGABYTE;

/**
 * Files of this machine. `roots` are the folders that are checked: links inside them are followed as long as they lead
 * to one of them. Files outside all of them, such as the user's own .npmrc, are read as they are.
 */
export function createDiskFiles(roots: () => readonly Uri[]): FilesPort {
  return {
    async read(uri) {
      const path = pathOf(uri);
      if (path === undefined) return { type: 'refused', reason: 'is no file on this machine' };
      try {
        return await readText(path, await realRoots(roots()));
      } catch (error) {
        const read = failedRead(error);
        return read.type === 'missing' && (await isDangling(path)) ? DANGLING : read;
      }
    },
    async list(directory) {
      const path = pathOf(directory);
      if (path === undefined) return undefined;
      try {
        const found = await readdir(path, { withFileTypes: true });
        const links = found.some((item) => item.isSymbolicLink())
          ? await linkGuard(path, roots())
          : undefined;
        const items: DirectoryItem[] = [];
        for (const item of found) {
          const type = item.isSymbolicLink() ? await links?.(join(path, item.name)) : typeOf(item);
          // One of these that is no file, or leads elsewhere, is not missing: reading it says what is wrong.
          const isKnown = lockfileKindOf(item.name) !== undefined || DECLARING.has(item.name);
          if (type !== undefined || isKnown) items.push({ name: item.name, type: isKnown ? 'file' : type! });
          if (item.name === MANIFEST && (type === undefined || type === 'directory'))
            items.push({ name: item.name, type: 'unfollowed' });
        }
        return items.sort((a, b) => (a.name < b.name ? -1 : 1));
      } catch {
        return undefined;
      }
    },
    async editProblem(uri) {
      const path = pathOf(uri);
      if (path === undefined) return undefined;
      const root = roots()
        .map(pathOf)
        .filter((folder) => folder !== undefined && isWithinPath(folder, path))
        // Of folders in each other the inner one was opened as it is, by whatever link.
        .sort((a, b) => b!.length - a!.length)[0];
      try {
        await checkOwnFile(root ?? dirname(path), path);
        return undefined;
      } catch (error) {
        return reasonOf(error) ?? 'cannot be looked at';
      }
    },
  };
}

/** Files that may say which registry serves a name. */
const DECLARING: ReadonlySet<string> = new Set([
  '.npmrc',
  'pnpm-workspace.yaml',
  '.yarnrc.yml',
  '.yarnrc',
  'bunfig.toml',
]);

const MANIFEST = 'package.json';

const DANGLING: ReadResult = { type: 'refused', reason: 'is a symbolic link that leads to no file' };

/** Whether it is a manifest or a lockfile that somebody wrote as a link: no such file at all is another thing. */
async function isDangling(path: string): Promise<boolean> {
  const name = basename(path);
  if (name !== MANIFEST && lockfileKindOf(name) === undefined) return false;
  return (await lstat(path).catch(() => undefined))?.isSymbolicLink() === true;
}

/** The canonical URI of an absolute path. */
export function uriOfPath(path: string): Uri {
  return canonicalUri(pathToFileURL(path).href);
}

/** Undefined for what is no file of this machine: another scheme, another host, an encoded slash. */
function pathOf(uri: Uri): string | undefined {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined;
  }
}

async function readText(path: string, roots: readonly Root[]): Promise<ReadResult> {
  const inside = roots.some((root) => isWithinPath(root.path, path) || isWithinPath(root.real, path));
  const real = inside ? await realpath(path) : path;
  if (inside && !isInRoots(real, roots)) {
    return { type: 'refused', reason: 'leads out of the folder that is checked' };
  }
  const maxBytes = lockfileKindOf(basename(path)) === undefined ? MAX_BYTES : MAX_LOCKFILE_BYTES;
  // Inside, the links were followed already: one that takes the file's place meanwhile is not.
  const bytes = await readBounded(real, { maxBytes, followsLinks: !inside });
  if (bytes.includes(0))
    return { type: 'refused', reason: isUtf16(bytes) ? 'is not UTF-8 text' : 'contains NUL bytes' };
  return { type: 'text', text: new TextDecoder('utf-8').decode(bytes) };
}

/** Whether the text begins with a byte order mark of UTF-16. */
function isUtf16(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

/** Returns the result of a read that failed: what is not there is missing, all else refused with the reason. */
export function failedRead(error: unknown): ReadResult {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return { type: 'missing' };
    case 'EACCES':
    case 'EPERM':
      return {
        type: 'refused',
        reason: 'cannot be read: permission denied',
        advice: "check the file's permissions",
      };
    default:
      return { type: 'refused', reason: reasonOf(error) ?? 'cannot be read' };
  }
}

function typeOf(item: Dirent): DirectoryItem['type'] | undefined {
  return item.isFile() ? 'file' : item.isDirectory() ? 'directory' : undefined;
}

/** A folder that is checked, as it was given and without links. */
interface Root {
  readonly path: string;
  readonly real: string;
}

async function realRoots(uris: readonly Uri[]): Promise<readonly Root[]> {
  const roots = await Promise.all(
    uris.map(async (uri) => {
      const path = pathOf(uri);
      const real = path === undefined ? undefined : await realpath(path).catch(() => undefined);
      return path === undefined || real === undefined ? [] : [{ path, real }];
    }),
  );
  return roots.flat();
}

/**
 * Says what a link in `directory` leads to, or undefined where it is not followed: out of the roots, unless to packages,
 * or to a folder that holds one already passed on the way here. So each way down passes every real folder at most once, and ends.
 */
async function linkGuard(
  directory: string,
  uris: readonly Uri[],
): Promise<(link: string) => Promise<DirectoryItem['type'] | undefined>> {
  const roots = await realRoots(uris);
  const root = roots.find(({ path }) => isWithinPath(path, directory));
  const passed: string[] = [];
  for (let at = directory; root !== undefined; at = dirname(at)) {
    passed.push(await realpath(at));
    if (at === root.path || dirname(at) === at) break;
  }
  return async (link) => {
    const target = await realpath(link).catch(() => undefined);
    if (target === undefined) return undefined;
    if (!isInRoots(target, roots)) {
      if (root === undefined || basename(link) === MANIFEST) return undefined;
      const manifest = await stat(join(target, MANIFEST)).catch(() => undefined);
      if (manifest !== undefined) return 'unfollowed';
      return (await holdsPackages(target)) ? 'outside' : undefined;
    }
    const found = await stat(target).catch(() => undefined);
    if (found?.isFile() === true) return 'file';
    if (found?.isDirectory() !== true || passed.some((folder) => isWithinPath(target, folder)))
      return undefined;
    return 'directory';
  };
}

/** Tells whether a folder has one with a manifest in it, up to three levels below; of one with too many in it, yes. */
async function holdsPackages(folder: string): Promise<boolean> {
  let level = [folder];
  let left = MOST_FOLDERS;
  for (let depth = 0; depth < MOST_LEVELS && level.length > 0; depth++) {
    const next: string[] = [];
    for (const at of level) {
      if (left-- === 0) return true;
      const items = await readdir(at, { withFileTypes: true }).catch(() => []);
      if (depth > 0 && items.some(({ name }) => name === MANIFEST)) return true;
      const below = items.filter((item) => !item.isFile() && item.name !== 'node_modules');
      next.push(...below.map(({ name }) => join(at, name)));
    }
    level = next;
  }
  return false;
}

const MOST_FOLDERS = 300;
const MOST_LEVELS = 3;

function isInRoots(real: string, roots: readonly Root[]): boolean {
  return roots.some((root) => isWithinPath(root.real, real));
}

function isWithinPath(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
