import { compileGlob } from '../../text/paths/glob.ts';
import { parseWebUrl } from '../../text/paths/web-url.ts';
import { isAtOrBelow } from '../address-below.ts';
import { writtenSetting } from '../network-line.ts';
import type { NetworkSetting, NetworkSettings } from '../network-settings.ts';
import type { Environment } from '../npm/expand-variables.ts';
import { type ConfigNode, memberOf, membersOf } from '../tree/config-tree.ts';
import { expandYarnVariables } from './expand-yarn-variables.ts';
import { yarnServer } from './yarn-registries.ts';
import type { Yarnrc } from './yarnrc.ts';

type Found = NetworkSetting | undefined;

/**
 * Returns what the .yarnrc.yml files, nearest first, configure for a URL: `networkSettings` of the longest glob that
 * matches its host, then `YARN_*` variables, then the top level. As for registries, a variable is expanded in a URL
 * only in the user's own file. A client certificate at the top level applies to the default server only, although Yarn
 * presents it to every server.
 */
export function berryNetwork(
  url: string,
  files: readonly Yarnrc[],
  environment: Environment,
): Partial<NetworkSettings> {
  const address = parseWebUrl(url);
  if (address === undefined) return {};
  const hosts = settingsOfHost(files, address.host);
  const ofHost = (key: string): Found =>
    firstOf(hosts, ({ file, settings }) => read(file, key, memberOf(settings, key)?.value, environment));
  const ofFiles = (among: readonly Yarnrc[], key: string): Found =>
    firstOf(among, (file) => read(file, key, file.setting(key)?.value, environment));
  const general = (key: string): Found => ofEnvironment(key, environment) ?? ofFiles(files, key);

  const proxy = address.scheme === 'https' ? 'httpsProxy' : 'httpProxy';
  const users = files.filter(({ level }) => level === 'user');
  const strictOf = (among: readonly Yarnrc[]): Found =>
    asTruth(ofEnvironment('enableStrictSsl', environment) ?? ofFiles(among, 'enableStrictSsl'));
  return {
    proxy: ofHost(proxy) ?? general(proxy),
    // Yarn 2 and 3 also accept its shorter name.
    cafile: ofHost('httpsCaFilePath') ?? general('httpsCaFilePath') ?? general('caFilePath'),
    client: pairOf(ofHost) ?? clientOfServer(url, files, environment),
    strictSsl: strictOf(files),
    strictSslOfUser: strictOf(users),
  };
}

/** Returns the settings of Yarn 1's .yarnrc files, which use npm's own keys. */
export function classicNetwork(url: string, files: readonly Yarnrc[]): Partial<NetworkSettings> {
  const of = (among: readonly Yarnrc[], key: string): Found =>
    firstOf(among, (file) => writtenSetting(file, file.setting(key)?.value, (text) => text));
  const users = files.filter(({ level }) => level === 'user');
  const isHttps = parseWebUrl(url)?.scheme === 'https';
  return {
    proxy: (isHttps ? of(files, 'https-proxy') : undefined) ?? of(files, 'proxy'),
    noProxy: of(files, 'noproxy'),
    ca: of(files, 'ca'),
    cafile: of(files, 'cafile'),
    strictSsl: of(files, 'strict-ssl'),
    strictSslOfUser: of(users, 'strict-ssl'),
  };
}

interface HostSettings {
  readonly file: Yarnrc;
  readonly settings: ConfigNode | undefined;
}

/**
 * Returns the entries of `networkSettings` whose glob matches the host, longest first; among equals, the nearest file
 * first.
 */
function settingsOfHost(files: readonly Yarnrc[], host: string): readonly HostSettings[] {
  const all = files.flatMap((file) =>
    membersOf(file.setting('networkSettings')?.value)
      .filter(({ key }) => compileGlob(key, { dot: false })?.matches(host))
      .map(({ key, value }) => ({ file, glob: key, settings: value })),
  );
  return all.toSorted((a, b) => b.glob.length - a.glob.length);
}

const ADDRESSES: ReadonlySet<string> = new Set(['httpProxy', 'httpsProxy']);

function read(file: Yarnrc, key: string, node: ConfigNode | undefined, environment: Environment): Found {
  const isLeftAlone = file.level === 'project' && ADDRESSES.has(key);
  return writtenSetting(file, node, (text) => (isLeftAlone ? text : expandYarnVariables(text, environment)));
}

/** Reads `httpProxy` from `YARN_HTTP_PROXY`. */
function ofEnvironment(key: string, environment: Environment): Found {
  const variable = `YARN_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
  const value = Object.hasOwn(environment, variable) ? environment[variable] : undefined;
  if (value === undefined || value === '') return undefined;
  return { value, source: { type: 'environment', variable } };
}

/** Yarn treats 0 as false. */
function asTruth(setting: Found): Found {
  return setting?.value === '0' ? { ...setting, value: 'false' } : setting;
}

function pairOf(look: (key: string) => Found): NetworkSettings['client'] {
  const [certfile, keyfile] = [look('httpsCertFilePath'), look('httpsKeyFilePath')];
  return certfile === undefined || keyfile === undefined ? undefined : { certfile, keyfile };
}

/**
 * Returns the certificate of the nearest file that has one, if the URL is on the default server of that file or of
 * those after it.
 */
function clientOfServer(
  url: string,
  files: readonly Yarnrc[],
  environment: Environment,
): NetworkSettings['client'] {
  for (const [at, file] of files.entries()) {
    const pair = pairOf((key) => read(file, key, file.setting(key)?.value, environment));
    if (pair === undefined) continue;
    const server = firstOf(files.slice(at), (one) => yarnServer(one, one.registry.server, environment));
    if (server !== undefined && isAtOrBelow(server, url)) return pair;
  }
  return undefined;
}

function firstOf<T, R>(list: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of list) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
