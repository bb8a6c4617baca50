import { groupBy } from '../../read/text/group-by.ts';
import type { Observed } from './read-records.ts';

export interface ProgramPlaces {
  /** The folder of the project, which holds the program and its packages. */
  readonly project: string;
  /** The system's folder for temporary files, whose names differ in each run. */
  readonly temporary: string;
  /** The home folder, which is never allowed as a whole, unless it is the project. */
  readonly home: string;
}

/** Files of one folder that are allowed one by one. */
const MOST_FILES = 5;

/**
 * Returns the flags of Node.js's permission model with which the program may do what it was seen to do, and as little else as
 * flags can say. Undefined if its Node.js has no permission model.
 */
export function permissionFlags(observed: Observed, places: ProgramPlaces): readonly string[] | undefined {
  const { flags, uses, reads, writes, usesWasi, workers } = observed;
  const first = ['--permission', '--experimental-permission'].find((flag) => flags.includes(flag));
  if (first === undefined) return undefined;
  const kinds = new Set(uses.map(({ kind }) => kind));
  const isAddon = uses.some(({ kind, detail }) => kind === 'native-code' && !isBinding(detail));
  return [
    first,
    ...compact([allBelow(places.project), ...reads], places).map((path) => `--allow-fs-read=${path}`),
    ...compact(writes, places).map((path) => `--allow-fs-write=${path}`),
    ...(kinds.has('processes') ? ['--allow-child-process'] : []),
    // Hooks of the module loader have a thread too.
    ...(kinds.has('workers') || workers > 0 ? ['--allow-worker'] : []),
    ...(isAddon ? ['--allow-addons'] : []),
    ...(usesWasi ? ['--allow-wasi'] : []),
    ...(kinds.has('network') && flags.includes('--allow-net') ? ['--allow-net'] : []),
  ];
}

/** Checks for a binding of Node.js itself, which the permission model refuses whatever the flags. */
export function isBinding(detail: string | undefined): boolean {
  return /^process\.\w*binding /i.test(detail ?? '');
}

/**
 * Returns the paths without those below others. Many in one folder become the folder, as does a folder itself, which the
 * flags take for everything in it: hence without folders around the project and the home folder. Node.js finds outer
 * folders only if they come first.
 */
function compact(paths: readonly string[], places: ProgramPlaces): readonly string[] {
  const { project, temporary, home } = places;
  const isPassing = (path: string) => isBelow(path, temporary) && !isBelow(path, project);
  const isAround = (folder: string) =>
    (folder !== project && isBelow(project, folder)) || isBelow(home, folder);
  const lasting = new Set(
    paths
      .filter((path) => !isAround(path.replace(WHOLE, '')))
      .map((path) =>
        isPassing(path) ? allBelow(temporary) : isBelow(path, project) ? path : wholePackage(path),
      ),
  );
  const files = groupBy(
    [...lasting].filter((path) => !WHOLE.test(path)),
    folderOf,
  );
  for (const [folder, own] of files)
    if (own.length > MOST_FILES && !isAround(folder.slice(0, -1))) lasting.add(`${folder}*`);
  const all = [...lasting];
  const isFolder = (path: string) => all.some((other) => other !== path && isBelow(other, path));
  const named = new Set(all.map((path) => (isFolder(path) ? allBelow(path) : path)));
  const folders = [...named].filter((path) => WHOLE.test(path)).map((path) => path.replace(WHOLE, ''));
  return [...named]
    .filter((path) => !folders.some((folder) => path !== allBelow(folder) && isBelow(path, folder)))
    .sort((a, b) => a.length - b.length);
}

/** Returns the outermost package that a path is in, such as an installed package manager, or else the path. */
function wholePackage(path: string): string {
  const folder = /^.*?[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/@.][^\\/]*(?=[\\/])/.exec(path)?.[0];
  return folder === undefined ? path : allBelow(folder);
}

const WHOLE = /[\\/]\*$/;

function folderOf(path: string): string {
  return path.replace(/[^\\/]*$/, '');
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(allBelow(folder).slice(0, -1));
}

function allBelow(folder: string): string {
  const separator = folder.includes('\\') ? '\\' : '/';
  return `${folder.replace(/[\\/]$/, '')}${separator}*`;
}
