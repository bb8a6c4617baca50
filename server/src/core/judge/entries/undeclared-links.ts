import { isOfRegistry } from '../../read/lockfile/model/is-of-registry.ts';
import type { LockEntry, LockSource } from '../../read/lockfile/model/lockfile.ts';
import type { PnpmEdge } from '../../read/lockfile/pnpm/pnpm-edge.ts';
import { linkedPath, pnpmLink } from '../../read/lockfile/pnpm/pnpm-importer.ts';
import { isLink } from '../../read/lockfile/pnpm/pnpm-keys.ts';
import type { PnpmLockfile } from '../../read/lockfile/pnpm/read-pnpm-lockfile.ts';
import { readSpecifier } from '../../read/manifest/read-specifier.ts';
import type { Located } from '../../read/text/span.ts';
import type { IsMember, UndeclaredSource } from './undeclared-source.ts';

/**
 * Yields dependencies on git, web URLs or paths: of importers that declare a registry version, and of registry
 * packages. pnpm writes them only for members, and for replacements by overrides or a .pnpmfile.cjs. Each is yielded as
 * an entry with the dependency's name.
 */
export function* undeclaredLinks(
  lockfile: PnpmLockfile,
  isMember: IsMember,
): Generator<UndeclaredSource, void> {
  const { text } = lockfile;
  const mayBeOfHook = lockfile.main?.settings.pnpmfileChecksum !== undefined;
  for (const [folder, importer] of lockfile.importers) {
    for (const edge of importer.edges) {
      const { name, version } = edge as PnpmEdge;
      if (version === undefined || PLAIN.test(version.value)) continue;
      if (!isOfRegistry(readSpecifier(name, edge.specifier.value))) continue;
      const target = lockfile.follow(importer, edge);
      const source = isLink(version.value) ? 'link' : target?.source;
      if (source === undefined || !ELSEWHERE.has(source)) continue;
      const path = source === 'link' ? linkedPath(folder, version.value) : (target?.resolved?.value ?? '');
      if (isMember(name, path)) continue;
      const entry = entryOf(text, { name, version, source, path });
      yield { entry, mayBeOfHook, isOutside: source === 'link' && isOutside(path) };
    }
  }
  for (const { from, name, version } of lockfile.documents.flatMap(({ links }) => links)) {
    if (from?.source !== 'registry') continue;
    const path = linkedPath('', version.value);
    if (isMember(name, path)) continue;
    const entry = entryOf(text, { name, version, source: 'link', path });
    yield { entry, mayBeOfHook, isOutside: isOutside(path) };
  }
}

/** A version, optionally preceded by another package's name and followed by its peers. */
const PLAIN = /^(?:\/?(?:@[^/@()]+\/)?[^/@()]+[@/])?\d+\.\d+\.\d+[\w.+-]*(?:[(_].*)?$/;

const ELSEWHERE: ReadonlySet<LockSource> = new Set(['link', 'git', 'tarball', 'file', 'directory']);

/** Checks for a path out of the folder, which may lead to another member if members have their own lockfiles. */
function isOutside(path: string): boolean {
  return path === '..' || path.startsWith('../');
}

interface Link {
  readonly name: string;
  readonly version: Located<string>;
  readonly source: LockSource;
  /** Relative to the lockfile's folder. */
  readonly path: string;
}

function entryOf(text: string, { name, version, source, path }: Link): LockEntry {
  const link = pnpmLink(text, name, version);
  if (source !== 'link') return { ...link, key: name, source, resolved: version };
  return { ...link, key: name, resolved: { value: path, span: link.resolved!.span } };
}
