import { scopeOf } from '../text/paths/scope-of.ts';
import { bunRegistries } from './bun/bun-registries.ts';
import { guardedCredentials } from './guarded-credentials.ts';
import { managerNetwork } from './manager-network.ts';
import type { NpmConfig, RegistryChoice } from './npm/npm-config.ts';
import { pnpmRegistries } from './pnpm/pnpm-registries.ts';
import { scopedToken } from './pnpm/scoped-token.ts';
import type { ManagerRegistries } from './registry-choice.ts';
import type { RegistrySources } from './registry-sources.ts';
import { berryRegistries, classicRegistries } from './yarn/yarn-registries.ts';

/**
 * Returns npm's configuration with the registries that the project's package manager would use: pnpm's `registries`
 * come before .npmrc files, Bun's and Yarn 1's own files come after their scopes, and Yarn 2 and later read no .npmrc
 * at all.
 */
export function withManagerRegistries(npm: NpmConfig, sources: RegistrySources): NpmConfig {
  const own = registriesOf(npm, sources);
  if (own === undefined) return npm;
  const { scopeMapping, unscoped, npmCredentials } = own;
  const registryFor = (name: string): RegistryChoice => {
    const scope = scopeOf(name);
    return (scope === undefined ? undefined : scopeMapping(scope)) ?? unscoped();
  };
  const foundCredential: NpmConfig['foundCredential'] = (url, name) => {
    const scope = sources.manager === 'pnpm' && name !== undefined ? scopeOf(name) : undefined;
    const ofScope = scope === undefined ? undefined : scopedToken(npm, url, scope, sources.trusted);
    return ofScope ?? own.credential(url) ?? (npmCredentials ? npm.foundCredential(url) : undefined);
  };
  const network: NpmConfig['network'] = (url, options) => managerNetwork(url, npm, sources, options);
  return {
    ...npm,
    words: wordsOf(sources),
    unread: brokenFile(sources)?.uri,
    registryFor,
    scopeMapping,
    network,
    foundCredential,
    ...guardedCredentials({ foundCredential, registryFor, network }),
  };
}

function wordsOf({ manager, yarn }: RegistrySources): NpmConfig['words'] {
  switch (manager) {
    case 'npm':
      return undefined;
    case 'pnpm':
      return { manager: 'pnpm', files: '.npmrc or pnpm-workspace.yaml' };
    case 'yarn':
      return { manager: 'Yarn', files: yarn === 'berry' ? '.yarnrc.yml' : '.npmrc or .yarnrc' };
    case 'bun':
      return { manager: 'Bun', files: '.npmrc or bunfig.toml' };
  }
}

/**
 * Returns a file that its package manager rejects as a whole, although we read the rest of it. In .npmrc and .yarnrc,
 * by contrast, each line stands on its own.
 */
function brokenFile({ manager, yarn, pnpmWorkspace, yarnrcs, bunfig, userBunfig }: RegistrySources) {
  const files = {
    npm: [],
    pnpm: [pnpmWorkspace],
    yarn: yarn === 'classic' ? [] : yarnrcs.filter(({ dialect }) => dialect === 'berry'),
    bun: [bunfig, userBunfig],
  }[manager];
  return files.find((file) => file !== undefined && file.problems.length > 0);
}

interface Order {
  scopeMapping(scope: string): RegistryChoice | undefined;
  unscoped(): RegistryChoice;
  credential: ManagerRegistries['credential'];
  /** Whether credentials from .npmrc files count. */
  readonly npmCredentials: boolean;
}

function registriesOf(npm: NpmConfig, sources: RegistrySources): Order | undefined {
  // An unscoped name, to look up what .npmrc files configure for those.
  const ofNpm = () => npm.registryFor('a');
  const isDefault = ({ source }: RegistryChoice) => source.type === 'default';
  switch (sources.manager) {
    case 'npm':
      return undefined;
    case 'pnpm': {
      const own = pnpmRegistries(sources.pnpmWorkspace, sources.trusted);
      const before = (found: RegistryChoice | undefined) => found?.source.type === 'environment';
      return {
        scopeMapping(scope) {
          const found = npm.scopeMapping(scope);
          return before(found) ? found : (own.scoped(scope) ?? found);
        },
        unscoped() {
          const found = ofNpm();
          return before(found) ? found : (own.unscoped() ?? found);
        },
        credential: own.credential,
        npmCredentials: true,
      };
    }
    case 'yarn': {
      if (sources.yarn === 'berry') {
        const own = berryRegistries(sources, npm.publicRegistry);
        return {
          scopeMapping: own.scoped,
          unscoped: own.unscoped,
          credential: own.credential,
          npmCredentials: false,
        };
      }
      return behindNpm(classicRegistries(sources));
    }
    case 'bun':
      return behindNpm(bunRegistries(sources));
  }

  function behindNpm(own: ManagerRegistries): Order {
    return {
      scopeMapping: (scope) => npm.scopeMapping(scope) ?? own.scoped(scope),
      unscoped() {
        const found = ofNpm();
        return isDefault(found) ? (own.unscoped() ?? found) : found;
      },
      credential: own.credential,
      npmCredentials: true,
    };
  }
}
