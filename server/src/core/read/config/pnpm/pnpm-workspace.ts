import type { Uri } from '../../text/paths/uri.ts';
import type { ParseProblem } from '../../text/problem.ts';
import type { Located } from '../../text/span.ts';
import type { CatalogLine } from '../catalog-line.ts';
import type { ConfigEntry, ConfigMember } from '../tree/config-tree.ts';

/** A pnpm-workspace.yaml as far as it could be read. Each list is empty where the file does not have it. */
export interface PnpmWorkspace {
  readonly kind: 'pnpmWorkspace';
  readonly uri: Uri;
  readonly text: string;
  readonly problems: readonly ParseProblem[];
  /** Patterns of members; undefined where the file has no `packages`: then the root is the only one. */
  readonly packages: readonly Located<string>[] | undefined;
  /** Of `catalog` and `catalogs`. */
  readonly catalogs: readonly CatalogLine[];
  /** Of `overrides`: the selector and what it leads to. */
  readonly overrides: readonly ConfigEntry[];
  /** Of `allowBuilds` (pnpm 10.26 and later): `name` or `name@1.0.0 || 1.0.1`, and true, false or something else. */
  readonly allowBuilds: readonly ConfigEntry[];
  /** Lists of names before `allowBuilds`; pnpm 11 reads them no longer. */
  readonly onlyBuiltDependencies: readonly Located<string>[];
  readonly ignoredBuiltDependencies: readonly Located<string>[];
  readonly neverBuiltDependencies: readonly Located<string>[];
  /** Of `packageExtensions`: the selectors. */
  readonly packageExtensions: readonly Located<string>[];
  /** Of `patchedDependencies`: `name@version` and the path of the patch. */
  readonly patchedDependencies: readonly ConfigEntry[];
  /** Of `registries`: `default` or `@scope`, and the address. */
  readonly registries: readonly ConfigEntry[];
  /** Every top-level key, those above included, in the order of the text. */
  readonly settings: readonly ConfigMember[];
  /** The setting of this key that counts. */
  setting(key: string): ConfigMember | undefined;
}
