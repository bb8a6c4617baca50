import { join } from 'node:path';
import { namesIn } from './archives/tarball-caches.ts';

/**
 * How Node.js completes a path that `require` names, in order; a folder comes last
 * (https://nodejs.org/api/modules.html, "All together").
 */
const COMPLETIONS = ['', '.js', '.json', '.node'];

/**
 * Returns the files of an installed package that its archive does not have and that Node.js loads in the place of one that it
 * has: `lib.js` for the folder `lib`, or a package.json that says anew how to load the files of a folder.
 */
export function addedFiles(directory: string, published: Iterable<string>): readonly string[] {
  const files = new Set(published);
  const folders = new Set([...files].flatMap(foldersOf));
  return ['', ...folders].flatMap((folder) =>
    namesIn(join(directory, ...folder.split('/')))
      .map((name) => (folder === '' ? name : `${folder}/${name}`))
      .filter((path) => !files.has(path) && !folders.has(path) && isLoadedInstead(path, files, folders)),
  );
}

function isLoadedInstead(path: string, files: ReadonlySet<string>, folders: ReadonlySet<string>): boolean {
  if (path.endsWith('/package.json')) return true;
  return COMPLETIONS.some((ending, at) => {
    if (!path.endsWith(ending)) return false;
    const named = path.slice(0, path.length - ending.length);
    return folders.has(named) || COMPLETIONS.slice(at + 1).some((later) => files.has(named + later));
  });
}

function foldersOf(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.includes('..') ? [] : parts.slice(1).map((_, at) => parts.slice(0, at + 1).join('/'));
}
