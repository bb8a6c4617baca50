import type { Uri } from '../../text/paths/uri.ts';
import type { NetworkSettings } from '../network-settings.ts';
import type { SettingSource } from '../setting-source.ts';
import type { Npmrc, NpmrcEntry } from './npmrc.ts';

/** A setting with its value, `${VAR}` expanded where that is allowed. */
export interface Setting {
  readonly value: string;
  readonly source: SettingSource;
  /** The line it was read from, if it came from a file. */
  readonly entry: NpmrcEntry | undefined;
}

/** The registry that serves a name, and the setting that decided it. `url` ends with a slash. */
export interface RegistryChoice {
  readonly url: string;
  /** False if only a file of an untrusted project names it: then nothing may be requested there. */
  readonly trusted: boolean;
  /** Whether `url` is a complete http(s) URL; false if, for example, a `${VAR}` in it was not expanded. */
  readonly usable: boolean;
  /**
   * Whether a change under review introduces the registry, or the proxy or certificate authority used to reach it:
   * neither the base of the comparison nor the user's own configuration names it, and nothing may be requested there.
   */
  readonly isNewSinceBase?: boolean;
  /** The scope (with its @) whose mapping decided; undefined if the default registry serves the name. */
  readonly scope: string | undefined;
  readonly source: SettingSource;
}

export type Credential =
  | { readonly type: 'bearer'; readonly token: string }
  | { readonly type: 'basic'; readonly encoded: string };

/** A credential configured for a URL, and who owns it. */
export interface FoundCredential {
  readonly credential: Credential;
  /** Whether a project file holds it or part of it. */
  readonly ofProject: boolean;
  /**
   * Whether it, or part of it, is the user's secret: from their own files, or from a variable, whichever file
   * references it.
   */
  readonly ofUser: boolean;
}

/**
 * What npm would do with the configuration files, the environment and its own defaults. For a project of another
 * package manager, registries and credentials follow that one (see manager-registries.ts).
 */
export interface NpmConfig {
  /** The project's own file, if there is one. */
  readonly project: Npmrc | undefined;
  readonly user: Npmrc | undefined;
  readonly global: Npmrc | undefined;
  readonly publicRegistry: string;
  /** URLs by scope, with the @, that some package managers use while nothing is configured for it. */
  readonly scopeRegistries: Readonly<Record<string, string>>;
  /**
   * The URLs that `isPublic` compares with: the public registry, other names that package managers have for it, and
   * mirrors.
   */
  readonly publicBases: readonly string[];
  /** For a project of another package manager: whose default registry it is, and the files that could set another. */
  readonly words?: { readonly manager: string; readonly files: string } | undefined;
  /** For such a project: a file of its package manager that is partly unreadable, and may hide a registry. */
  readonly unread?: Uri | undefined;
  get(key: string): Setting | undefined;
  registryFor(name: string): RegistryChoice;
  /** Returns the mapping of a scope (with its @), if there is one. */
  scopeMapping(scope: string): RegistryChoice | undefined;
  /**
   * Returns the credential configured for the host and path of this URL, never for another host, in npm's lookup order.
   */
  foundCredential(url: string, name?: string): FoundCredential | undefined;
  /** Returns the same if it may be sent (see `guardedCredentials`). `name` is the requested package. */
  credentialFor(url: string, name?: string): Credential | undefined;
  /** Checks whether a credential exists that is not sent because only the project names the connection. */
  withholdsCredential(url: string, name?: string): boolean;
  /** Checks whether a change under review names a credential for the URL that its base does not: it is not sent. */
  hasNewCredential?(url: string, name?: string): boolean;
  /**
   * Returns how requests to the URL travel. Settings of the project's file count only if it is trusted and `ofUser` is
   * not set.
   */
  network(url: string, options?: { readonly ofUser: boolean }): NetworkSettings;
  /** Checks whether the URL is in the public registry or a mirror listed in the policy's `mirrors`. */
  isPublic(url: string): boolean;
  /**
   * Checks whether anyone can publish to this registry: the public one under any of its host names, and well-known
   * mirrors that no project file names. Private package names must never be sent to one.
   */
  isOpen(url: string): boolean;
  /** Both checks without the policy's mirrors. */
  readonly withoutMirrors: Pick<NpmConfig, 'isPublic' | 'isOpen'>;
}
