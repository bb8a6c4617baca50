import { isWithin, nameOf, relativeUri, type Uri } from '../core/read/text/paths/uri.ts';

/** Returns the path within the open folder, prefixed with its name if there are several. */
export function pathInFolders(uri: Uri, folders: readonly Uri[]): string {
  const folder = folders.find((one) => isWithin(one, uri));
  if (folder === undefined) return nameOf(uri);
  const path = relativeUri(folder, uri);
  if (path === '') return nameOf(folder);
  return folders.length > 1 ? `${nameOf(folder)}/${path}` : path;
}
