import { canonicalUrl, withSlash } from '../../text/paths/canonical-url.ts';
import { scopeOf } from '../../text/paths/scope-of.ts';
import { isSameHost, parseWebUrl } from '../../text/paths/web-url.ts';
import { isAtOrBelow } from '../address-below.ts';
import { guardedCredentials } from '../guarded-credentials.ts';
import { type Environment, expandVariables } from './expand-variables.ts';
import { findCredential } from './find-credential.ts';
import type { NpmConfig, RegistryChoice, Setting } from './npm-config.ts';
import { npmNetwork } from './npm-network.ts';
import type { Npmrc } from './npmrc.ts';

/** Everything that npm would read, if it exists. */
export interface NpmConfigSources {
  readonly project?: Npmrc | undefined;
  readonly user?: Npmrc | undefined;
  readonly global?: Npmrc | undefined;
  readonly environment: Environment;
  /** Whether the project's own file may read the environment and decide where requests go. */
  readonly trusted: boolean;
  /** npm's own default, with a trailing slash. */
  readonly publicRegistry: string;
  /** Mirrors of the public registry, from the policy. */
  readonly mirrors: readonly string[];
  /** Hosts and domains of registries that anyone can publish to; see `NpmConfig.isOpen`. */
  readonly openHosts?: readonly string[] | undefined;
  /** Mirrors named by any configuration file around the project: private names must not reach them. */
  readonly openMirrors?: readonly string[];
  /** Other names of the public registry itself. */
  readonly aliases?: readonly string[];
  /** See `NpmConfig.scopeRegistries`. */
  readonly scopeRegistries?: Readonly<Record<string, string>>;
}

/** One level of npm's configuration, by key. */
type Level = ReadonlyMap<string, Setting>;

/**
 * Resolves npm's configuration in npm's order: environment, project, user, global, default. In the project's file
 * `${VAR}` is expanded only if the project is trusted, and never in a URL, so that no variable can leak through one.
 */
export function resolveNpmConfig(sources: NpmConfigSources): NpmConfig {
  const { project, user, global, environment, trusted, publicRegistry, mirrors } = sources;
  const { aliases = [], openHosts = [], openMirrors = [], scopeRegistries = {} } = sources;
  const fromEnvironment = environmentLevel(environment);
  const fromProject = fileLevel(project, trusted ? environment : undefined);
  const own = [fromEnvironment, fileLevel(user, environment), fileLevel(global, environment)];
  const all = [fromEnvironment, fromProject, ...own.slice(1)];

  const get = (key: string): Setting | undefined => {
    for (const level of all) {
      const setting = level.get(key);
      if (setting !== undefined && isValid(key, setting.value)) return setting;
    }
    return key === 'registry'
      ? { value: publicRegistry, source: { type: 'default' }, entry: undefined }
      : undefined;
  };
  const choose = (setting: Setting, scope: string | undefined): RegistryChoice => {
    const fromUntrusted = !trusted && setting.source.type === 'file' && setting.source.level === 'project';
    const url = withSlash(setting.value);
    return { url, trusted: !fromUntrusted, usable: isUsable(url), scope, source: setting.source };
  };
  const scopeMapping = (scope: string): RegistryChoice | undefined => {
    const setting = get(`${scope}:registry`);
    return setting === undefined ? undefined : choose(setting, scope);
  };
  const registryFor = (name: string): RegistryChoice => {
    const scope = scopeOf(name);
    const mapped = scope === undefined ? undefined : scopeMapping(scope);
    return mapped ?? choose(get('registry')!, undefined);
  };
  const lookUpIn = (levels: readonly Level[]) => (key: string) =>
    levels.find((level) => level.has(key))?.get(key);
  const believed = lookUpIn(trusted ? all : own);
  const foundCredential: NpmConfig['foundCredential'] = (url) => findCredential(url, believed);
  const network: NpmConfig['network'] = (url, { ofUser } = { ofUser: false }) => {
    const ofOwn = lookUpIn(own);
    return npmNetwork(url, { setting: ofUser ? ofOwn : believed, ofUser: ofOwn });
  };
  const isOneOf = (places: readonly string[]) => (url: string) =>
    isSameHost(url, publicRegistry) || places.some((place) => isAtOrBelow(place, url));
  const isPublic = isOneOf([...aliases, ...mirrors]);
  const isPublicItself = isOneOf(aliases);

  return {
    project,
    user,
    global,
    publicRegistry,
    scopeRegistries,
    publicBases: [publicRegistry, ...aliases, ...mirrors],
    get,
    registryFor,
    scopeMapping,
    foundCredential,
    network,
    ...guardedCredentials({ foundCredential, registryFor, network }),
    isPublic,
    isOpen: (url) =>
      isPublic(url) || isHostAmong(url, openHosts) || openMirrors.some((mirror) => isAtOrBelow(mirror, url)),
    withoutMirrors: {
      isPublic: isPublicItself,
      isOpen: (url) => isPublicItself(url) || isHostAmong(url, openHosts),
    },
  };
}

