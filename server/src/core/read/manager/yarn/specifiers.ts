import type { SpecifierSupport } from '../model/specifiers.ts';

/** Yarn 2 and later. */
export const berrySpecifiers: SpecifierSupport = {
  foreign: new Set(),
  hasPlugins: true,
  namesAliases: false,
  memberSpecifier: 'workspace:*',
  clonesGitUrls: true,
  prefersDev: false,
  catalogsIn: 'yarnrc',
  refusedInCatalogs: undefined,
  refusals: undefined,
  allowsDeprecated: false,
};

/** Yarn 1 has no protocol for members. */
export const classicSpecifiers: SpecifierSupport = {
  ...berrySpecifiers,
  memberSpecifier: undefined,
  catalogsIn: undefined,
};
