import type { Lockfile } from '../../core/read/lockfile/model/lockfile.ts';
import type { Manifest } from '../../core/read/manifest/manifest.ts';
import { readManifest } from '../../core/read/manifest/read-manifest.ts';
import { readWorkspaceClaims } from '../../core/read/project/members/workspace-claims.ts';
import { joinUri } from '../../core/read/text/paths/uri.ts';

/** Manifests of one lockfile. */
const MOST_MANIFESTS = 5_000;

/** Returns the folder of a path, with a slash at the end unless it is the root. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/**
 * Returns the manifests below the folder of a lockfile for which it is the nearest one.
 * @param folders those of all lockfiles
 */
export function manifestPaths(
  folder: string,
  paths: Iterable<string>,
  folders: ReadonlySet<string>,
): readonly string[] {
  const found: string[] = [];
  for (const path of paths) {
    const own = folderOf(path);
    if (path !== `${own}package.json` || !own.startsWith(folder) || /(?:^|\/)node_modules\//.test(path))
      continue;
    let at = own;
    while (at !== folder && !folders.has(at)) at = folderOf(at.slice(0, -1));
    if (at === folder && found.length < MOST_MANIFESTS) found.push(path);
  }
  return found;
}

/**
 * Returns the manifests of importers: as the lockfile lists them, or else the root and what it claims as members.
 * @param texts by the folder of the manifest, relative to the lockfile
 */
export function manifestsIn(
  { importers }: Lockfile,
  texts: ReadonlyMap<string, string>,
): ReadonlyMap<string, Manifest> {
  const read = (path: string, text: string) =>
    readManifest(joinUri('file:///repository', `${path}/package.json`), text);
  const rootText = texts.get('');
  const root = rootText === undefined ? undefined : read('', rootText);
  const { claims } = readWorkspaceClaims(root?.workspaces?.patterns.map(({ value }) => value) ?? []);
  const found = new Map<string, Manifest>();
  for (const [path, text] of texts)
    if (path === '' || (importers.size > 0 ? importers.has(path) : claims(path)))
      found.set(path, read(path, text));
  return found;
}