/** Reads `npm_config_*`, in any case; `_` stands for `-`, except in keys of credentials. Empty values do not count. */
function environmentLevel(environment: Environment): Level {
  const level = new Map<string, Setting>();
  for (const [variable, text] of Object.entries(environment)) {
    if (text === undefined || text === '' || !/^npm_config_/i.test(variable)) continue;
    const raw = variable.slice('npm_config_'.length);
    const key = raw.startsWith('//') ? raw : raw.replace(/(?!^)_/g, '-').toLowerCase();
    const value = expandVariables(text.trim(), environment);
    level.set(expandVariables(key, environment), {
      value,
      source: { type: 'environment', variable },
      entry: undefined,
    });
  }
  return level;
}

/** The last line of a key wins; values of a list are joined as npm joins them in a variable. */
function fileLevel(file: Npmrc | undefined, environment: Environment | undefined): Level {
  const level = new Map<string, Setting>();
  if (file === undefined) return level;
  const lists = new Set<string>();
  const inAddresses = file.level === 'project' ? undefined : environment;
  for (const entry of file.entries) {
    const key = environment === undefined ? entry.key : expandVariables(entry.key, environment);
    const variables = isRegistryKey(key) || isProxyKey(key) ? inAddresses : environment;
    const text = entry.value.trim();
    const expanded = variables === undefined ? text : expandVariables(text, variables);
    if (entry.list) lists.add(key);
    const before = lists.has(key) ? level.get(key) : undefined;
    level.set(key, {
      value: before === undefined ? expanded : `${before.value}\n\n${expanded}`,
      source: { type: 'file', uri: file.uri, level: file.level, span: entry.lineSpan },
      entry,
    });
  }
  return level;
}

function isRegistryKey(key: string): boolean {
  return key === 'registry' || key.endsWith(':registry');
}

function isProxyKey(key: string): boolean {
  return key === 'proxy' || key === 'https-proxy';
}

/** npm drops a URL without a host, and a scope mapping that is empty or a bare word. */
function isValid(key: string, value: string): boolean {
  if (key === 'registry') return parseWebUrl(value) !== undefined || value.includes('${');
  if (!isRegistryKey(key)) return true;
  return value !== '' && value !== 'true' && value !== 'false' && value !== 'null' && value !== 'undefined';
}

/** Checks whether the URL is on one of the hosts, or on a host in one of the domains. */
function isHostAmong(url: string, hosts: readonly string[]): boolean {
  const host = canonicalUrl(url)?.host;
  return host !== undefined && hosts.some((one) => host === one || host.endsWith(`.${one}`));
}

function isUsable(url: string): boolean {
  const address = parseWebUrl(url);
  return address !== undefined && /^https?$/.test(address.scheme) && !url.includes('${');
}
