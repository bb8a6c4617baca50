import { tarballRequest } from '../../core/know/registry/access/tarball-request.ts';
import {
  compareHashes,
  hashesFrom,
  hashesOf,
  registryHashes,
} from '../../core/read/lockfile/model/entry-hashes.ts';
import type { LockEntry } from '../../core/read/lockfile/model/lockfile.ts';
import type { Project } from '../../core/read/project/project.ts';
import type { AbortSignalLike, Ports } from '../ports.ts';
import type { ProjectFacts } from '../registry/project-facts.ts';
import { hashTarball } from './hash-tarball.ts';

/** The text files of a locked package by path, or a clause that says why they are not known. */
export type PackageFilesResult =
  | { readonly type: 'files'; readonly files: ReadonlyMap<string, string> }
  | { readonly type: 'unknown'; readonly why: string };

export interface PackageFilesRequest {
  readonly project: Project;
  readonly entry: LockEntry;
  readonly facts: ProjectFacts;
  readonly ports: Pick<Ports, 'http' | 'proofs'>;
  /** Reads an archive in memory; rejects with a clause about the file. */
  unpack(archive: Uint8Array): Promise<ReadonlyMap<string, string>>;
  readonly signal?: AbortSignalLike | undefined;
}

const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Downloads the file of a locked version from its registry, and reads it in memory if its hash is the lockfile's, or where
 * the lockfile has none, the registry's.
 */
export async function packageFiles(request: PackageFilesRequest): Promise<PackageFilesResult> {
  const { project, entry, facts, ports, unpack, signal } = request;
  const version = entry.version?.value;
  if (version === undefined) return unknown('the lockfile has no version of it');
  await facts.ensure({ kind: 'version', name: entry.name, version }, { signal });
  const known = facts.version(entry.name, version);
  if (known.state !== 'ready')
    return unknown(known.state === 'unavailable' ? known.detail : 'the registry has not answered');
  let chunks: Uint8Array[] = [];
  let size = 0;
  const tarball = await hashTarball(
    tarballRequest(project, entry.name, known.value.tarball),
    ports,
    signal,
    () => {
      [chunks, size] = [[], 0];
      return (chunk) => {
        size += chunk.length;
        if (size <= MOST_BYTES) chunks.push(chunk.slice());
      };
    },
  );
  if (tarball.type === 'unknown') return unknown(tarball.why.detail);
  const own = hashesFrom(tarball.digests);
  const { integrity, shasum } = known.value.proof ?? {};
  const locked = compareHashes(hashesOf(entry), own).result;
  const published = compareHashes(registryHashes(integrity, shasum), own).result;
  if (locked === 'other') return unknown("the hash of its file differs from the lockfile's");
  if (published === 'other') return unknown("the hash of its file differs from the registry's");
  if (locked === 'unknown' && published === 'unknown')
    return unknown('neither lockfile nor registry has a hash of its file');
  if (size > MOST_BYTES) return unknown('its file is larger than 64 MB');
  try {
    return { type: 'files', files: await unpack(joined(chunks, size)) };
  } catch (error) {
    return unknown(`its file ${error instanceof Error ? error.message : 'cannot be read'}`);
  }
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function unknown(why: string): PackageFilesResult {
  return { type: 'unknown', why };
}
