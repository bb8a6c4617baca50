/** Where the folder of a key is: in no node_modules, directly in the project's own one, or in another or deeper. */
export const [OUTSIDE, OUTERMOST, DEEPER] = [0, 1, 2] as const;

export type FolderPlace = typeof OUTSIDE | typeof OUTERMOST | typeof DEEPER;

export function folderPlaceOf(key: string): FolderPlace {
  const isFirst = key.startsWith('node_modules/');
  if (key.includes('/node_modules/', isFirst ? 'node_modules'.length : 0)) return DEEPER;
  return isFirst ? OUTERMOST : OUTSIDE;
}

/**
 * Returns where the package's name starts in a key that ends like npm's, in `node_modules/name` or
 * `node_modules/@scope/name`; `NO_NAME` for any other. Searches backwards without extracting the key: there are tens of
 * thousands.
 * @param start where the key starts
 */
export function nameStartIn(text: string, start: number, end: number): number {
  let name = end;
  while (name > start && text.charCodeAt(name - 1) !== SLASH) name--;
  if (isBehindFolder(text, start, name)) return name;
  for (name--; name > start && text.charCodeAt(name - 1) !== SLASH; ) name--;
  return text.charCodeAt(name) === AT && isBehindFolder(text, start, name) ? name : NO_NAME;
}

export const NO_NAME = -1;

function isBehindFolder(text: string, start: number, name: number): boolean {
  const folder = name - FOLDER.length;
  if (folder < start || !text.startsWith(FOLDER, folder)) return false;
  return folder === start || text.charCodeAt(folder - 1) === SLASH;
}

/** Returns the place of a key whose package's name starts there. */
export function placeOfName(start: number, name: number): FolderPlace {
  return name === start + FOLDER.length ? OUTERMOST : DEEPER;
}

const FOLDER = 'node_modules/';
const SLASH = 47;
const AT = 64;

/**
 * Returns the folder name at the end of a key: `@s/b` for `node_modules/a/node_modules/@s/b`; undefined outside of any.
 */
export function folderNameOf(key: string): string | undefined {
  return folderPlaceOf(key) !== OUTSIDE ? key.slice(key.lastIndexOf('node_modules/') + 13) : undefined;
}

/** Returns the folder of a member, including its scope. */
export function lastFolder(path: string): string {
  const slash = path.lastIndexOf('/');
  const scope = path.lastIndexOf('/', slash - 1) + 1;
  return path.slice(slash > 0 && path[scope] === '@' ? scope : slash + 1);
}
