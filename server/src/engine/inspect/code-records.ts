import { type CapabilityRecord, RECORD_VERSION } from '../../core/know/capabilities/record.ts';
import type { PackageCode } from '../../core/know/capabilities/scan-package.ts';
import { tarballRequest } from '../../core/know/registry/access/tarball-request.ts';
import type { Unavailable } from '../../core/know/registry/documents/fact.ts';
import type { PackumentVersion } from '../../core/know/registry/documents/packument.ts';
import { compareHashes, hashesFrom, registryHashes } from '../../core/read/lockfile/model/entry-hashes.ts';
import type { LockEntry } from '../../core/read/lockfile/model/lockfile.ts';
import type { Project } from '../../core/read/project/project.ts';
import { needsTypedParser, type ParseTyped } from '../../core/read/source/parse-source.ts';
import { joinUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { AbortSignalLike, FilesPort, Ports } from '../ports.ts';
import { installFolders } from '../projects/install-folders.ts';
import { byteCollector, hashTarball } from '../verify/hash-tarball.ts';
import { readFolder } from './read-folder.ts';
import { readTarball } from './read-tarball.ts';

/** A version of a package, and the hash by which it is known. */
export interface CodeVersion {
  readonly name: string;
  readonly version: string;
  /** From the registry or the lockfile. */
  readonly integrity: string | undefined;
}

/** Returns the version that an entry locks; undefined if it has none. */
export function codeVersionOf(entry: LockEntry | undefined): CodeVersion | undefined {
  if (entry?.version === undefined) return undefined;
  return { name: entry.name, version: entry.version.value, integrity: entry.integrity?.value };
}

export type CodePorts = Pick<Ports, 'cache' | 'clock'>;

/** Scans code, with the parser of TypeScript if any file needs it. */
async function scanCode(code: PackageCode): Promise<CapabilityRecord> {
  const needsTyped = [...code.files.keys()].some(needsTypedParser);
  let parseTyped: ParseTyped | undefined;
  if (needsTyped) parseTyped = (await import('../../core/read/source/typed-source.ts')).parseTyped;
  // Most records come from the cache, without a parser.
  const { scanPackage } = await import('../../core/know/capabilities/scan-package.ts');
  return scanPackage(code, parseTyped);
}

/** Where code was read: an installed folder may have been changed since its tarball. */
type CodeOrigin = 'tarball' | 'installed';

/** Returns the record of a version that was scanned before. */
async function cachedRecord(
  version: CodeVersion,
  origin: CodeOrigin,
  { cache }: Pick<CodePorts, 'cache'>,
): Promise<CapabilityRecord | undefined> {
  const key = keyOf(version, origin);
  const text = key === undefined ? undefined : (await cache?.read(key))?.text;
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as CapabilityRecord;
  } catch {
    return undefined;
  }
}

async function keep(
  version: CodeVersion,
  origin: CodeOrigin,
  record: CapabilityRecord,
  { cache, clock }: CodePorts,
): Promise<void> {
  const key = keyOf(version, origin);
  if (key !== undefined) await cache?.write(key, { text: JSON.stringify(record), asOf: clock.now() });
}

/** Without a hash nothing says that two files of the same version are the same. */
function keyOf({ name, version, integrity }: CodeVersion, origin: CodeOrigin): string | undefined {
  return integrity === undefined
    ? undefined
    : `code ${RECORD_VERSION} ${origin} ${name}@${version} ${integrity}`;
}

/** Returns the record of an earlier scan of a version, by its tarball if there is one. */
export async function knownRecord(
  version: CodeVersion,
  ports: Pick<CodePorts, 'cache'>,
): Promise<CapabilityRecord | undefined> {
  return (await cachedRecord(version, 'tarball', ports)) ?? (await cachedRecord(version, 'installed', ports));
}

/** Scans the installed folder of a version, and caches the record for comparisons with later versions. */
export async function recordOfInstalled(
  project: Project,
  version: CodeVersion,
  ports: CodePorts & { readonly files: Pick<FilesPort, 'list' | 'read'> },
  most?: number,
): Promise<CapabilityRecord | undefined> {
  const folder = await installedFolderOf(ports.files, project, version);
  const record = folder === undefined ? undefined : await recordOfFolder(ports.files, folder, most);
  if (record !== undefined) await keep(version, 'installed', record, ports);
  return record;
}

/** Scans a downloaded tarball whose hash is the registry's, and caches the record. Undefined if it is none. */
export async function recordOfBytes(
  version: CodeVersion,
  tarball: Uint8Array,
  ports: CodePorts,
): Promise<CapabilityRecord | undefined> {
  const code = await readTarball(tarball);
  if (code === undefined) return undefined;
  const record = await scanCode(code);
  await keep(version, 'tarball', record, ports);
  return record;
}

/** Returns the folder in which a version is installed in a project, by its package.json. */
async function installedFolderOf(
  files: Pick<FilesPort, 'list' | 'read'>,
  project: Project,
  { name, version }: Pick<CodeVersion, 'name' | 'version'>,
): Promise<Uri | undefined> {
  for (const folder of await installFolders(files, project, { name, version })) {
    const manifest = await files.read(joinUri(folder, 'package.json'));
    if (manifest.type === 'text' && isOf(manifest.text, name, version)) return folder;
  }
  return undefined;
}

function isOf(manifest: string, name: string, version: string): boolean {
  try {
    const json: unknown = JSON.parse(manifest);
    return (
      typeof json === 'object' &&
      json !== null &&
      'name' in json &&
      json.name === name &&
      'version' in json &&
      json.version === version
    );
  } catch {
    return false;
  }
}

/**
 * Scans the code in a folder. Undefined if there is none.
 *
 * @param most the number of characters above which it is not scanned, as somebody waits
 */
export async function recordOfFolder(
  files: Pick<FilesPort, 'list' | 'read'>,
  folder: Uri,
  most = Number.POSITIVE_INFINITY,
): Promise<CapabilityRecord | undefined> {
  const code = await readFolder(files, folder);
  const length = [...(code?.files.values() ?? [])].reduce((sum, text) => sum + text.length, 0);
  return code === undefined || length > most ? undefined : scanCode(code);
}

export interface FetchedCode {
  readonly project: Project;
  readonly name: string;
  readonly version: PackumentVersion;
}

/**
 * Returns the record of a version by its tarball: the cached one, or that of a download whose hash is the registry's. Asks
 * only where the project may.
 */
export async function recordOfTarball(
  { project, name, version }: FetchedCode,
  ports: CodePorts & Pick<Ports, 'http' | 'proofs'>,
  signal: AbortSignalLike | undefined,
): Promise<CapabilityRecord | Unavailable> {
  const integrity = version.proof?.integrity;
  const own = { name, version: version.version, integrity };
  const cached = await cachedRecord(own, 'tarball', ports);
  if (cached !== undefined) return cached;
  const body = byteCollector();
  const result = await hashTarball(
    tarballRequest(project, name, version.tarball),
    ports,
    signal,
    body.receive,
  );
  if (result.type === 'unknown') return result.why;
  const given = registryHashes(integrity, version.proof?.shasum);
  if (compareHashes(given, hashesFrom(result.digests)).result === 'other')
    return { reason: 'failed', detail: "its hash is not the registry's" };
  const record = await recordOfBytes(own, body.bytes(), ports);
  return record ?? { reason: 'failed', detail: 'it is no tarball' };
}
