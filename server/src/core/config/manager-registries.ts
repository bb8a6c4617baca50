import { hostAndPort, parseWebAddress } from '../text/web-address.ts';
import { bunRegistries } from './bun-registries.ts';
import type { Environment } from './expand-variables.ts';
import type { ManagerConfig } from './manager-config.ts';
import type { NpmConfig, RegistryChoice } from './npm-config.ts';
import { type ManagerRegistries, registryChoice } from './registry-choice.ts';
import { berryRegistries, classicRegistries } from './yarn-registries.ts';

export interface RegistrySources extends ManagerConfig {
  readonly manager: 'npm' | 'pnpm' | 'bun' | 'yarn';
  readonly yarn: 'classic' | 'berry' | undefined;
  readonly environment: Environment;
  /** Whether the project's own files may decide where requests go, and read the environment. */
  readonly trusted: boolean;
}

/**
 * npm's configuration with the registries that the project's package manager would ask: pnpm's `registries` come before
 * those of .npmrc files, Bun's and Yarn 1's own files behind their scopes, and Yarn 2 and later read no .npmrc at all.
 */
export function withManagerRegistries(npm: NpmConfig, sources: RegistrySources): NpmConfig {
  const own = registriesOf(npm, sources);
  if (own === undefined) return npm;
  const { scopeMapping, unscoped, npmCredentials } = own;
  const registryFor = (name: string): RegistryChoice => {
    const slash = name.startsWith('@') ? name.indexOf('/') : -1;
    return (slash > 1 ? scopeMapping(name.slice(0, slash)) : undefined) ?? unscoped();
  };
  const credentialAt = (url: string) =>
    own.credential(url) ?? (npmCredentials ? npm.credentialFor(url) : undefined);
  return {
    ...npm,
    words: wordsOf(sources),
    registryFor,
    scopeMapping,
    credentialFor(url, name) {
      const found = credentialAt(url);
      if (found !== undefined || name === undefined) return found;
      const registry = registryFor(name);
      return registry.trusted && isSameHost(registry.url, url) ? credentialAt(registry.url) : undefined;
    },
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

interface Order {
  scopeMapping(scope: string): RegistryChoice | undefined;
  unscoped(): RegistryChoice;
  credential: ManagerRegistries['credential'];
  /** Whether credentials of .npmrc files count. */
  readonly npmCredentials: boolean;
}

function registriesOf(npm: NpmConfig, sources: RegistrySources): Order | undefined {
  // A name without a scope, for what .npmrc files say of those.
  const ofNpm = () => npm.registryFor('a');
  const isDefault = ({ source }: RegistryChoice) => source.type === 'default';
  switch (sources.manager) {
    case 'npm':
      return undefined;
    case 'pnpm': {
      const own = pnpmRegistries(sources);
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

/** `registries` of pnpm-workspace.yaml: `default` and scopes. */
function pnpmRegistries({ pnpmWorkspace, trusted }: RegistrySources): ManagerRegistries {
  const at = (key: string): RegistryChoice | undefined => {
    const entry = pnpmWorkspace?.registries.findLast((item) => item.key.value === key);
    const value = entry?.value;
    if (pnpmWorkspace === undefined || typeof value?.value !== 'string' || value.value === '')
      return undefined;
    const scope = key === 'default' ? undefined : key;
    const file = { ...pnpmWorkspace, level: 'project' as const };
    return registryChoice(value.value, { scope, file, span: value.span, trusted });
  };
  return { scoped: at, unscoped: () => at('default'), credential: () => undefined };
}

function isSameHost(a: string, b: string): boolean {
  const [left, right] = [parseWebAddress(a), parseWebAddress(b)];
  return left !== undefined && right !== undefined && hostAndPort(left) === hostAndPort(right);
}
