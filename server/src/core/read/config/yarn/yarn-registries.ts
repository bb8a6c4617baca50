import { encodeBase64, utf8Characters } from '../../text/encoding.ts';
import type { Uri } from '../../text/paths/uri.ts';
import type { Located } from '../../text/span.ts';
import { isAtOrBelow } from '../address-below.ts';
import type { Environment } from '../npm/expand-variables.ts';
import type { FoundCredential, RegistryChoice } from '../npm/npm-config.ts';
import { type ManagerRegistries, registryChoice } from '../registry-choice.ts';
import { expandYarnVariables } from './expand-yarn-variables.ts';
import type { YarnRegistry, Yarnrc } from './yarnrc.ts';

interface YarnSources {
  readonly yarnrcs: readonly Yarnrc[];
  readonly environment: Environment;
  readonly trusted: boolean;
  /** Which files of the project are trusted, if that differs between them. Yarn also reads files above the root. */
  readonly trustsFile?: ((uri: Uri) => boolean) | undefined;
}

/** Checks whether a file may decide where requests go, and read the environment. */
export function isBelieved(
  { uri, level }: Pick<Yarnrc, 'uri' | 'level'>,
  { trusted, trustsFile }: Pick<YarnSources, 'trusted' | 'trustsFile'>,
): boolean {
  return level === 'user' || (trustsFile?.(uri) ?? trusted);
}

/**
 * Returns the registries of Yarn 2 and later: `npmScopes`, then `npmRegistryServer`, nearest file first. `YARN_*`
 * variables come before files. A variable in a URL is expanded only in the user's own file, so that none leaks through
 * one.
 */
export function berryRegistries(
  sources: YarnSources,
  publicRegistry: string,
): ManagerRegistries & { unscoped(): RegistryChoice } {
  const { environment } = sources;
  const files = sources.yarnrcs.filter(({ dialect }) => dialect === 'berry');
  const variable = 'YARN_NPM_REGISTRY_SERVER';
  const fromEnvironment = environment[variable];
  const unscoped = (): RegistryChoice => {
    if (fromEnvironment !== undefined && fromEnvironment !== '') {
      const span = { start: 0, end: 0 };
      const file = { uri: '', text: '', level: 'user' as const };
      const line = { scope: undefined, file, span, trusted: true };
      return { ...registryChoice(fromEnvironment, line), source: { type: 'environment', variable } };
    }
    return (
      firstOf(files, (file) => choiceOf(file, file.registry.server, undefined, sources)) ?? {
        url: publicRegistry,
        trusted: true,
        usable: true,
        scope: undefined,
        source: { type: 'default' },
      }
    );
  };
  return {
    scoped: (scope) =>
      firstOf(files, (file) => {
        const entry = file.scopes.findLast(({ key }) => `@${key?.value}` === scope);
        return choiceOf(file, entry?.server, scope, sources);
      }),
    unscoped,
    credential: (url) => credentialAt(url, files, fromEnvironment || publicRegistry, sources),
  };
}

/** Returns the registries of Yarn 1's own files. It also reads .npmrc files, and for each scope these come first. */
export function classicRegistries(sources: YarnSources): ManagerRegistries {
  const files = sources.yarnrcs.filter(({ dialect }) => dialect === 'classic');
  return {
    scoped: (scope) =>
      firstOf(files, (file) => {
        const entry = file.scopes.find(({ key }) => `@${key?.value}` === scope);
        return choiceOf(file, entry?.server, scope, sources);
      }),
    unscoped: () => firstOf(files, (file) => choiceOf(file, file.registry.server, undefined, sources)),
    credential: () => undefined,
  };
}

function firstOf<T>(files: readonly Yarnrc[], find: (file: Yarnrc) => T | undefined): T | undefined {
  for (const file of files) {
    const found = find(file);
    if (found !== undefined) return found;
  }
  return undefined;
}

function choiceOf(
  file: Yarnrc,
  server: Located<string> | undefined,
  scope: string | undefined,
  sources: YarnSources,
): RegistryChoice | undefined {
  const url = yarnServer(file, server, sources.environment);
  if (server === undefined || url === undefined) return undefined;
  return registryChoice(url, { scope, file, span: server.span, trusted: isBelieved(file, sources) });
}

/** Returns the server that a file configures, with variables expanded only in the user's own file. */
export function yarnServer(
  file: Yarnrc,
  server: Located<string> | undefined,
  environment: Environment,
): string | undefined {
  if (server === undefined || server.value === '') return undefined;
  const expanded = file.level === 'user' ? expandYarnVariables(server.value, environment) : undefined;
  return expanded ?? server.value;
}

/**
 * Returns the credential configured next to a URL: of a scope with its own server, of an entry of `npmRegistries`, or
 * at the top level for the default server of the same file, otherwise of the next file that has one. Yarn would also
 * send the last one to other servers, such as one that a nearer file names; we do not.
 */
function credentialAt(
  url: string,
  files: readonly Yarnrc[],
  serverWithoutFile: string,
  sources: YarnSources,
): FoundCredential | undefined {
  const { environment } = sources;
  for (const [at, file] of files.entries()) {
    if (!isBelieved(file, sources)) continue;
    const server = firstOf(files.slice(at), (one) => yarnServer(one, one.registry.server, environment));
    const candidates: readonly (readonly [string | undefined, YarnRegistry])[] = [
      ...file.scopes.map((entry) => [yarnServer(file, entry.server, environment), entry] as const),
      ...file.registries.map((entry) => [entry.key?.value, entry] as const),
      [server ?? serverWithoutFile, file.registry],
    ];
    for (const [base, entry] of candidates) {
      if (base === undefined || !isAtOrBelow(base, url)) continue;
      const found = credentialOf(file, entry, environment);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function credentialOf(
  { level }: Yarnrc,
  { authToken, authIdent }: YarnRegistry,
  environment: Environment,
): FoundCredential | undefined {
  const ofProject = level === 'project';
  const ofUser = (written: Located<string> | undefined, value: string) =>
    !ofProject || written?.value !== value;
  const token = expanded(authToken, environment);
  if (token !== undefined)
    return { credential: { type: 'bearer', token }, ofProject, ofUser: ofUser(authToken, token) };
  const ident = expanded(authIdent, environment);
  if (ident === undefined) return undefined;
  const encoded = ident.includes(':') ? encodeBase64(utf8Characters(ident)) : ident;
  return { credential: { type: 'basic', encoded }, ofProject, ofUser: ofUser(authIdent, ident) };
}

/** Also undefined if a variable is not set: its name is no credential. */
function expanded(value: Located<string> | undefined, environment: Environment): string | undefined {
  const text = value === undefined ? undefined : expandYarnVariables(value.value, environment);
  return text === '' ? undefined : text;
}
