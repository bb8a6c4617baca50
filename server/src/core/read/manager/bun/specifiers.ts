import type { SpecifierSupport } from '../model/specifiers.ts';

/** Bun has catalogs in the package.json of the root. */
export const bunSpecifiers: SpecifierSupport = {
  foreign: new Set(['portal', 'exec']),
  hasPlugins: false,
  namesAliases: false,
  memberSpecifier: 'workspace:*',
  clonesGitUrls: false,
  prefersDev: false,
  catalogsIn: 'manifest',
  refusedInCatalogs: undefined,
  refusals: undefined,
  allowsDeprecated: false,
};
