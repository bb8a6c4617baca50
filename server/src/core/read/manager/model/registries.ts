import type { NetworkSettings } from '../../config/network-settings.ts';
import type { NpmConfig, RegistryChoice } from '../../config/npm/npm-config.ts';
import type { ManagerRegistries } from '../../config/registry-choice.ts';
import type { TextEdit } from '../../text/edit.ts';
import type { Uri } from '../../text/paths/uri.ts';
import type { Located } from '../../text/span.ts';
import type { ManagerSettings } from './manager-settings.ts';
import type { RegistrySources } from './registry-sources.ts';

/** Which registry serves what, where a package manager's own files say something of it. */
export interface RegistryOverlay {
  scopeMapping(scope: string): RegistryChoice | undefined;
  unscoped(): RegistryChoice;
  readonly credential: ManagerRegistries['credential'];
  /** A credential for the packages of one scope alone. */
  scopedCredential?(url: string, scope: string): ReturnType<ManagerRegistries['credential']>;
  /** Whether credentials of .npmrc files count. */
  readonly npmCredentials: boolean;
}

/** The line of the project's own files that says which registry serves a scope, or all names. */
export interface OwnRegistryLine {
  readonly uri: Uri;
  readonly value: Located<string>;
}

/** How a project's package manager is told which registry serves a scope. */
export interface ScopeRegistryEdit {
  readonly uri: Uri;
  /** The file's name, for messages. */
  readonly fileName: string;
  /** What is written, on one line, for messages. */
  readonly shown: string;
  readonly edits: readonly TextEdit[];
}

/** How a package manager finds the registry of a package, and the way to it. */
export interface RegistrySupport {
  /** The files that could name a registry, as sentences list them. */
  readonly shownFiles: string;
  /** Lays what its own files say over what .npmrc files do; undefined where it has none. */
  readonly overlay: ((npm: NpmConfig, sources: RegistrySources) => RegistryOverlay) | undefined;
  /**
   * A file that it refuses as a whole, where we read what is left. Of lines instead, as in .npmrc and .yarnrc, each stands
   * for itself.
   */
  refusedFile(sources: RegistrySources): { readonly uri: Uri } | undefined;
  /** Returns how requests to a URL travel. */
  network(
    url: string,
    npm: NpmConfig,
    sources: RegistrySources,
    options: { readonly ofUser: boolean },
  ): NetworkSettings;
  /** Returns what the project's own files say of a scope (with its @), or of all names, in the order that counts. */
  ownLines(settings: ManagerSettings, scope: string | undefined): Iterable<OwnRegistryLine>;
  /**
   * Returns edits of the root's own file that name the registry of a scope; undefined where its text cannot be added to.
   * `text` gives the present text of a file, undefined where it does not exist.
   */
  writeScope(
    project: Pick<ManagerSettings, 'yarnrcs' | 'bunfig'> & { readonly root: Uri },
    scope: string,
    registry: string,
    text: (uri: Uri) => string | undefined,
  ): ScopeRegistryEdit | undefined;
}
