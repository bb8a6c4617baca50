import type { Uri } from '../../text/paths/uri.ts';
import type { ParseProblem } from '../../text/problem.ts';
import type { Located, Span } from '../../text/span.ts';
import type { CatalogLine } from '../catalog-line.ts';
import type { ConfigMember } from '../tree/config-tree.ts';
import type { PackageExtension } from './package-extension.ts';

/** A file in the project or above it, or the user's own in the home directory. */
export type YarnrcLevel = 'project' | 'user';

/** Yarn's configuration of one registry: at the top level, for a scope, or for a `//host/path`. */
export interface YarnRegistry {
  /** The scope without its @, or the `//host/path`; undefined at the top level. */
  readonly key: Located<string> | undefined;
  /** `npmRegistryServer`, `${VAR}` not expanded. */
  readonly server: Located<string> | undefined;
  readonly authToken: Located<string> | undefined;
  readonly authIdent: Located<string> | undefined;
}

export interface YarnPlugin {
  readonly path: Located<string> | undefined;
  readonly spec: Located<string> | undefined;
  readonly checksum: Located<string> | undefined;
  readonly span: Span;
}

/** A .yarnrc.yml (Yarn 2 and later) or .yarnrc (Yarn 1) as far as it could be read. */
export interface Yarnrc {
  readonly kind: 'yarnrc';
  /** `berry` for .yarnrc.yml, `classic` for .yarnrc. */
  readonly dialect: 'berry' | 'classic';
  readonly uri: Uri;
  readonly text: string;
  readonly level: YarnrcLevel;
  readonly problems: readonly ParseProblem[];
  /** The top level: the registry of all names without a scope of their own. */
  readonly registry: YarnRegistry;
  /** `npmScopes`, or `"@scope:registry"` of Yarn 1. */
  readonly scopes: readonly YarnRegistry[];
  /** `npmRegistries`: credentials by `//host/path`. */
  readonly registries: readonly YarnRegistry[];
  readonly enableScripts: Located<boolean> | undefined;
  /** `yarnPath`, or `yarn-path` of Yarn 1: the program to run instead. */
  readonly yarnPath: Located<string> | undefined;
  readonly plugins: readonly YarnPlugin[];
  readonly catalogs: readonly CatalogLine[];
  readonly packageExtensions: readonly PackageExtension[];
  /** Every key of the file, including those above, in source order. */
  readonly settings: readonly ConfigMember[];
  /** Returns the effective setting of this key. */
  setting(key: string): ConfigMember | undefined;
}
