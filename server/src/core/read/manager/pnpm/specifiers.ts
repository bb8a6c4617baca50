import type { SpecifierSupport } from '../model/specifiers.ts';

/** pnpm rejects paths in catalogs, because members in many folders share them. */
export const pnpmSpecifiers: SpecifierSupport = {
  foreign: new Set(['portal', 'patch', 'exec']),
  hasPlugins: false,
  namesAliases: false,
  memberSpecifier: 'workspace:*',
  clonesGitUrls: false,
  prefersDev: false,
  catalogsIn: 'pnpmWorkspace',
  refusedInCatalogs: /^(?:workspace|link|file):/,
  refusals: undefined,
  // pnpm 11 rejects them only while it resolves versions, and installs what a lockfile has.
  refusesByDefault: () => false,
  allowsDeprecated: true,
};
