import assert from 'node:assert/strict';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { advisory } from './support/advisories.ts';
import { makeHome } from './support/home.ts';
import { npm } from './support/npm.ts';
import { pack, securityHolding, trustedPublisher, unpublished } from './support/package-fixture.ts';
import { type RecordedRegistry, startRecordedRegistry } from './support/recorded-registry.ts';

interface Document {
  readonly name: string;
  readonly 'dist-tags': Record<string, string>;
  readonly time: Record<string, unknown>;
  readonly maintainers: object[];
  readonly versions: Record<
    string,
    {
      readonly deprecated?: string;
      readonly hasInstallScript?: boolean;
      readonly scripts?: object;
      readonly _npmUser?: object;
      readonly dist: {
        readonly tarball: string;
        readonly integrity: string;
        readonly signatures: { readonly keyid: string; readonly sig: string }[];
      };
    }
  >;
}

const PACKAGES = [
  pack(
    'left-pad',
    {
      '1.0.0': { at: '2026-01-02', by: 'ana', signature: 'wrong' },
      '1.1.0': { by: trustedPublisher('github', 'bo'), deprecated: 'use padStart' },
      '1.2.0': { at: '2026-11-20', scripts: { postinstall: 'node build.js' } },
    },
    { removed: { '1.1.1': '2026-02-01' }, maintainers: ['ana', 'bo'], downloads: 12 },
  ),
  pack('@acme/ui', { '2.0.0': { dependencies: { 'left-pad': '^1.0.0' } } }),
  securityHolding('evil', { '6.6.6': '2026-09-30' }),
  unpublished('gone', { '1.0.0': '2026-03-01' }, '2026-04-01'),
];

describe('a recorded registry', () => {
  let registry: RecordedRegistry;
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(registry.url + path, { headers: { accept: 'application/json', ...headers } });
  const documentOf = async (path: string, accept = 'application/json') =>
    (await (await get(path, { accept })).json()) as Document;

  before(async () => {
    const lodash = [advisory('GHSA-aaaa-bbbb-cccc', '<1.2.0', { title: 'Pads too far' })];
    registry = await startRecordedRegistry({ packages: PACKAGES, advisories: { 'left-pad': lodash } });
  });
  after(() => registry.close());

  test('tells everything in the full document', async () => {
    const { time, versions, maintainers, 'dist-tags': tags } = await documentOf('left-pad');
    assert.deepEqual(tags, { latest: '1.2.0' });
    assert.deepEqual(Object.entries(time), [
      ['created', '2026-01-02T12:00:00.000Z'],
      ['modified', '2026-11-20T12:00:00.000Z'],
      ['1.0.0', '2026-01-02T12:00:00.000Z'],
      ['1.1.0', '2026-01-12T12:00:00.000Z'],
      ['1.1.1', '2026-02-01T12:00:00.000Z'],
      ['1.2.0', '2026-11-20T12:00:00.000Z'],
    ]);
    assert.equal(versions['1.1.1'], undefined);
    assert.deepEqual(maintainers, [
      { name: 'ana', email: 'ana@example.test' },
      { name: 'bo', email: 'bo@example.test' },
    ]);
    assert.deepEqual(versions['1.1.0']!._npmUser, trustedPublisher('github', 'bo'));
    assert.equal(versions['1.1.0']!.deprecated, 'use padStart');
    assert.deepEqual(versions['1.2.0']!.scripts, { postinstall: 'node build.js' });
  });

  test('leaves people, times and scripts out of the abbreviated one', async () => {
    const document = await documentOf(
      'left-pad',
      'application/vnd.npm.install-v1+json; q=1.0, application/json',
    );
    assert.deepEqual(Object.keys(document), ['name', 'modified', 'dist-tags', 'versions']);
    const { '1.0.0': first, '1.2.0': last } = document.versions;
    assert.deepEqual(Object.keys(first!), ['name', 'version', 'dist', '_hasShrinkwrap']);
    assert.equal(last!.hasInstallScript, true);
  });

  test('signs each version with a key that it lists', async () => {
    const { versions } = await documentOf('left-pad');
    const { keys } = (await (await get('-/npm/v1/keys')).json()) as {
      keys: { keyid: string; key: string; expires: string | null }[];
    };
    const isValid = (version: string) => {
      const { integrity, signatures } = versions[version]!.dist;
      const { keyid, sig } = signatures[0]!;
      const listed = keys.find((key) => key.keyid === keyid)!;
      const key = createPublicKey({ key: Buffer.from(listed.key, 'base64'), format: 'der', type: 'spki' });
      const signed = Buffer.from(`left-pad@${version}:${integrity}`);
      return verify('sha256', signed, key, Buffer.from(sig, 'base64'));
    };
    assert.deepEqual(['1.0.0', '1.1.0', '1.2.0'].map(isValid), [false, true, true]);
    assert.deepEqual(
      keys.map(({ expires }) => expires),
      [null, '2025-01-29T00:00:00.000Z'],
    );
  });

  test('serves the tarball whose hash it tells', async () => {
    const { versions } = await documentOf('@acme%2fui');
    const { tarball, integrity } = versions['2.0.0']!.dist;
    const bytes = Buffer.from(await (await fetch(tarball)).arrayBuffer());
    assert.equal(`sha512-${createHash('sha512').update(bytes).digest('base64')}`, integrity);
  });

  test('shows what became of packages that are gone', async () => {
    const evil = await documentOf('evil');
    assert.deepEqual(Object.keys(evil.versions), ['0.0.1-security']);
    assert.ok('6.6.6' in evil.time);
    const gone = await documentOf('gone');
    assert.equal(gone.versions, undefined);
    assert.deepEqual(gone.time.unpublished, { time: '2026-04-01T12:00:00.000Z', versions: ['1.0.0'] });
    assert.equal((await get('never-was')).status, 404);
  });

  test('answers with 304 to who has the document', async () => {
    const first = await get('left-pad');
    const again = await get('left-pad', { 'if-none-match': first.headers.get('etag')! });
    assert.deepEqual([first.status, again.status, await again.text()], [200, 304, '']);
    registry.put(pack('changing'));
    const before = (await get('changing')).headers.get('etag')!;
    registry.put(pack('changing', { '1.0.0': {}, '1.0.1': {} }));
    assert.equal((await get('changing', { 'if-none-match': before })).status, 200);
  });

  test('counts downloads', async () => {
    const of = async (path: string) => (await get(`downloads/point/last-week/${path}`)).json();
    const leftPad = { downloads: 12, start: '2026-11-16', end: '2026-11-22', package: 'left-pad' };
    assert.deepEqual(await of('left-pad'), leftPad);
    assert.deepEqual(await of('left-pad,gone'), { 'left-pad': leftPad, gone: null });
    assert.equal((await get('downloads/point/last-week/gone')).status, 404);
    const scoped = (await of('@acme%2fui')) as { package: string };
    assert.equal(scoped.package, '@acme/ui');
  });

  test('is one that the real npm client installs from and audits with', async () => {
    const npmrc = `registry=${registry.url}\naudit=true\n`;
    const home = makeHome({ npmrc, env: { npm_config_audit: 'true' } });
    const project = join(home.folder, 'shop');
    mkdirSync(project);
    writeFileSync(
      join(project, 'package.json'),
      '{ "dependencies": { "@acme/ui": "2.0.0", "left-pad": "1.1.0" } }',
    );
    const installed = await npm(['install', '--ignore-scripts', '--json'], project, home.env);
    assert.equal(installed.code, 0, installed.output);
    assert.match(installed.output, /"high": 1/);
    const lockfile = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { resolved: string; deprecated?: string }>;
    };
    const { resolved, deprecated } = lockfile.packages['node_modules/left-pad']!;
    assert.equal(resolved, `${registry.url}left-pad/-/left-pad-1.1.0.tgz`);
    assert.equal(deprecated, 'use padStart');
    const asked = registry.requests.find(({ path }) => path.endsWith('/bulk'))!;
    assert.equal(asked.headers['content-encoding'], 'gzip');
    assert.deepEqual(JSON.parse(asked.body), { '@acme/ui': ['2.0.0'], 'left-pad': ['1.1.0'] });
    rmSync(home.folder, { recursive: true });
  });
});

