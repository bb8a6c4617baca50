import type { Uri } from '../../text/paths/uri.ts';
import type { NetworkSettings } from '../network-settings.ts';
import type { SettingSource } from '../setting-source.ts';
import type { Npmrc, NpmrcEntry } from './npmrc.ts';

/** A setting with its value after `${VAR}` expansion, where that is allowed. */
export interface Setting {
  readonly value: string;
  readonly source: SettingSource;
  /** The line, where it came from a file. */
  readonly entry: NpmrcEntry | undefined;
}

/** Which registry serves a name, and what decides it. `url` ends with a slash. */
export interface RegistryChoice {
  readonly url: string;
  /** False where only the file of a project that is not trusted says so: then nothing may be asked there. */
  readonly trusted: boolean;
  /** Whether `url` is a whole http(s) address; false where e.g. a `${VAR}` in it was not expanded. */
  readonly usable: boolean;
  /**
   * Whether a change under review brings it, or the proxy or certificate authority on the way to it: neither the base of the
   * comparison nor the user's own configuration names it, and nothing may be asked there.
   */
  readonly isNewSinceBase?: boolean;
  /** The scope (with its @) whose mapping decided; undefined where the default registry serves. */
  readonly scope: string | undefined;
  readonly source: SettingSource;
}

export type Credential =
  | { readonly type: 'bearer'; readonly token: string }
  | { readonly type: 'basic'; readonly encoded: string };

/** A credential that is written down for a URL, and whose it is. */
export interface FoundCredential {
  readonly credential: Credential;
  /** Whether a file of the project holds it, or a part of it. */
  readonly ofProject: boolean;
  /** Whether it, or a part of it, is the user's secret: of their own files, or of a variable, whichever file names that. */
  readonly ofUser: boolean;
}

/**
 * What npm would do with the configuration files, the environment and its own defaults. In a project of another package
 * manager, which registry serves a name and with what credential is what that one would do (see manager-registries.ts).
 */
export interface NpmConfig {
  /** The project's own file, where it has one. */
  readonly project: Npmrc | undefined;
  readonly user: Npmrc | undefined;
  readonly global: Npmrc | undefined;
  readonly publicRegistry: string;
  /** The URLs that `isPublic` goes by: the public registry, other names that package managers have for it, and mirrors. */
  readonly publicBases: readonly string[];
  /** Of a project of another package manager: who has the default registry, and which files could say another. */
  readonly words?: { readonly manager: string; readonly files: string } | undefined;
  /** Of such a project: a file of its package manager of which a part, and with it perhaps a registry, cannot be read. */
  readonly unread?: Uri | undefined;
  get(key: string): Setting | undefined;
  registryFor(name: string): RegistryChoice;
  /** The mapping of a scope (with its @), where there is one. */
  scopeMapping(scope: string): RegistryChoice | undefined;
  /** The credential that is written down for this URL's host and path, never another's, in npm's look-up order. */
  foundCredential(url: string, name?: string): FoundCredential | undefined;
  /** The same where it may be sent: see `guardedCredentials`. `name` is the package that is asked for. */
  credentialFor(url: string, name?: string): Credential | undefined;
  /** Whether there is a credential that is not sent because only the project names how the request would travel. */
  withholdsCredential(url: string, name?: string): boolean;
  /** Whether a change under review names a credential for the URL that its base does not name: it is not sent. */
  hasNewCredential?(url: string, name?: string): boolean;
  /** How requests to the address travel. What the project's file says counts only where it is trusted, or not at all. */
  network(url: string, options?: { readonly ofUser: boolean }): NetworkSettings;
  /** Whether the address is the public registry, or a mirror that `mirrors` of the policy names. */
  isPublic(url: string): boolean;
  /**
   * Whether whoever likes can publish what is served there: what is public, under any of its host names, and well-known
   * mirrors of it that nothing of the project names. None of them may hear of a private package.
   */
  isOpen(url: string): boolean;
  /** The same two without the policy's mirrors. */
  readonly withoutMirrors: Pick<NpmConfig, 'isPublic' | 'isOpen'>;
}
