import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { makeProject, runCli } from '../cli/run-cli.ts';
import { type BuiltServer, startBuiltServer } from './support/built-server.ts';
import { type Home, makeHome } from './support/home.ts';
import { pack } from './support/package-fixture.ts';
import { type RecordedRegistry, startRecordedRegistry } from './support/recorded-registry.ts';
import { type Outside, startOutside } from './support/recorders.ts';
import { hearersOf } from './support/recording.ts';

const ACME_TOKEN = 'npm_for-acme-alone';
const PUBLIC_TOKEN = 'npm_for-the-public-one-alone';
const PASSWORD = 'a-password-for-acme';
const SECRET = 'value-of-a-variable';

/**
 * The built server on a project with secrets, and a registry that a file of the project configures in order to receive
 * them. Each server records every request.
 */
describe('what leaves the machine', () => {
  let open: RecordedRegistry;
  let acme: RecordedRegistry;
  let lure: RecordedRegistry;
  let outside: Outside;
  let home: Home;
  let project: string;
  let server: BuiltServer | undefined;
  const servers = () => ({ open, acme, lure, outside });
  const hearers = (text: string) => hearersOf(text, servers());

  before(async () => {
    open = await startRecordedRegistry({ packages: [pack('left-pad'), pack('is-odd')] });
    const own = ['@acme/ui', '@acme/moved', '@acme/real'].map((name) => pack(name));
    acme = await startRecordedRegistry({ packages: own, token: ACME_TOKEN });
    lure = await startRecordedRegistry({ packages: [pack('@lure/plain'), pack('@acme/moved')] });
    outside = await startOutside();
    acme.fail('@acme/moved', { type: 'redirect', to: lure.url });
    const host = lure.url.slice('http:'.length);
    const variable = '$' + '{SECRET}';
    project = makeProject({
      'package.json': {
        name: 'hidden-shop',
        workspaces: ['packages/*'],
        dependencies: {
          'left-pad': '^1.0.0',
          '@acme/ui': '^1.0.0',
          'other-name': 'npm:@acme/real@^1.0.0',
          '@acme/moved': '^1.0.0',
          '@hidden/core': '^1.0.0',
          'intern-tool': '^1.0.0',
          'from-git': 'git+https://git.example.test/from-git.git',
          '@lure/plain': '^1.0.0',
          '@lured/by-path': '^1.0.0',
          'hidden-member': '*',
          '@stated/x': '^1.0.0',
          '@locked/ui': '^1.0.0',
          '@locked/new': '^1.0.0',
        },
      },
      'packages/member/package.json': {
        name: 'hidden-member',
        version: '1.0.0',
        dependencies: { 'is-odd': '1' },
        publishConfig: { '@stated:registry': acme.url },
      },
      'package-lock.json': {
        lockfileVersion: 3,
        packages: {
          '': { name: 'hidden-shop', workspaces: ['packages/*'] },
          'node_modules/@locked/ui': {
            version: '1.0.0',
            resolved: `${acme.url}@locked/ui/-/ui-1.0.0.tgz`,
          },
        },
      },
      '.npmrc': [
        `@acme:registry=${acme.url}`,
        `@lure:registry=${lure.url}`,
        `@lured:registry=${lure.url}${variable}/`,
        `${host}${variable}/:_authToken=${variable}`,
        '',
      ].join('\n'),
      'dependency-hygiene.json': {
        privateScopes: ['@hidden'],
        internalNames: ['intern-tool'],
        mirrors: [open.url],
      },
    });
  });
  /** A new one each time: otherwise the next server would use the cache. */
  beforeEach(() => {
    home = makeHome({
      npmrc: [
        `registry=${open.url}`,
        acme.tokenLine.trim(),
        `${open.url.slice('http:'.length)}:_authToken=${PUBLIC_TOKEN}`,
        `//npm.elsewhere.example.test/:username=ana`,
        `//npm.elsewhere.example.test/:_password=${Buffer.from(PASSWORD).toString('base64')}`,
        '',
      ].join('\n'),
      env: { ...outside.env, SECRET },
    });
  });
  afterEach(async () => {
    await server?.stop();
    server = undefined;
    rmSync(home.folder, { recursive: true });
    for (const each of Object.values(servers())) each.forget();
  });
  after(() => Promise.all(Object.values(servers()).map((each) => each?.close())));

  /**
   * Triggers everything that an editor requests on its own or with the mouse, for each dependency of both manifests.
   */
  const lookAtEverything = async (trusted: boolean) => {
    server = await startBuiltServer({ project, env: home.env, trusted });
    const { client, uri } = server;
    const cards = new Map<string, string>();
    for (const file of ['package.json', 'packages/member/package.json']) {
      await client.open(uri(file));
      await client.pull(uri(file));
      const { dependencies } = JSON.parse(client.textOf(uri(file))) as {
        dependencies: Record<string, string>;
      };
      for (const name of Object.keys(dependencies)) {
        cards.set(name, await server.hover(file, `"${name}":`));
        await client.actions(uri(file), client.rangeOf(uri(file), `"${name}":`));
      }
      await client.connection.sendRequest('textDocument/inlayHint', {
        textDocument: { uri: uri(file) },
        range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } },
      });
    }
    return cards;
  };

  test('each name goes to the registry that serves it, and private ones nowhere else', async () => {
    const cards = await lookAtEverything(true);
    assert.deepEqual(open.asked().toSorted(), ['GET /-/npm/v1/keys', 'GET is-odd', 'GET left-pad']);
    assert.deepEqual(hearers('@acme/ui'), ['acme']);
    assert.deepEqual(hearers('@acme/real'), ['acme']);
    assert.deepEqual(hearers('@lure/plain'), ['lure']);
    const kept = ['@hidden', 'intern-tool', 'from-git', 'hidden-member', 'hidden-shop', 'other-name'];
    for (const name of [...kept, '@stated', '@locked']) {
      assert.deepEqual(hearers(name), [], name);
    }
    for (const name of ['left-pad', '@acme/ui', 'other-name', '@lure/plain', 'is-odd']) {
      assert.match(cards.get(name)!, /latest 1\.0\.0/, name);
    }
  });

  test('a private name stays with its registry, though that sends elsewhere', async () => {
    const cards = await lookAtEverything(true);
    assert.deepEqual(hearers('@acme/moved'), ['acme']);
    assert.match(
      cards.get('@acme/moved')!,
      /Not checked:\*\* registry data.*\(the registry redirects to another host/,
    );
  });

  test('`dephygiene privacy` says just that beforehand, and sends nothing', async () => {
    const { code, out, error } = runCli(['privacy', project, '--format', 'json'], { env: home.env });
    assert.equal(code, 0, error);
    for (const [label, { requests }] of Object.entries(servers())) assert.deepEqual(requests, [], label);
    const [{ destinations, neverSent }] = JSON.parse(out).projects as [
      {
        destinations: { address: string; declared: string[]; because: string }[];
        neverSent: { name: string; file: string | null; line: number | null }[];
      },
    ];
    const labels: Readonly<Record<string, string>> = {
      [open.url]: 'open',
      [acme.url]: 'acme',
      [lure.url]: 'lure',
    };
    await lookAtEverything(true);
    assert.deepEqual(
      destinations.map(({ address, because }) => [labels[address], because]),
      [
        ['open', 'your own .npmrc line 1'],
        ['acme', '.npmrc line 1'],
        ['lure', '.npmrc line 2'],
      ],
    );
    for (const { address, declared } of destinations) {
      for (const name of declared) assert.deepEqual(hearers(name), [labels[address]], name);
    }
    assert.deepEqual(
      neverSent.map(({ name, file, line }) => `${name} ${file}:${line}`),
      [
        '@hidden/core dependency-hygiene.json:3',
        '@locked/new package-lock.json:12',
        '@locked/ui package-lock.json:12',
        '@lured/by-path .npmrc:3',
        '@stated/x packages/member/package.json:8',
        'from-git package.json:13',
        'hidden-member packages/member/package.json:2',
        'hidden-shop package.json:2',
        'intern-tool dependency-hygiene.json:6',
      ],
    );
    for (const { name } of neverSent) assert.deepEqual(hearers(name), [], name);
  });

  test('each token goes to the host that it was written for, also when that one sends elsewhere', async () => {
    await lookAtEverything(true);
    assert.ok(acme.asked().includes('GET @acme/moved'));
    assert.deepEqual(hearers(ACME_TOKEN), ['acme']);
    assert.deepEqual(hearers(PUBLIC_TOKEN), ['open']);
    assert.deepEqual(hearers(PASSWORD), []);
    assert.ok(lure.requests.length > 0);
    assert.ok(lure.requests.every(({ headers }) => headers.authorization === undefined));
  });

  test('no variable of the environment goes into an address that the project wrote', async () => {
    const cards = await lookAtEverything(true);
    assert.deepEqual(hearers(SECRET), []);
    assert.match(cards.get('@lured/by-path')!, /not used/);
    for (const card of cards.values()) assert.doesNotMatch(card, new RegExp(SECRET));
  });

  test('nothing is sent outside of these registries, or about the user and the project', async () => {
    await lookAtEverything(true);
    assert.deepEqual(outside.requests, []);
    assert.deepEqual(hearers(project), []);
    assert.deepEqual(hearers(home.folder), []);
    const headers = Object.values(servers()).flatMap(({ requests }) =>
      requests.flatMap((request) => Object.keys(request.headers)),
    );
    assert.deepEqual([...new Set(headers)].sort(), [
      'accept',
      'accept-encoding',
      'authorization',
      'connection',
      'host',
      'user-agent',
    ]);
  });

  test('in a folder that is not trusted nothing is sent at all', async () => {
    const cards = await lookAtEverything(false);
    for (const [label, { requests }] of Object.entries(servers())) assert.deepEqual(requests, [], label);
    assert.match(cards.get('left-pad')!, /Not checked.*not trusted/);
  });
});

