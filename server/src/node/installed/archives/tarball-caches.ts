import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Hashes, hashesOf } from '../../../core/read/lockfile/model/entry-hashes.ts';
import type { LockEntry } from '../../../core/read/lockfile/model/lockfile.ts';
import { readBounded } from '../../files/read-bounded.ts';
import { archivedFiles } from '../../tarball/unpack-package.ts';
import { type Archive, type ArchiveSource, archiveOf, digestOf, MAX_ARCHIVE } from './archive.ts';

const STRONG = ['sha512', 'sha384', 'sha256', 'sha1'] as const;

/** Reads tarballs by their hash: npm's cache keeps each in a file named after it. */
export function contentCache(cache: string): ArchiveSource {
  return {
    async find(entry) {
      const hashes = hashesOf(entry);
      for (const algorithm of STRONG)
        for (const digest of hashes.get(algorithm) ?? []) {
          const parts = [digest.slice(0, 2), digest.slice(2, 4), digest.slice(4)];
          const found = await verified(join(cache, 'content-v2', algorithm, ...parts), hashes);
          if (found !== undefined) return found;
        }
      return undefined;
    },
  };
}

/** Reads the tarballs that Yarn 1 keeps in folders named after the package, its version and the SHA-1. */
export function folderCache(cache: string): ArchiveSource {
  let names: readonly string[] | undefined;
  return {
    async find(entry: LockEntry, folder: string) {
      const version = entry.version?.value;
      const sha1 = [...(hashesOf(entry).get('sha1') ?? [])];
      if (version === undefined || sha1.length === 0) return undefined;
      names ??= namesIn(cache);
      const start = `npm-${folder.replace('/', '-')}-${version}-`;
      const name = names.find(
        (each) => each.startsWith(start) && sha1.some((digest) => each.includes(digest)),
      );
      if (name === undefined) return undefined;
      const path = join(cache, name, 'node_modules', ...folder.split('/'), '.yarn-tarball.tgz');
      return verified(path, hashesOf(entry));
    },
  };
}

export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Returns the files of a tarball if it has the strongest of the hashes. */
async function verified(path: string, hashes: Hashes): Promise<Archive | undefined> {
  try {
    const bytes = await readBounded(path, { maxBytes: MAX_ARCHIVE });
    const algorithm = STRONG.find((each) => hashes.has(each));
    if (algorithm === undefined || !hashes.get(algorithm)!.has(digestOf(algorithm, bytes))) return undefined;
    return archiveOf(await archivedFiles(bytes));
  } catch {
    return undefined;
  }
}
