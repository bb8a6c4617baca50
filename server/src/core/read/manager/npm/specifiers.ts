import type { SpecifierSupport } from '../model/specifiers.ts';
import { isFrom } from '../version.ts';

/** npm supports no protocols for workspaces and catalogs. */
export const npmSpecifiers: SpecifierSupport = {
  foreign: new Set(['workspace', 'catalog', 'link', 'portal', 'patch', 'jsr', 'exec']),
  hasPlugins: false,
  namesAliases: true,
  memberSpecifier: undefined,
  clonesGitUrls: false,
  prefersDev: true,
  catalogsIn: undefined,
  refusedInCatalogs: undefined,
  refusals: { git: 'allow-git', remote: 'allow-remote', file: 'allow-file' },
  // allow-git and allow-remote are off by default.
  refusesByDefault: (kind, { manager, npmConfig }) =>
    isFrom(manager.version, '12.0.0') && npmConfig.get(`allow-${kind}`) === undefined,
  allowsDeprecated: false,
};
