import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { makeSigningKey, signVersion } from '../registry-servers/support/signing-key.ts';
import { repositoryRoot } from './paths.ts';

/** A registry for pictures that replaces every host: all requests come here as to a proxy. */
export interface PictureRegistry {
  /** For the editor's server: no request leaves this machine. */
  readonly env: Readonly<Record<string, string>>;
  /** A user's own `.npmrc`, which configures it for the packages of one scope. */
  readonly npmrc: string;
  stop(): void;
}

const HOST = 'npm.acme.example.test';

/** Starts it on loopback. It has one package, and refuses all other requests. */
export async function startPictureRegistry(): Promise<PictureRegistry> {
  const server = createServer(answer);
  // The scope's registry is requested over http, so that it needs no certificate; all of https is refused.
  server.on('connect', (request, socket) => {
    if (request.url !== `${HOST}:80`) return socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    socket.write('HTTP/1.1 200 Connected\r\n\r\n');
    server.emit('connection', socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const proxy = `http://127.0.0.1:${port}`;
  return {
    env: { http_proxy: proxy, https_proxy: proxy, no_proxy: '127.0.0.1' },
    npmrc: `@acme:registry=http://${HOST}/\n`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const key = makeSigningKey();

function answer(request: IncomingMessage, response: ServerResponse): void {
  const { host, 'user-agent': agent = '' } = request.headers;
  // VS Code's own support of package.json runs `npm view`, and adds a second card if that succeeds.
  const path = host === HOST && !agent.startsWith('npm/') ? decodeURIComponent(request.url ?? '') : '';
  const known = path.endsWith('/@acme/ui')
    ? packument()
    : path.endsWith('/-/npm/v1/keys')
      ? { keys: [key.listed] }
      : undefined;
  response.writeHead(known === undefined ? 404 : 200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(known ?? { error: 'not found' }));
}

/** Versions with the days since their release, their maintainers, and their differences. */
const RELEASES: readonly (readonly [version: string, ago: number, by: string, more?: object])[] = [
  ['1.0.0', 980, 'grace'],
  ['1.1.0', 940, 'grace'],
  ['1.1.1', 930, 'grace'],
  ['1.2.0', 610, 'grace'],
  ['2.0.0', 410, 'grace'],
  ['2.1.0', 340, 'ada'],
  ['2.1.1', 335, 'ada'],
  ['2.2.0', 255, 'ada'],
  ['2.3.0', 160, 'ada'],
  ['2.3.1', 150, 'ada'],
  ['2.4.0', 62, 'ada'],
  [
    '2.5.0',
    9,
    'acme-release',
    {
      scripts: { postinstall: 'node setup.js' },
      dependencies: { 'acme-tokens': '^3.0.0', 'acme-fonts': '^1.0.0', 'acme-telemetry': '^0.1.0' },
    },
  ],
];

/** Returns the hash of the version that the demo locks, so that nothing is wrong with it. */
function integrityOf(version: string): string {
  const lockfile = JSON.parse(
    readFileSync(join(repositoryRoot, 'test/fixtures/demo/shop/package-lock.json'), 'utf8'),
  ) as { packages: Record<string, { version: string; integrity: string }> };
  const locked = lockfile.packages['node_modules/@acme/ui'];
  if (locked?.version === version) return locked.integrity;
  return `sha512-${Buffer.from(version.padEnd(64)).toString('base64')}`;
}

function packument(): object {
  const dayOf = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString();
  const versions = RELEASES.map(([version, , name, more]) => {
    const integrity = integrityOf(version);
    const released = {
      name: '@acme/ui',
      version,
      license: 'MIT',
      scripts: {},
      dependencies: { 'acme-tokens': '^3.0.0', 'acme-fonts': '^1.0.0' },
      _npmUser: { name, email: `${name}@example.test` },
      dist: {
        ...{ integrity, tarball: `http://${HOST}/@acme/ui/-/ui-${version}.tgz` },
        ...{ unpackedSize: 214_000, fileCount: 48 },
        signatures: [signVersion(key, '@acme/ui', version, integrity)],
      },
      ...more,
    };
    return [version, released] as const;
  });
  return {
    name: '@acme/ui',
    description: 'Buttons, forms and tables of the Acme shops',
    license: 'MIT',
    'dist-tags': { latest: '2.5.0' },
    maintainers: [{ name: 'ada' }, { name: 'grace' }],
    repository: { type: 'git', url: 'git+https://git.example.test/acme/ui.git' },
    time: {
      created: dayOf(RELEASES[0]![1]),
      ...Object.fromEntries(RELEASES.map(([version, ago]) => [version, dayOf(ago)])),
    },
    versions: Object.fromEntries(versions),
  };
}
