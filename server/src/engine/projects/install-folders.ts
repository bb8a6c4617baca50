import type { Project } from '../../core/read/project/project.ts';
import { joinUri, parentUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { FilesPort } from '../ports.ts';

/**
 * The folders in which a version of a package may be installed, whether they are there or not: below the root and its
 * members, where an npm lockfile puts it, and in the store that pnpm keeps in node_modules.
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
  const locked = (isNpm ? lockfile.entries : []).filter(
    (entry) => entry.name === name && entry.version?.value === version && isBelowRoot(entry.key),
  );
  const store = joinUri(root, 'node_modules/.pnpm');
  // A scope's slash is written as a plus; what peers it was installed with follows the version.
  const begins = `${name.replace('/', '+')}@${version}`;
  const stored = ((await files.list(store)) ?? []).filter(
    (item) => item.name.startsWith(begins) && /^(?:$|[(_])/.test(item.name.slice(begins.length)),
  );
  return [
    ...new Set([
      ...direct,
      ...locked.map(({ key }) => joinUri(root, key)),
      ...stored.map((item) => joinUri(store, `${item.name}/node_modules/${name}`)),
    ]),
  ];
}

/** Keys of a lockfile are hostile: none leads out of the project. */
function isBelowRoot(key: string): boolean {
  return /(?:^|\/)node_modules\//.test(key) && !key.split('/').includes('..') && !/^[/\\]|[\\:]/.test(key);
}
