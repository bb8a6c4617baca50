import type { Uri } from '../../text/paths/uri.ts';
import type { ParseProblem } from '../../text/problem.ts';
import type { Located } from '../../text/span.ts';
import type { CatalogLine } from '../catalog-line.ts';
import type { ConfigEntry, ConfigMember } from '../tree/config-tree.ts';

/** A pnpm-workspace.yaml as far as it could be read. A list that the file does not have is empty. */
export interface PnpmWorkspace {
  readonly kind: 'pnpmWorkspace';
  readonly uri: Uri;
  readonly text: string;
  readonly problems: readonly ParseProblem[];
  /** Patterns of workspace members; undefined if the file has no `packages`: then the root is the only one. */
  readonly packages: readonly Located<string>[] | undefined;
  /** From `catalog` and `catalogs`. */
  readonly catalogs: readonly CatalogLine[];
  /** From `overrides`: the selector and its replacement. */
  readonly overrides: readonly ConfigEntry[];
  /** From `allowBuilds` (pnpm 10.26 and later): `name` or `name@1.0.0 || 1.0.1`, and true, false or another value. */
  readonly allowBuilds: readonly ConfigEntry[];
  /** The lists of names that preceded `allowBuilds`; pnpm 11 no longer reads them. */
  readonly onlyBuiltDependencies: readonly Located<string>[];
  readonly ignoredBuiltDependencies: readonly Located<string>[];
  readonly neverBuiltDependencies: readonly Located<string>[];
  /** The selectors of `packageExtensions`. */
  readonly packageExtensions: readonly Located<string>[];
  /** From `patchedDependencies`: `name@version` and the path of the patch. */
  readonly patchedDependencies: readonly ConfigEntry[];
  /** From `registries`: `default` or `@scope`, and the URL. */
  readonly registries: readonly ConfigEntry[];
  /** Every top-level key, including those above, in source order. */
  readonly settings: readonly ConfigMember[];
  /** Returns the effective setting of this key. */
  setting(key: string): ConfigMember | undefined;
}
