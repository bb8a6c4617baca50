import type { ManagerConfig } from '../../core/read/config/manager-config.ts';
import type { NpmConfig } from '../../core/read/config/npm/npm-config.ts';
import type { NpmrcLevel } from '../../core/read/config/npm/npmrc.ts';
import { resolveNpmConfig } from '../../core/read/config/npm/resolve-npm-config.ts';
import { cachedRegistries } from '../../core/read/config/remembered-registries.ts';
import { withBaseRegistries } from '../../core/read/config/since-base.ts';
import { withUsersHosts } from '../../core/read/config/users-hosts.ts';
import { specOf } from '../../core/read/manager/managers.ts';
import type { PackageManager } from '../../core/read/manager/package-manager.ts';
import { withManagerRegistries } from '../../core/read/manager/with-manager-registries.ts';
import type { CheckedFile } from '../../core/read/project/checked-file.ts';
import { type FolderTrust, type TrustedFolders, trustOf } from '../../core/read/project/folder-trust.ts';
import { parentUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { ReviewedConfiguration } from '../base/reviewed-configuration.ts';
import type { Ports } from '../ports.ts';
import { sameArray } from '../units/equality.ts';
import { modelsOf } from './manager-config.ts';

/** The inputs that determine how far a project's own configuration is trusted. */
export interface ConfigTrust {
  readonly root: Uri;
  readonly trust: FolderTrust;
  readonly trustedFolders: TrustedFolders;
}

export interface RegistryInput extends ConfigTrust {
  readonly npmrcs: Pick<NpmConfig, NpmrcLevel>;
  readonly manager: PackageManager;
  readonly config: ManagerConfig;
  /** The mirrors of the configuration file. */
  readonly mirrors: readonly string[];
  /** Includes those of the configuration files above, as hosts that private names must not be sent to. */
  readonly openMirrors: readonly string[];
  readonly ports: Ports;
  /**
   * The project's configuration files in the base of a review that differ from the current ones: `absent` if missing
   * there. Undefined if no change is under review.
   */
  readonly reviewed?: ReviewedConfiguration | undefined;
}

export interface ProjectRegistries {
  /** The content of the .npmrc files, whichever package manager is in use. */
  readonly ofNpm: NpmConfig;
  /** The same with the registries of the project's package manager. */
  readonly npmConfig: NpmConfig;
  readonly madeOf: readonly unknown[];
}

/** Returns the registries of a project; the same objects as before while their inputs are unchanged. */
export function registriesOf(input: RegistryInput, before: ProjectRegistries | undefined): ProjectRegistries {
  const { root, trust, trustedFolders, npmrcs, manager, config, mirrors, openMirrors, ports, reviewed } =
    input;
  const madeOf = [
    reviewed,
    ...[npmrcs.project, npmrcs.user, npmrcs.global, mirrors.join(' '), openMirrors.join(' '), trust, ports],
    // Trust in the files outside the root depends on all trusted folders.
    ...(specOf(manager).registries.overlay === undefined
      ? []
      : [manager, root, ...modelsOf(config), folderKey(config, trustedFolders)]),
  ];
  if (before !== undefined && sameArray(Object.is)(before.madeOf, madeOf)) return before;
  const ofNpm = npmConfigOf(input, npmrcs);
  const own = inUse(input, ofNpm, config);
  if (trust === 'trusted' && reviewed !== undefined) {
    const npmOfUser = npmConfigOf(input, { ...npmrcs, project: undefined });
    const user = inUse(input, npmOfUser, usersOwn(config));
    const configBefore = configIn(reviewed, config);
    const npmBefore = npmConfigOf(input, { ...npmrcs, project: inBase(reviewed, npmrcs.project, 'npmrc') });
    const before = inUse(input, npmBefore, configBefore);
    const limited = withBaseRegistries(own, { base: before, user });
    return { ofNpm, npmConfig: cachedRegistries(limited), madeOf };
  }
  if (trust !== 'nested') return { ofNpm, npmConfig: own, madeOf };
  const npmOfUser = npmConfigOf(input, { ...npmrcs, project: undefined });
  const ofUser = inUse(input, npmOfUser, usersOwn(config));
  return { ofNpm, npmConfig: cachedRegistries(withUsersHosts(own, ofUser)), madeOf };
}

/** Returns the file as of the base; the same one if it did not change. */
function inBase<F extends CheckedFile & { readonly uri: Uri }>(
  reviewed: ReviewedConfiguration,
  file: F | undefined,
  kind: F['kind'],
): F | undefined {
  const before = file === undefined ? undefined : reviewed.files.get(file.uri);
  if (before === undefined) return file;
  return before !== 'absent' && before.kind === kind ? (before as F) : undefined;
}

function configIn(
  reviewed: ReviewedConfiguration,
  { pnpmWorkspace, yarnrcs, bunfig, userBunfig }: ManagerConfig,
): ManagerConfig {
  return {
    pnpmWorkspace: inBase(reviewed, pnpmWorkspace, 'pnpmWorkspace'),
    yarnrcs: yarnrcs.flatMap((file) =>
      file.level === 'user' ? [file] : (inBase(reviewed, file, 'yarnrc') ?? []),
    ),
    bunfig: inBase(reviewed, bunfig, 'bunfig'),
    userBunfig,
  };
}

function npmConfigOf(
  { trust, mirrors, openMirrors, ports }: RegistryInput,
  npmrcs: Pick<NpmConfig, NpmrcLevel>,
): NpmConfig {
  const resolved = resolveNpmConfig({
    ...npmrcs,
    environment: ports.environment,
    trusted: trust === 'trusted',
    publicRegistry: ports.publicRegistry,
    mirrors,
    openMirrors,
    aliases: ports.publicAliases ?? [],
    scopeRegistries: ports.scopeRegistries ?? {},
    openHosts: ports.openHosts,
  });
  return cachedRegistries(resolved);
}

function inUse(
  { root, trust, trustedFolders, manager, ports }: RegistryInput,
  npm: NpmConfig,
  config: ManagerConfig,
): NpmConfig {
  if (specOf(manager).registries.overlay === undefined) return npm;
  const { name, generation } = manager;
  const { environment } = ports;
  const trusted = trust === 'trusted';
  const trustsFile = (uri: Uri) =>
    (trusted && parentUri(uri) === root) || trustOf(parentUri(uri), exactly(trustedFolders)) === 'trusted';
  const sources = { ...config, manager: name, generation, environment, trusted, trustsFile };
  return cachedRegistries(withManagerRegistries(npm, sources));
}

/** Returns exactly these folders: trust in the folder of a file does not extend to a project around it. */
function exactly({ folders }: TrustedFolders): TrustedFolders {
  return { folders, withProjectAround: false };
}

function usersOwn({ yarnrcs, userBunfig }: ManagerConfig): ManagerConfig {
  return {
    pnpmWorkspace: undefined,
    yarnrcs: yarnrcs.filter(({ level }) => level === 'user'),
    bunfig: undefined,
    userBunfig,
  };
}

function folderKey({ yarnrcs }: ManagerConfig, { folders }: TrustedFolders): string {
  return yarnrcs.length === 0 ? '' : JSON.stringify(folders);
}
