import type { NetworkSettings } from '../../config/network-settings.ts';
import type { NpmConfig, RegistryChoice } from '../../config/npm/npm-config.ts';
import type { ManagerRegistries } from '../../config/registry-choice.ts';
import type { TextEdit } from '../../text/edit.ts';
import type { Uri } from '../../text/paths/uri.ts';
import type { Located } from '../../text/span.ts';
import type { ManagerSettings } from './manager-settings.ts';
import type { RegistrySources } from './registry-sources.ts';

/** The registries and credentials according to a package manager's own files. */
export interface RegistryOverlay {
  scopeMapping(scope: string): RegistryChoice | undefined;
  unscoped(): RegistryChoice;
  readonly credential: ManagerRegistries['credential'];
  /** Returns a credential that applies to one scope only. */
  scopedCredential?(url: string, scope: string): ReturnType<ManagerRegistries['credential']>;
  /** Whether credentials from .npmrc files count. */
  readonly npmCredentials: boolean;
}

/** A line of the project's own files that configures the registry of a scope, or the default registry. */
export interface OwnRegistryLine {
  readonly uri: Uri;
  readonly value: Located<string>;
}

/** The edit that configures the registry of a scope. */
export interface ScopeRegistryEdit {
  readonly uri: Uri;
  /** The file's name, for messages. */
  readonly fileName: string;
  /** The new setting on one line, for messages. */
  readonly shown: string;
  readonly edits: readonly TextEdit[];
}

/** How a package manager finds the registry of a package, and how requests to it travel. */
export interface RegistrySupport {
  /** The files that can configure a registry, as they appear in messages. */
  readonly shownFiles: string;
  /** Scopes of `NpmConfig.scopeRegistries` that it knows. They are no private registries: anybody can publish there. */
  readonly builtInScopes: readonly string[];
  /** Combines its own files with .npmrc files; undefined if it has none. */
  readonly overlay: ((npm: NpmConfig, sources: RegistrySources) => RegistryOverlay) | undefined;
  /**
   * Returns a file that it rejects as a whole, although we read the rest of it. In .npmrc and .yarnrc, by contrast, each
   * line stands on its own.
   */
  refusedFile(sources: RegistrySources): { readonly uri: Uri } | undefined;
  /** Returns how requests to a URL travel. */
  network(
    url: string,
    npm: NpmConfig,
    sources: RegistrySources,
    options: { readonly ofUser: boolean },
  ): NetworkSettings;
  /** Returns the lines for a scope (with its @), or for the default registry, by precedence. */
  ownLines(settings: ManagerSettings, scope: string | undefined): Iterable<OwnRegistryLine>;
  /**
   * Returns edits of the root's own file that configure the registry of a scope; undefined if the file cannot be edited.
   * `text` returns the current text of a file, undefined if it does not exist.
   */
  writeScope(
    project: Pick<ManagerSettings, 'yarnrcs' | 'bunfig'> & { readonly root: Uri },
    scope: string,
    registry: string,
    text: (uri: Uri) => string | undefined,
  ): ScopeRegistryEdit | undefined;
}
