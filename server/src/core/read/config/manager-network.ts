import { bunNetwork } from './bun/bun-network.ts';
import { type NetworkSettings, networkOr } from './network-settings.ts';
import type { NpmConfig } from './npm/npm-config.ts';
import { pnpmNetwork } from './pnpm/pnpm-network.ts';
import type { RegistrySources } from './registry-sources.ts';
import { berryNetwork, classicNetwork } from './yarn/yarn-network.ts';
import { isBelieved } from './yarn/yarn-registries.ts';
import type { Yarnrc } from './yarn/yarnrc.ts';

/**
 * Returns how requests to a URL travel according to the project's package manager. Its own files come before npm's,
 * except for Bun, where .npmrc files come first. Yarn 2 and later read no .npmrc: the user's .npmrc fills in what Yarn
 * leaves unset, the project's is ignored.
 */
export function managerNetwork(
  url: string,
  npm: NpmConfig,
  sources: RegistrySources,
  options: { readonly ofUser: boolean } = { ofUser: false },
): NetworkSettings {
  const { manager, yarn, environment } = sources;
  const trusted = sources.trusted && !options.ofUser;
  const ofNpm = npm.network(url, options);
  const trustsFile = options.ofUser ? undefined : sources.trustsFile;
  const believed = <F extends Pick<Yarnrc, 'uri' | 'level'>>(files: readonly (F | undefined)[]) =>
    files.filter((file) => file !== undefined && isBelieved(file, { trusted, trustsFile })) as F[];
  switch (manager) {
    case 'npm':
      return ofNpm;
    case 'pnpm': {
      const { pnpmWorkspace } = sources;
      return trusted && pnpmWorkspace !== undefined
        ? networkOr(pnpmNetwork(url, pnpmWorkspace), ofNpm)
        : ofNpm;
    }
    case 'bun':
      return networkOr(ofNpm, { ...NOTHING, ...bunNetwork(believed([sources.bunfig, sources.userBunfig])) });
    case 'yarn': {
      const dialect = yarn === 'berry' ? 'berry' : 'classic';
      const files = believed(sources.yarnrcs).filter((file) => file.dialect === dialect);
      return dialect === 'classic'
        ? networkOr(classicNetwork(url, files), ofNpm)
        : networkOr(berryNetwork(url, files, environment), npm.network(url, { ofUser: true }));
    }
  }
}

const NOTHING: NetworkSettings = {
  proxy: undefined,
  noProxy: undefined,
  ca: undefined,
  cafile: undefined,
  client: undefined,
  strictSsl: undefined,
  strictSslOfUser: undefined,
};
