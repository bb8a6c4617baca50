import type { Located } from '../text/span.ts';

/** One entry of a catalog, as written in pnpm-workspace.yaml, .yarnrc.yml or a package.json. */
export interface CatalogLine {
  /** `default` for the unnamed one. */
  readonly catalog: string;
  readonly name: Located<string>;
  readonly value: Located<string>;
  /** Whether the value is a string. No package manager accepts a number or the like. */
  readonly isText: boolean;
}

/** The catalog that `catalog:` without a name refers to. */
export const DEFAULT_CATALOG = 'default';

/**
 * Returns the name of the catalog that a specifier refers to (`catalog:`, `catalog:legacy`); undefined for any other
 * specifier.
 */
export function catalogAskedFor(specifier: string): string | undefined {
  if (!specifier.startsWith(PROTOCOL)) return undefined;
  return specifier.slice(PROTOCOL.length).trim() || DEFAULT_CATALOG;
}

const PROTOCOL = 'catalog:';
