/** Where the folder of a key lies: in no node_modules, directly in the project's own one, or in another or deeper. */
export const [OUTSIDE, OUTERMOST, DEEPER] = [0, 1, 2] as const;

export type FolderPlace = typeof OUTSIDE | typeof OUTERMOST | typeof DEEPER;

export function folderPlaceOf(key: string): FolderPlace {
  const isFirst = key.startsWith('node_modules/');
  if (key.includes('/node_modules/', isFirst ? 'node_modules'.length : 0)) return DEEPER;
  return isFirst ? OUTERMOST : OUTSIDE;
}

/** The folder name that a key ends with: `@s/b` of `node_modules/a/node_modules/@s/b`; undefined outside of any. */
export function folderNameOf(key: string): string | undefined {
  return folderPlaceOf(key) !== OUTSIDE ? key.slice(key.lastIndexOf('node_modules/') + 13) : undefined;
}

/** The folder of a member, with the scope that it lies in. */
export function lastFolder(path: string): string {
  const slash = path.lastIndexOf('/');
  const scope = path.lastIndexOf('/', slash - 1) + 1;
  return path.slice(slash > 0 && path[scope] === '@' ? scope : slash + 1);
}
