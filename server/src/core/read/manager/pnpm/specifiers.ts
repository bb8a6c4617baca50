import type { SpecifierSupport } from '../model/specifiers.ts';

/** A catalog of pnpm serves members in many folders, so that nothing in it leads to a path. */
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
  allowsDeprecated: true,
};