test('what is meant for a host that no test has is seen, and goes no further', async () => {
  const outside = await startOutside();
  const home = makeHome({ npmrc: '', env: outside.env });
  const project = makeProject({ 'package.json': { dependencies: { 'left-pad': '1.0.0' } } });
  const server = await startBuiltServer({ project, env: home.env });
  await server.client.open(server.uri('package.json'));
  assert.match(await server.hover('package.json', 'left-pad'), /Not checked/);
  await server.stop();
  await outside.close();
  rmSync(home.folder, { recursive: true });
  assert.ok(outside.requests.length > 0);
  for (const { method, host } of outside.requests) assert.match(`${method} ${host}`, /^CONNECT \S+:443$/);
});

test('a text is found in whatever part of a request it is, and however it is written there', () => {
  const plain = { method: 'GET', host: '127.0.0.1', path: '/', headers: {}, body: '' };
  const heard = (request: object) =>
    hearersOf('@acme/secret', { it: { requests: [{ ...plain, ...request }] } });
  assert.deepEqual(heard({}), []);
  for (const request of [
    { path: '/@acme%2Fsecret' },
    { path: '/x?of=%40ACME%2fsecret' },
    { headers: { referer: 'about @acme/secret' } },
    { headers: { authorization: `Basic ${Buffer.from('ana:@acme/secret').toString('base64')}` } },
    { body: '{"@acme/secret":["1.0.0"]}' },
    { host: '@acme/secret.example.test' },
  ]) {
    assert.deepEqual(heard(request), ['it'], JSON.stringify(request));
  }
});
