import { entriesOfVersion } from '../../core/read/lockfile/model/entries-of-version.ts';
import type { Project } from '../../core/read/project/project.ts';
import { joinUri, parentUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { FilesPort } from '../ports.ts';

/**
 * Returns the folders in which a version of a package may be installed, existing or not: below the root and its
 * members, at its place in an npm lockfile, in pnpm's store in node_modules, and unpacked beside Yarn's archives.
 */
export async function installFolders(
  files: Pick<FilesPort, 'list'>,
  { root, members, lockfile }: Pick<Project, 'root' | 'members' | 'lockfile'>,
  { name, version }: { readonly name: string; readonly version: string },
): Promise<readonly Uri[]> {
  const direct = [root, ...[...members.keys()].map(parentUri)].map((folder) =>
    joinUri(folder, `node_modules/${name}`),
  );
  const isNpm = lockfile?.format === 'package-lock' || lockfile?.format === 'npm-shrinkwrap';
  const locked = (isNpm ? entriesOfVersion(lockfile, name, version) : []).filter((entry) =>
    isBelowRoot(entry.key),
  );
  const store = joinUri(root, 'node_modules/.pnpm');
  // The slash after a scope is written as a plus; a suffix for the peers follows the version.
  const begins = `${name.replace('/', '+')}@${version}`;
  const stored = ((await files.list(store)) ?? []).filter(
    (item) => item.name.startsWith(begins) && /^(?:$|[(_])/.test(item.name.slice(begins.length)),
  );
  // Plug'n'Play unpacks what has scripts. One with peers has a hash in place of its version.
  const slug = name.replace('/', '-');
  const unplugged = joinUri(root, '.yarn/unplugged');
  const unpacked = ((await files.list(unplugged)) ?? []).filter(
    (item) => item.name.startsWith(`${slug}-npm-${version}-`) || item.name.startsWith(`${slug}-virtual-`),
  );
  return [
    ...new Set([
      ...direct,
      ...locked.map(({ key }) => joinUri(root, key)),
      ...stored.map((item) => joinUri(store, `${item.name}/node_modules/${name}`)),
      ...unpacked.map((item) => joinUri(unplugged, `${item.name}/node_modules/${name}`)),
    ]),
  ];
}

/** Rejects keys that lead out of the project, as lockfiles are hostile. */
function isBelowRoot(key: string): boolean {
  return /(?:^|\/)node_modules\//.test(key) && !key.split('/').includes('..') && !/^[/\\]|[\\:]/.test(key);
}
