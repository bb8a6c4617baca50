import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { CacheRecord } from '../../../../server/src/engine/ports.ts';
import { createRegistryClient } from '../../../../server/src/engine/registry/registry-client.ts';
import { createDiskCache } from '../../../../server/src/node/disk-cache.ts';
import { createUndiciHttp, type UndiciHttp } from '../../../../server/src/node/http/undici-http.ts';
import { systemClock } from '../../../../server/src/node/system-clock.ts';
import { openWorkspace } from '../../../workspace.ts';
import { type LoopbackServer, startServer } from './loopback-server.ts';
import { plainPackument } from './plain-version.ts';
import { samplePackument } from './sample-packument.ts';

/** Two registries on loopback that record each request: the public one, and one that requires a token. */
describe('what is sent where', () => {
  let http: UndiciHttp;
  let open: LoopbackServer;
  let closed: LoopbackServer;
  const sent: string[] = [];

  const serve = (label: string, token?: string) =>
    startServer(({ method, path, headers }, response) => {
      sent.push(`${label} ${method} ${path} ${headers.authorization ?? '-'}`);
      if (token !== undefined && headers.authorization !== `Bearer ${token}`)
        return response.writeHead(401).end('{}');
      const name = decodeURIComponent(path.slice(1));
      if (name.includes('missing')) return response.writeHead(404).end('{"error":"Not found"}');
      if (headers['if-none-match'] === '"tag"') return response.writeHead(304).end();
      response.writeHead(200, { etag: '"tag"', 'content-type': 'application/json' });
      response.end(JSON.stringify(samplePackument(name)));
    });

  before(async () => {
    http = createUndiciHttp({ userAgent: 'dephygiene/0.1.0', environment: {} });
    open = await serve('public');
    closed = await serve('private', 'npm_s3cret');
  });
  after(async () => {
    await http.dispose();
    await open.close();
    await closed.close();
  });
  beforeEach(() => {
    sent.length = 0;
  });

  const workspace = () => `-- package.json --
{
  "name": "shop",
  "workspaces": ["packages/*"],
  "dependencies": {
    "left-pad": "^1.0.0",
    "missing-one": "1.0.0",
    "@acme/ui": "^1.0.0",
    "@hidden/core": "^1.0.0",
    "intern": "^1.0.0",
    "from-git": "github:acme/from-git",
    "shop-a": "*",
    "other-name": "npm:@acme/real@^1.0.0"
  }
}
-- packages/a/package.json --
{ "name": "shop-a", "version": "1.0.0" }
-- .npmrc --
@acme:registry=${closed.url}
-- dependency-hygiene.json --
{ "privateScopes": ["@hidden"], "internalNames": ["intern"] }
`;
  const names = [
    'left-pad',
    'missing-one',
    '@acme/ui',
    '@hidden/core',
    'intern',
    'from-git',
    'shop-a',
    '@acme/real',
    '../x',
  ];
  const userNpmrc = () => `${closed.url.slice('http:'.length)}:_authToken=npm_s3cret\n`;

  const askAll = async (settings: { online: boolean; trusted: boolean }, withToken = true) => {
    const { session, snapshot } = await openWorkspace(workspace(), {
      settings,
      http,
      publicRegistry: open.url,
      userNpmrc: withToken ? userNpmrc() : '',
    });
    const { project } = snapshot.projects[0]!;
    const facts = [];
    for (const name of names) facts.push(await session.packument(project, name));
    return facts.map((fact) => (fact.state === 'unavailable' ? fact.reason : fact.state));
  };

  test('exactly the names that may be sent, each to the registry that serves it', async () => {
    assert.deepEqual(await askAll({ online: true, trusted: true }), [
      'ready',
      'absent',
      'ready',
      'private',
      'private',
      'elsewhere',
      'private',
      'ready',
      'failed',
    ]);
    assert.deepEqual(sent, [
      'public GET /left-pad -',
      'public GET /missing-one -',
      'private GET /@acme%2fui Bearer npm_s3cret',
      'private GET /@acme%2freal Bearer npm_s3cret',
    ]);
  });

  test('without the token there is no access, and no other registry is asked instead', async () => {
    const states = await askAll({ online: true, trusted: true }, false);
    assert.deepEqual([states[2], states[7]], ['no-access', 'no-access']);
    assert.deepEqual(
      sent.filter((line) => line.includes('acme')),
      ['private GET /@acme%2fui -', 'private GET /@acme%2freal -'],
    );
  });

  test('nothing at all in a folder that is not trusted, or offline', async () => {
    assert.deepEqual(new Set(await askAll({ online: true, trusted: false })), new Set(['untrusted']));
    assert.deepEqual(new Set(await askAll({ online: false, trusted: true })), new Set(['offline']));
    assert.deepEqual(sent, []);
  });

  describe("in projects of other package managers, by these managers' files", () => {
    const shop = (manager: string, own: string) => `-- package.json --
{ "packageManager": "${manager}", "dependencies": { "@acme/ui": "^1.0.0", "left-pad": "^1.0.0", "own": "catalog:" } }
${own}`;
    const projects = (): Readonly<Record<string, string>> => ({
      'yarn@4.18.1': `-- .yarnrc.yml --
npmScopes:
  acme:
    npmRegistryServer: "${closed.url}"
    npmAuthToken: "<TOKEN>"
catalog:
  own: "git+https://git.example.test/own.git"
-- .npmrc --
@acme:registry=${open.url}
`.replace('<TOKEN>', '$' + '{TOKEN}'),
      'yarn@1.22.22': `-- .yarnrc --
"@acme:registry" "${closed.url}"
`,
      'pnpm@11.0.0': `-- pnpm-workspace.yaml --
registries:
  '@acme': ${closed.url}
catalog:
  own: git+https://git.example.test/own.git
`,
      'bun@1.4.5': `-- bunfig.toml --
[install.scopes]
acme = { url = "${closed.url}", token = "$TOKEN" }
`,
    });
    for (const manager of ['yarn@4.18.1', 'yarn@1.22.22', 'pnpm@11.0.0', 'bun@1.4.5']) {
      test(manager, async () => {
        const ask = async (trusted: boolean) => {
          const { session, snapshot } = await openWorkspace(shop(manager, projects()[manager]!), {
            settings: { online: true, trusted },
            http,
            publicRegistry: open.url,
            userNpmrc: userNpmrc(),
            environment: { TOKEN: 'npm_s3cret' },
          });
          const { project } = snapshot.projects[0]!;
          const states = [];
          for (const name of ['@acme/ui', 'left-pad'])
            states.push((await session.packument(project, name)).state);
          if (project.catalogs.entries.length > 0) {
            const own = await session.packument(project, 'own');
            assert.ok(own.state === 'unavailable' && (!trusted || own.reason === 'elsewhere'));
          }
          return states;
        };
        assert.deepEqual(await ask(false), ['unavailable', 'unavailable']);
        assert.deepEqual(sent, []);
        assert.deepEqual(await ask(true), ['ready', 'ready']);
        assert.deepEqual(sent, ['private GET /@acme%2fui Bearer npm_s3cret', 'public GET /left-pad -']);
      });
    }
  });

  describe('while a file that names registries is damaged', () => {
    const manifest = (manager: string) =>
      `-- package.json --\n{ "packageManager": "${manager}", "dependencies": { "@acme/ui": "^1.0.0" } }\n`;
    const damaged: readonly (readonly [manager: string, path: string, text: string])[] = [
      [
        'yarn@4.18.1',
        '.yarnrc.yml',
        'npmScopes:\n  acme:\n    npmRegistryServer: "https://acme.example.test',
      ],
      ['pnpm@11.0.0', 'pnpm-workspace.yaml', 'registries:\n  "@acme: https://acme.example.test/\n'],
      ['bun@1.4.5', 'bunfig.toml', '[install.scopes]\nacme = "https://acme.example.test\n'],
    ];
    for (const [manager, path, text] of damaged) {
      test(`no registry is asked for what it may be about: ${path}`, async () => {
        const { session, snapshot } = await openWorkspace(`${manifest(manager)}-- ${path} --\n${text}`, {
          settings: { online: true, trusted: true },
          http,
          publicRegistry: open.url,
        });
        const fact = await session.packument(snapshot.projects[0]!.project, '@acme/ui');
        assert.ok(fact.state === 'unavailable');
        assert.equal(fact.reason, 'failed');
        assert.equal(fact.detail, `${path} is damaged, so its registry is unknown`);
        assert.deepEqual(sent, []);
      });
    }
  });

  test('an answer is kept on disk, asked for again with its ETag, and holds no credential', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'dephygiene-'));
    try {
      let later = 0;
      const disk = createDiskCache({ directory });
      const writes: Promise<void>[] = [];
      const write = (key: string, record: CacheRecord) => {
        const written = disk.write(key, record);
        writes.push(written);
        return written;
      };
      const store = () =>
        createRegistryClient({
          http,
          cache: { ...disk, write },
          clock: { ...systemClock, now: () => Date.now() + later },
        }).packuments;
      const request = {
        registry: { url: closed.url },
        credential: { type: 'bearer', token: 'npm_s3cret' },
        name: 'left-pad',
        permission: { allowed: true },
      } as const;
      const first = await store().ensure(request);
      await Promise.all(writes);
      const record = await disk.read(`packument ${closed.url} left-pad`);
      assert.ok(record !== undefined && !record.text.includes('s3cret'));
      assert.equal((await store().ensure(request)).state, 'ready');
      assert.equal(sent.length, 1);
      later = 60 * 60 * 1000;
      const again = await store().ensure(request);
      assert.equal(sent.length, 2);
      assert.equal(closed.seen.at(-1)!.headers['if-none-match'], '"tag"');
      assert.ok(first.state === 'ready' && again.state === 'ready' && !again.stale);
      assert.deepEqual(plainPackument(again.value), first.value);
      await Promise.all(writes);
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
