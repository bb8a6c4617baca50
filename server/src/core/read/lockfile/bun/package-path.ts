/** Bun writes the location of a package as the names of the enclosing packages and its own: `a/@s/b/c`. */

/**
 * The deepest path that is read. Real ones stay below twenty; without a limit, searching the folders above each package
 * of a hostile text would not end.
 */
export const MAX_PATH_NAMES = 100;

/** Splits a path into names. A name that begins with `@` contains a slash; undefined for a path with too many names. */
export function namesOfPath(path: string): readonly string[] | undefined {
  const names: string[] = [];
  for (let start = 0; start <= path.length; ) {
    let end = path.indexOf('/', start);
    if (end !== -1 && path[start] === '@') end = path.indexOf('/', end + 1);
    if (end === -1) end = path.length;
    if (names.length === MAX_PATH_NAMES) return undefined;
    names.push(path.slice(start, end));
    start = end + 1;
  }
  return names;
}

/** Returns the last name of a path: the folder that the package is installed in. */
export function folderOfPath(path: string): string {
  const slash = path.lastIndexOf('/');
  if (slash === -1) return path;
  const before = slash === 0 ? -1 : path.lastIndexOf('/', slash - 1);
  return path.slice((path[before + 1] === '@' ? before : slash) + 1);
}
