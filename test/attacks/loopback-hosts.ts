import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';
import { HONEST, PLANTED, PLANTED_ALPHA, type Published, packumentOf } from './packages.ts';

/** The hosts by their names in the files of the table, which no resolver knows. */
export const HOSTS = [
  'registry.example.test',
  'evil.example.test',
  'git.example.test',
  'mirror.example.test',
] as const;

export interface LoopbackHosts {
  /** Replaces the hosts of the table by those on loopback. */
  toLoopback(text: string): string;
  /** Replaces the hosts on loopback by those of the table. */
  fromLoopback(text: string): string;
  close(): Promise<void>;
}

/**
 * Starts four hosts on loopback: a registry of several tenants (below `/`, `/acme/npm/` and `/other/npm/`), an
 * attacker's host that answers for every name with a planted package, git repositories over HTTP from a folder, and a
 * mirror of the registry.
 */
export async function startLoopbackHosts(repositories: string): Promise<LoopbackHosts> {
  const servers = [
    await listen(registryAnswer),
    await listen(evilAnswer),
    await listen((path) => gitAnswer(repositories, path)),
    await listen(registryAnswer),
  ];
  const ports = servers.map((server) => `127.0.0.1:${(server.address() as AddressInfo).port}`);
  // Another port of the registry's host is another service.
  const otherPort = [`${HOSTS[0]}:8443`, ports[1]!] as const;
  const hosts = [otherPort, ...HOSTS.map((host, index) => [host, ports[index]!] as const)];
  return {
    toLoopback: (text) =>
      hosts.reduce(
        (all, [name, host]) =>
          all
            .replaceAll(name, host)
            .replaceAll(name.toUpperCase(), host)
            .replaceAll(encodeURIComponent(name), encodeURIComponent(host))
            .replaceAll(encodeURIComponent(name.toUpperCase()), encodeURIComponent(host)),
        // Nothing on loopback has a certificate.
        text.replace(SCHEMES, (scheme) => scheme.slice(0, 4)),
      ),
    fromLoopback: (text) =>
      hosts.slice(1).reduce(
        (all, [name, host]) =>
          all
            .replaceAll(`http://${host}`, `https://${name}`)
            .replaceAll(encodeURIComponent(`http://${host}`), encodeURIComponent(`https://${name}`))
            .replaceAll(host, name),
        text,
      ),
    async close() {
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

/** The schemes before a host of the table, in each spelling used in the table. */
const SCHEMES = /https(?=(?::|%3A)(?:[/\\]|%2F|%5C)+(?:registry|evil|git|mirror)\.example\.test)/gi;

type Answer = { readonly type: string; readonly body: Buffer | string } | undefined;

function listen(answer: (path: string, base: string) => Answer | Promise<Answer>): Promise<Server> {
  const server = createServer(async (request, response) => {
    const found = await answer(pathOf(request.url ?? '/'), `http://${request.headers.host}`);
    response.statusCode = found === undefined ? 404 : 200;
    response.setHeader('content-type', found?.type ?? 'application/json');
    response.end(request.method === 'HEAD' ? undefined : (found?.body ?? '{"error":"not found"}'));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/** Returns the requested path as most servers see it: decoded, with repeated slashes merged. */
function pathOf(target: string): string {
  const { pathname, searchParams } = new URL(`http://loopback.example.test${target}`);
  // Registries have services that fetch by parameters, and other paths to the same file.
  const name = searchParams.get('name');
  if (name !== null) return `/${name}/-/${name}-1.0.0.tgz`;
  const download = /^\/download\/(.+)\/(\d[^/]*)\/\w+$/.exec(pathname);
  if (download !== null) return `/${download[1]}/-/${download[1]!.split('/').at(-1)}-${download[2]}.tgz`;
  return decodeURIComponent(pathname).replace(/\/{2,}/g, '/');
}

const TENANT = /^\/(?:(acme|other)\/npm\/)?/;

function registryAnswer(path: string, origin: string): Answer {
  const prefix = TENANT.exec(path)![0];
  const isOther = prefix.startsWith('/other/');
  const all = isOther
    ? [...HONEST.filter(({ name }) => name !== 'alpha'), ...PLANTED]
    : [...HONEST, ...PLANTED];
  const rest = path.slice(prefix.length);
  const file = fileOf(rest);
  // The other tenant has an `alpha` of its own.
  if (file !== undefined && isOther && file.name === 'alpha') return tarball(PLANTED_ALPHA);
  if (file === undefined) return packument(all, rest, `${origin}${prefix}`);
  const found = all.find(({ name, version }) => name === file.name && version === file.version);
  return found === undefined ? undefined : tarball(found.bytes);
}

/** Mirrors honest packages, but has an `alpha` of its own, and a planted package under every unknown name. */
function evilAnswer(path: string, origin: string): Answer {
  const rest = path.slice(1);
  const file = fileOf(rest);
  const name = file?.name ?? rest;
  const honest = HONEST.filter((one) => one.name === name && name !== 'alpha');
  const isArchive = /\.(?:tgz|tar\.gz)$/.test(rest);
  if (isArchive)
    return tarball(honest.find(({ version }) => version === file?.version)?.bytes ?? PLANTED_ALPHA);
  const planted = { name, version: '1.0.0', manifest: { name, version: '1.0.0' }, bytes: PLANTED_ALPHA };
  return packument(honest.length > 0 ? honest : [planted], name, `${origin}/`);
}

function packument(all: readonly Published[], name: string, base: string): Answer {
  const versions = all.filter((one) => one.name === name);
  if (versions.length === 0) return undefined;
  return { type: 'application/json', body: JSON.stringify(packumentOf(versions, base)) };
}

function tarball(body: Buffer): Answer {
  return { type: 'application/octet-stream', body };
}

/**
 * Returns the package and version of a tarball's path in the layouts that registries use: `a/-/a-1.0.0.tgz`, without
 * `-/`, with `.tar.gz`, or with the scope repeated in the file's name.
 */
function fileOf(path: string): { readonly name: string; readonly version: string } | undefined {
  const match =
    /^((?:@[^/]+\/)?[^/]+)\/(?:-\/)?(?:@[^/]+\/)?[^/]*?-(\d+\.\d+\.\d+(?:-\w+)?)\.(?:tgz|tar\.gz)$/.exec(
      path,
    );
  return match === null ? undefined : { name: match[1]!, version: match[2]! };
}

/** Returns the files of a bare repository, as git reads them over the dumb protocol. */
async function gitAnswer(repositories: string, path: string): Promise<Answer> {
  const file = normalize(join(repositories, path));
  if (!file.startsWith(repositories)) return undefined;
  const body = await readFile(file).catch(() => undefined);
  return body === undefined ? undefined : { type: 'application/octet-stream', body };
}
