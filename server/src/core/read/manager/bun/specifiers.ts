import type { SpecifierSupport } from '../model/specifiers.ts';

/** Bun reads catalogs from the root's package.json. */
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
  refusesByDefault: () => false,
  allowsDeprecated: false,
};