test('a registry that wants a token', async () => {
  for (const refusal of [401, 403, 404] as const) {
    const registry = await startRecordedRegistry({
      packages: [pack('@acme/ui')],
      token: 'npm_right',
      refusal,
    });
    const status = async (authorization?: string) =>
      (
        await fetch(`${registry.url}@acme%2fui`, {
          headers: authorization === undefined ? {} : { authorization },
        })
      ).status;
    assert.deepEqual(
      [await status(), await status('Bearer npm_wrong'), await status('Bearer npm_right')],
      [refusal, refusal, 200],
    );
    await registry.close();
  }
});

test('a partial mirror tells nothing but what an install needs', async () => {
  const mirror = await startRecordedRegistry({
    packages: PACKAGES,
    partialMirror: { mirroredOn: '2026-11-01' },
  });
  const { time, maintainers, versions } = (await (await fetch(`${mirror.url}left-pad`)).json()) as Document;
  assert.deepEqual(Object.entries(time), [
    ['1.2.0', '2026-11-01T12:00:00.000+00:00'],
    ['1.1.0', '2026-11-01T12:00:01.000+00:00'],
    ['1.0.0', '2026-11-01T12:00:02.000+00:00'],
    ['modified', '2026-11-01T12:00:00.000+00:00'],
  ]);
  assert.equal(maintainers, undefined);
  const { _npmUser, dist } = versions['1.0.0']!;
  assert.equal(_npmUser, undefined);
  assert.deepEqual(Object.keys(dist), ['tarball', 'integrity', 'shasum']);
  const bulk = await fetch(`${mirror.url}-/npm/v1/security/advisories/bulk`, { method: 'POST', body: '{}' });
  const keys = await fetch(`${mirror.url}-/npm/v1/keys`);
  assert.deepEqual([bulk.status, keys.status], [405, 404]);
  await mirror.close();
});
