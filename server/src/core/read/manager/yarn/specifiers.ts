import type { SpecifierSupport } from '../model/specifiers.ts';
import { isFrom } from '../version.ts';

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
  /** Yarn allows all repositories when it upgrades an older lockfile. */
  refusesByDefault: (kind, { manager, yarnrcs, lockfile }) =>
    kind === 'git' &&
    isFrom(manager.version, '4.14.0') &&
    Number(lockfile?.formatVersion?.value) >= 9 &&
    yarnrcs.every((file) => file.setting('approvedGitRepositories') === undefined),
  allowsDeprecated: false,
};

/** Yarn 1 has no protocol for members. */
export const classicSpecifiers: SpecifierSupport = {
  ...berrySpecifiers,
  memberSpecifier: undefined,
  catalogsIn: undefined,
};
