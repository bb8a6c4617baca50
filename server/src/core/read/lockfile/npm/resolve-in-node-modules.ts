import type { EntriesByKey } from './entries-by-key.ts';
import type { NpmLockEntry } from './npm-lock-entry.ts';

/**
 * Resolves `name` for code in the folder `from`, as Node does: in the folder's own node_modules, then in those of the
 * folders above it, up to the lockfile's. A link resolves to the linked folder, if the file has that.
 */
export function resolveInNodeModules(
  byKey: Pick<EntriesByKey, 'get'>,
  from: string,
  name: string,
): NpmLockEntry | undefined {
  let folder = from;
  for (;;) {
    if (folder !== 'node_modules' && !folder.endsWith('/node_modules')) {
      const entry = byKey.get(folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`);
      if (entry !== undefined) return entry.isLink ? targetOf(byKey, entry) : entry;
    }
    // The folders above a path that leaves the lockfile's folder are not those below it.
    if (folder === '' || folder === '..' || folder.endsWith('/..')) return undefined;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
  }
}

function targetOf(byKey: Pick<EntriesByKey, 'get'>, link: NpmLockEntry): NpmLockEntry {
  const path = link.resolved?.value;
  const target = path === undefined ? undefined : byKey.get(path.replace(/^(?:file:)?(?:\.\/)?/, ''));
  return target === undefined || target.isLink ? link : target;
}
