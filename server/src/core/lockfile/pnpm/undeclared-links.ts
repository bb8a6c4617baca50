import { readSpecifier } from '../../manifest/read-specifier.ts';
import type { Located } from '../../text/span.ts';
import { isOfRegistry } from '../is-of-registry.ts';
import type { LockEntry, LockSource } from '../lockfile.ts';
import type { IsMember } from '../undeclared-sources.ts';
import type { PnpmEdge } from './pnpm-edge.ts';
import { linkedPath, pnpmLink } from './pnpm-importer.ts';
import { isLink } from './pnpm-keys.ts';
import type { PnpmLockfile } from './read-pnpm-lockfile.ts';

/**
 * Dependencies that lead to git or a path: of importers that ask for a version of a registry's package, and of packages of
 * a registry. pnpm writes them only for members, and for what overrides and a .pnpmfile.cjs put in place of what is
 * declared. Each is given as an entry of the dependency's name.
 */
export function* undeclaredLinks(lockfile: PnpmLockfile, isMember: IsMember): Generator<LockEntry, void> {
  const { text } = lockfile;
  if (lockfile.main?.settings.pnpmfileChecksum !== undefined) return;
  for (const [folder, importer] of lockfile.importers) {
    for (const edge of importer.edges) {
      const { name, version } = edge as PnpmEdge;
      // Versions and keys of packages have no colon before their peers.
      if (version === undefined || !/^[^(]*:/.test(version.value)) continue;
      if (!isOfRegistry(readSpecifier(name, edge.specifier.value))) continue;
      const target = lockfile.follow(importer, edge);
      const source = isLink(version.value) ? 'link' : target?.source;
      if (source !== 'link' && source !== 'git' && source !== 'file' && source !== 'directory') continue;
      const path = source === 'link' ? linkedPath(folder, version.value) : (target?.resolved?.value ?? '');
      if (!isOutside(path) && !isMember(name, path)) yield entryOf(text, name, version, source);
    }
  }
  for (const { from, name, version } of lockfile.documents.flatMap(({ links }) => links)) {
    if (from?.source !== 'registry') continue;
    const path = linkedPath('', version.value);
    if (!isOutside(path) && !isMember(name, path)) yield entryOf(text, name, version, 'link');
  }
}

/** Where members have lockfiles of their own, it may be another member. */
function isOutside(path: string): boolean {
  return path === '..' || path.startsWith('../');
}

function entryOf(text: string, name: string, version: Located<string>, source: LockSource): LockEntry {
  const link = pnpmLink(text, name, version);
  return source === 'link' ? { ...link, key: name } : { ...link, key: name, source, resolved: version };
}
