import type { Npmrc } from '../../core/read/config/npm/npmrc.ts';
import type { PnpmWorkspace } from '../../core/read/config/pnpm/pnpm-workspace.ts';
import { MANAGERS } from '../../core/read/manager/managers.ts';
import type { PackageManagerName } from '../../core/read/manager/package-manager.ts';
import { readPackageManager } from '../../core/read/manager/read-package-manager.ts';
import type { Manifest } from '../../core/read/manifest/manifest.ts';
import { localFolders } from '../../core/read/project/local-folders.ts';
import { type PnpmPackages, pnpmPackages } from '../../core/read/project/members/pnpm-claims.ts';
import { joinUri, nameOf, type Uri } from '../../core/read/text/paths/uri.ts';
import type { FileStore } from './file-store.ts';
import { POLICY_FILE } from './path-filters.ts';

/**
 * The parts of a package.json that determine which files make up a project. The search for projects reads nothing else,
 * so that an edit which leaves them unchanged needs no search. The same holds for the other structures.
 */
export interface ManifestStructure {
  /** The patterns of `workspaces`; undefined if missing. */
  readonly workspaces: readonly string[] | undefined;
  /** Whether `packageManager` is Yarn 2 or later, where members of members are members too. */
  readonly nestsWorkspaces: boolean;
  /** The package managers that it names and that read files outside of the root. */
  readonly outsideReaders: readonly PackageManagerName[];
  /** Folders that it depends on by path. */
  readonly localFolders: readonly string[];
}

export interface PnpmStructure {
  readonly packages: PnpmPackages;
  /** Whether pnpm writes one lockfile for all members; undefined if not configured. */
  readonly sharesLockfile: boolean | undefined;
}

export interface NpmrcStructure {
  /** The same, in the place where pnpm up to 10 reads it. */
  readonly sharesLockfile: boolean;
}

type Structured = Pick<FileStore, 'load' | 'parsed' | 'peek' | 'textOf'>;

/** Returns the structure of a directory's package.json; undefined without one. */
export function loadManifestStructure(
  directory: Uri,
  store: Structured,
): Promise<ManifestStructure | undefined> {
  return loaded(joinUri(directory, 'package.json'), store, manifestStructure);
}

export function loadPnpmStructure(directory: Uri, store: Structured): Promise<PnpmStructure | undefined> {
  return loaded(joinUri(directory, 'pnpm-workspace.yaml'), store, pnpmStructure);
}

export function loadNpmrcStructure(directory: Uri, store: Structured): Promise<NpmrcStructure | undefined> {
  return loaded(joinUri(directory, '.npmrc'), store, npmrcStructure);
}

async function loaded<S>(uri: Uri, store: Structured, read: (uri: Uri, store: Structured) => S): Promise<S> {
  await store.load(uri);
  return read(uri, store);
}

/** Returns all that an edit may change beyond the file itself: while this is equal, projects are not searched again. */
export function structureOf(uri: Uri, store: Structured, policyFile: Uri | undefined): string {
  const type = store.peek(uri)?.type ?? 'missing';
  return JSON.stringify([type, decidedBy(uri, store, policyFile)]);
}

function decidedBy(uri: Uri, store: Structured, policyFile: Uri | undefined): unknown {
  const name = nameOf(uri);
  if (name === POLICY_FILE || uri === policyFile) {
    const policy = store.parsed('policy', uri, undefined);
    return [
      policy?.exclude,
      policy?.extends.map(({ value }) => value),
      store.textOf(uri)?.includes('"sbom"'),
    ];
  }
  switch (name) {
    case 'package.json':
      return manifestStructure(uri, store);
    case 'pnpm-workspace.yaml':
      return pnpmStructure(uri, store);
    case '.npmrc':
      return npmrcStructure(uri, store);
    case '.gitignore':
      return store.textOf(uri);
    default:
      return undefined;
  }
}

function manifestStructure(uri: Uri, store: Structured): ManifestStructure | undefined {
  return remembered(store.parsed('manifest', uri, undefined), ofManifest);
}

function pnpmStructure(uri: Uri, store: Structured): PnpmStructure | undefined {
  return remembered(store.parsed('pnpmWorkspace', uri, undefined), ofPnpmWorkspace);
}

function npmrcStructure(uri: Uri, store: Structured): NpmrcStructure | undefined {
  return remembered(store.parsed('npmrc', uri, 'project'), ofNpmrc);
}

function ofManifest(manifest: Manifest): ManifestStructure {
  const { workspaces, packageManager, devEnginesPackageManager } = manifest;
  const pinned = readPackageManager(packageManager?.value)?.name;
  const isNamed = (manager: string) =>
    pinned === manager || devEnginesPackageManager.some(({ name }) => name.value === manager);
  return {
    workspaces: workspaces?.patterns.map(({ value }) => value),
    nestsWorkspaces: /^yarn@(?!1\.)/.test(packageManager?.value ?? ''),
    outsideReaders: MANAGERS.filter(({ name, files }) => files.readsOutsideRoot && isNamed(name)).map(
      ({ name }) => name,
    ),
    localFolders: [...localFolders(manifest)],
  };
}

function ofPnpmWorkspace(workspace: PnpmWorkspace): PnpmStructure {
  const shared = workspace.setting('sharedWorkspaceLockfile')?.value;
  return {
    packages: pnpmPackages(workspace),
    sharesLockfile: shared?.type === 'scalar' ? shared.value !== false : undefined,
  };
}

function ofNpmrc({ entries }: Npmrc): NpmrcStructure {
  const shared = entries.findLast(({ key }) => key === 'shared-workspace-lockfile')?.value;
  return { sharesLockfile: shared !== 'false' };
}

const known = new WeakMap<object, object>();

/** Memoizes by model. */
function remembered<M extends object, S extends object>(
  model: M | undefined,
  read: (model: M) => S,
): S | undefined {
  if (model === undefined) return undefined;
  const structure = (known.get(model) as S | undefined) ?? read(model);
  known.set(model, structure);
  return structure;
}
