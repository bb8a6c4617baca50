import { join } from 'node:path';
import { type Entry, fromBufferPromise } from 'yauzl';
import { hashesOf, isOfZip } from '../../../core/read/lockfile/model/entry-hashes.ts';
import type { LockEntry } from '../../../core/read/lockfile/model/lockfile.ts';
import { readBounded } from '../../files/read-bounded.ts';
import { type ArchiveSource, archiveOf, MAX_ARCHIVE, sha512 } from './archive.ts';
import { namesIn } from './tarball-caches.ts';

/** Reads the zips that Yarn 2 and later make of tarballs, and whose checksum is in the lockfile. */
export function zipCache(folders: readonly string[]): ArchiveSource {
  let paths: readonly string[] | undefined;
  return {
    async find(entry) {
      const version = entry.version?.value;
      if (version === undefined || zipDigests(entry).size === 0) return undefined;
      paths ??= folders.flatMap((folder) => namesIn(folder).map((name) => join(folder, name)));
      const slug = entry.name.replace('/', '-');
      const starts = [`${slug}-npm-${version}-`, `${slug}-patch-`];
      for (const path of paths) {
        const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        const start = starts.find((one) => name.startsWith(one));
        if (start === undefined || !/^[\da-f]+(?:-[\da-z]+)?\.zip$/.test(name.slice(start.length))) continue;
        const bytes = await readBounded(path, { maxBytes: MAX_ARCHIVE }).catch(() => undefined);
        if (bytes === undefined || !zipDigests(entry).has(sha512(bytes))) continue;
        const files = await zippedFiles(bytes, entry.name).catch(() => undefined);
        if (files !== undefined) return archiveOf(files);
      }
      return undefined;
    },
  };
}

/** What a file is, compared with the checksum of a zip that Yarn made. */
export async function judgeZip(path: string, entry: LockEntry): Promise<'same' | 'other' | 'unknown'> {
  const bytes = await readBounded(path, { maxBytes: MAX_ARCHIVE }).catch(() => undefined);
  const digests = zipDigests(entry);
  if (bytes === undefined || digests.size === 0) return 'unknown';
  if (digests.has(sha512(bytes))) return 'same';
  // Zips of another cache key have other bytes. A file is named after its key, or after the checksum.
  const suffix = /-([\da-z]+)\.zip$/.exec(path)?.[1] ?? '';
  const isComparable = zipKeys(entry).has(suffix) || [...digests].some((digest) => digest.startsWith(suffix));
  return isComparable && suffix !== '' ? 'other' : 'unknown';
}

/** Checks whether the lockfile has the hash of such a zip. */
export function hasZipDigest(entry: LockEntry): boolean {
  return zipDigests(entry).size > 0;
}

function zipDigests(entry: LockEntry): ReadonlySet<string> {
  return new Set(
    [...hashesOf(entry)].flatMap(([algorithm, digests]) => (isOfZip(algorithm) ? [...digests] : [])),
  );
}

/** Returns the cache keys: `10c0` of `zip 10c0/`. */
function zipKeys(entry: LockEntry): ReadonlySet<string> {
  return new Set([...hashesOf(entry).keys()].filter(isOfZip).map((algorithm) => algorithm.slice(4, -1)));
}

async function zippedFiles(bytes: Buffer, name: string) {
  const zip = await fromBufferPromise(bytes);
  const files: { readonly path: string; readonly body: Uint8Array }[] = [];
  const top = `node_modules/${name}/`;
  let total = 0;
  for await (const entry of zip.eachEntry()) {
    total += entry.uncompressedSize;
    if (total > MAX_ARCHIVE) throw new RangeError('too large');
    if (entry.fileName.endsWith('/') || !entry.fileName.startsWith(top)) continue;
    files.push({ path: entry.fileName.slice(top.length), body: await bodyOf(zip, entry) });
  }
  return files;
}

async function bodyOf(zip: Awaited<ReturnType<typeof fromBufferPromise>>, entry: Entry): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}
