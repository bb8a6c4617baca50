import type { Located } from '../text/span.ts';

/** One entry of a catalog, as the file that has it says it: pnpm-workspace.yaml, .yarnrc.yml or a package.json. */
export interface CatalogLine {
  /** `default` for the one without a name. */
  readonly catalog: string;
  readonly name: Located<string>;
  readonly value: Located<string>;
  /** Whether the value is text; a number or the like is none, and no package manager takes it. */
  readonly isText: boolean;
}

/** The name of the catalog that `catalog:` without a name means. */
export const DEFAULT_CATALOG = 'default';

/** The name of the catalog that a specifier asks for (`catalog:`, `catalog:legacy`); undefined for any other specifier. */
export function catalogAskedFor(specifier: string): string | undefined {
  if (!specifier.startsWith(PROTOCOL)) return undefined;
  return specifier.slice(PROTOCOL.length).trim() || DEFAULT_CATALOG;
}

const PROTOCOL = 'catalog:';
