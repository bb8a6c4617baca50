import type { Dirent } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { lockfileKindOf } from '../core/read/lockfile/detect.ts';
import { canonicalUri, type Uri } from '../core/read/text/paths/uri.ts';
import { isKnownFile } from '../engine/known-files.ts';
import type { DirectoryItem, FilesPort, ReadResult } from '../engine/ports.ts';
import { checkOwnFile } from './files/check-own-file.ts';
import { CALLS_IN_BACKGROUND, type FileCalls } from './files/file-calls.ts';
import { reasonOf } from './files/file-problem.ts';
import { isOpenToOthers } from './files/is-open-to-others.ts';
import { isPathWithin } from './files/is-path-within.ts';
import { readBounded } from './files/read-bounded.ts';

const MEGABYTE = 1024 * 1024;
const MAX_BYTES = 50 * MEGABYTE;
/** Lockfiles are scanned, not parsed: one of this size takes a few seconds and a gigabyte of memory. */
export const MAX_LOCKFILE_BYTES = 200 * MEGABYTE;

/**
 * Creates the port to files of this machine. `roots` are the checked folders: links inside them are followed as long as
 * they lead to one of them. Files outside all of them, such as the user's own .npmrc, are read directly.
 */
export function createDiskFiles(roots: () => readonly Uri[], calls = CALLS_IN_BACKGROUND): FilesPort {
  return {
    async read(uri) {
      const path = pathOf(uri);
      if (path === undefined) return { type: 'refused', reason: 'is no file on this machine' };
      try {
        await calls.pause();
        return await readText(path, await realRoots(roots(), calls), calls);
      } catch (error) {
        const read = failedRead(error);
        return read.type === 'missing' && (await isDangling(path)) ? DANGLING : read;
      }
    },
    async list(directory) {
      const path = pathOf(directory);
      if (path === undefined) return undefined;
      try {
        await calls.pause();
        const found = await calls.list(path);
        const links = found.some((item) => item.isSymbolicLink())
          ? await linkGuard(path, roots())
          : undefined;
        const items: DirectoryItem[] = [];
        for (const item of found) {
          const type = item.isSymbolicLink() ? await links?.(join(path, item.name)) : typeOf(item);
          // One of these that is not a file, or leads elsewhere, is not missing: reading it gives the reason.
          const isKnown = isKnownFile(item.name);
          const link = item.isSymbolicLink() && type === 'directory' ? ({ isLink: true } as const) : {};
          if (type !== undefined || isKnown)
            items.push({ name: item.name, type: isKnown ? 'file' : type!, ...link });
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
        .filter((folder) => folder !== undefined && isPathWithin(folder, path))
        // Of nested folders, the inner one was opened directly, by whatever link.
        .sort((a, b) => b!.length - a!.length)[0];
      try {
        await checkOwnFile(root ?? dirname(path), path);
        return undefined;
      } catch (error) {
        return reasonOf(error) ?? 'cannot be looked at';
      }
    },
    async isOpenToOthers(uri) {
      const path = pathOf(uri);
      return path !== undefined && (await isOpenToOthers(path));
    },
  };
}

const MANIFEST = 'package.json';

const DANGLING: ReadResult = { type: 'refused', reason: 'is a symbolic link that leads to no file' };

/** Checks whether it is a manifest or a lockfile behind a dangling link, which is not the same as a missing file. */
async function isDangling(path: string): Promise<boolean> {
  const name = basename(path);
  if (name !== MANIFEST && lockfileKindOf(name) === undefined) return false;
  return (await lstat(path).catch(() => undefined))?.isSymbolicLink() === true;
}

/** Returns the canonical URI of an absolute path. */
export function uriOfPath(path: string): Uri {
  return canonicalUri(pathToFileURL(path).href);
}

/** Returns undefined for anything but a file of this machine: another scheme, another host, an encoded slash. */
export function pathOf(uri: Uri): string | undefined {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined;
  }
}

async function readText(path: string, roots: readonly Root[], calls: FileCalls): Promise<ReadResult> {
  const inside = roots.some((root) => isPathWithin(root.path, path) || isPathWithin(root.real, path));
  const real = inside ? await calls.realpath(path) : path;
  if (inside && !isInRoots(real, roots)) {
    return { type: 'refused', reason: 'leads out of the folder that is checked' };
  }
  const maxBytes = lockfileKindOf(basename(path)) === undefined ? MAX_BYTES : MAX_LOCKFILE_BYTES;
  // Inside, links are resolved already: one that replaces the file meanwhile is not followed.
  // Outside are the user's own files, on a network at worst: only calls in the background have a time limit.
  const read = inside ? calls.read : readBounded;
  const bytes = await read(real, { maxBytes, followsLinks: !inside });
  if (bytes.includes(0))
    return { type: 'refused', reason: isUtf16(bytes) ? 'is not UTF-8 text' : 'contains NUL bytes' };
  return { type: 'text', text: new TextDecoder('utf-8').decode(bytes) };
}

/** Checks whether the text begins with a UTF-16 byte order mark. */
function isUtf16(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

/** Returns the result of a failed read: missing if the file does not exist, or else refused with the reason. */
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

/** A checked folder, as given and with links resolved. */
interface Root {
  readonly path: string;
  readonly real: string;
}

async function realRoots(uris: readonly Uri[], calls: FileCalls): Promise<readonly Root[]> {
  const roots: Root[] = [];
  for (const uri of uris) {
    const path = pathOf(uri);
    if (path === undefined) continue;
    try {
      roots.push({ path, real: await calls.realpath(path) });
    } catch {
      // Nothing lies in a folder that is not there.
    }
  }
  return roots;
}

/**
 * Returns the type of a link's target in `directory`, or undefined if the link is not followed: out of the roots,
 * unless to packages, or to a folder that contains one already on the path. So each path passes every real folder at
 * most once, and ends.
 */
async function linkGuard(
  directory: string,
  uris: readonly Uri[],
): Promise<(link: string) => Promise<DirectoryItem['type'] | undefined>> {
  const roots = await realRoots(uris, CALLS_IN_BACKGROUND);
  const root = roots.find(({ path }) => isPathWithin(path, directory));
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
    if (found?.isDirectory() !== true || passed.some((folder) => isPathWithin(target, folder)))
      return undefined;
    return 'directory';
  };
}

/** Checks whether a folder has one with a manifest in it, up to three levels below; of one with too many in it, yes. */
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
  return roots.some((root) => isPathWithin(root.real, real));
}
