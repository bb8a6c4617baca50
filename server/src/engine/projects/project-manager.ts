import type { ManagerConfig } from '../../core/read/config/manager-config.ts';
import { readLockfile } from '../../core/read/lockfile/detect.ts';
import type { Lockfile } from '../../core/read/lockfile/model/lockfile.ts';
import type { PackageManager } from '../../core/read/manager/package-manager.ts';
import { detectPackageManager } from '../../core/read/project/manager/package-manager.ts';
import type { Project } from '../../core/read/project/project.ts';
import { joinUri } from '../../core/read/text/paths/uri.ts';
import type { FileStore } from './file-store.ts';
import { managerHints, readManagerConfig } from './manager-config.ts';
import type { LockfileFile, ProjectFiles } from './project-files.ts';

const binaries = new WeakMap<LockfileFile, Lockfile>();

/** Returns the current model of a lockfile; undefined if it cannot be read. */
export function lockfileIn(file: LockfileFile, store: FileStore): Lockfile | undefined {
  if (!file.isBinary) return store.parsed('lockfile', file.uri, file.kind);
  let lockfile = binaries.get(file);
  if (lockfile === undefined) {
    lockfile = readLockfile(file.uri, '', 'bun.lockb');
    binaries.set(file, lockfile);
  }
  return lockfile;
}

interface ManagerEvidence {
  readonly rootManifest: Project['rootManifest'];
  readonly config: ManagerConfig;
  /** Those in the root. */
  readonly atRoot: readonly { readonly file: LockfileFile; readonly lockfile: Lockfile | undefined }[];
}

/** Returns the package manager that installs a project, by the current models of its files. */
export function managerOf(
  { rootFileNames }: ProjectFiles,
  { rootManifest, config, atRoot }: ManagerEvidence,
): PackageManager {
  const kinds = atRoot.map(({ file }) => file.kind);
  const hints = managerHints(
    config,
    atRoot.map(({ lockfile }) => lockfile),
  );
  return detectPackageManager(rootManifest, kinds, rootFileNames, hints);
}

/** Returns the same before the project is built. */
export function foundManager(found: ProjectFiles, store: FileStore): PackageManager {
  const atRoot = found.lockfiles
    .filter(({ uri, isBinary, atRoot }) => atRoot && (isBinary || store.peek(uri)?.type !== 'missing'))
    .map((file) => ({ file, lockfile: lockfileIn(file, store) }));
  const uri = joinUri(found.root, 'package.json');
  const rootManifest = found.manifests.includes(uri) ? store.parsed('manifest', uri, undefined) : undefined;
  return managerOf(found, { rootManifest, config: readManagerConfig(found, store), atRoot });
}
