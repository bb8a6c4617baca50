import type { LockEntry } from '../../../core/read/lockfile/model/lockfile.ts';
import { crypto } from '../../builtin-on-demand.ts';

/** The files of a package as they were published, from a cache of this machine. */
export interface Archive {
  /** The SHA-512 of each file in hexadecimal, by its path. */
  readonly files: ReadonlyMap<string, string>;
  /** The text of its package.json, where the cache has it. */
  readonly manifest: string | undefined;
  /** Whether it has install scripts, which may change its files. */
  readonly hasScripts: boolean;
}

/** A place of archives. Whatever it returns has the hash that the entry locks. */
export interface ArchiveSource {
  find(entry: LockEntry, folder: string): Promise<Archive | undefined>;
}

/** Larger archives are not compared. */
export const MAX_ARCHIVE = 200 * 1024 * 1024;

export function sha512(bytes: Uint8Array): string {
  return digestOf('sha512', bytes);
}

export function digestOf(algorithm: string, bytes: Uint8Array): string {
  return crypto().createHash(algorithm).update(bytes).digest('hex');
}

/** Creates an archive from its files. */
export function archiveOf(files: Iterable<{ readonly path: string; readonly body: Uint8Array }>): Archive {
  const digests = new Map<string, string>();
  let manifest: string | undefined;
  for (const { path, body } of files) {
    digests.set(path, sha512(body));
    if (path === 'package.json') manifest = new TextDecoder().decode(body);
  }
  return { files: digests, manifest, hasScripts: digests.has('binding.gyp') || declaresScripts(manifest) };
}

/** Checks whether a package.json names a script that an install runs. */
export function declaresScripts(manifest: string | undefined): boolean {
  return manifest !== undefined && /"(?:pre|post)?install"\s*:/.test(manifest);
}
