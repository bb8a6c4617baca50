import { isWithin, parentUri, type Uri } from '../../core/read/text/paths/uri.ts';

/** The folders that bound the search for projects. */
export interface OpenFolders {
  /** Another array after each `set`, so that a search can tell whether folders were opened or closed meanwhile. */
  readonly all: readonly Uri[];
  /** Those below which every project is loaded. */
  readonly whole: ReadonlySet<Uri>;
  set(folders: readonly Uri[]): void;
  addWhole(folder: Uri): void;
  /** Whether the file or folder is in an open one. */
  contains(uri: Uri): boolean;
  /** The outermost open folder: a root in a folder that is open as well counts for the folders inside it. */
  boundOf(uri: Uri): Uri;
}

export function createOpenFolders(): OpenFolders {
  let all: readonly Uri[] = [];
  const whole = new Set<Uri>();
  const around = (uri: Uri) => all.filter((folder) => isWithin(folder, uri));
  return {
    get all() {
      return all;
    },
    whole,
    set(folders) {
      all = folders;
      for (const folder of whole) if (!folders.includes(folder)) whole.delete(folder);
    },
    addWhole: (folder) => void whole.add(folder),
    contains: (uri) => around(uri).length > 0,
    boundOf: (uri) => around(uri).sort((a, b) => a.length - b.length)[0] ?? parentUri(uri),
  };
}
