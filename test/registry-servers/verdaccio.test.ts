import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { makeProject } from '../cli/run-cli.ts';
import { type BuiltServer, CLI_SERVER, SERVER, startBuiltServer } from './support/built-server.ts';
import { makeHome } from './support/home.ts';
import { npm } from './support/npm.ts';
import { type Outside, type Recorder, startOutside, startRecorder } from './support/recorders.ts';
import { hearersOf } from './support/recording.ts';
import { runCliBeside } from './support/run-async.ts';
import { runVerify } from './support/run-verify.ts';
import { startVerdaccio, type Verdaccio } from './support/verdaccio.ts';

/**
 * A private registry and a public one side by side, each a real Verdaccio behind a recorder; nothing else is contacted.
 */
describe('two registries side by side', () => {
  let privateOne: Verdaccio;
  let publicOne: Verdaccio;
  let acme: Recorder;
  let open: Recorder;
  let outside: Outside;
  const homes: string[] = [];
  const running: BuiltServer[] = [];

  before(async () => {
    [privateOne, publicOne] = await Promise.all([
      startVerdaccio({ privateScopes: ['@acme'] }),
      startVerdaccio(),
    ]);
    acme = await startRecorder(privateOne.url);
    open = await startRecorder(publicOne.url);
    outside = await startOutside();
    await Promise.all([
      privateOne
        .publish({ name: '@acme/ui', version: '1.0.0' })
        .then(() => privateOne.publish({ name: '@acme/ui', version: '1.1.0' })),
      publicOne.publish({ name: 'left-pad', version: '1.3.0' }),
    ]);
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((server) => server.stop()));
    for (const recorder of [acme, open, outside]) recorder.forget();
  });
  after(async () => {
    await Promise.all([acme, open, outside].map((recorder) => recorder?.close()));
    await Promise.all([privateOne, publicOne].map((registry) => registry?.stop()));
    for (const folder of homes) rmSync(folder, { recursive: true });
  });

  /** Creates a user whose default registry is the open one, with or without a token for the private one. */
  const home = (options: { readonly token: boolean }) => {
    const token = `${acme.url.slice('http:'.length)}:_authToken=${privateOne.token}\n`;
    const npmrc = `registry=${open.url}\n${options.token ? token : ''}`;
    const made = makeHome({ npmrc, env: { ...outside.env, npm_config_fetch_retries: '0' } });
    homes.push(made.folder);
    return made.env;
  };
  const shop = (npmrc: string) =>
    makeProject({
      'package.json': {
        name: 'shop',
        private: true,
        packageManager: 'npm@11.19.1',
        dependencies: { '@acme/ui': '^1.0.0', 'left-pad': '^1.3.0' },
      },
      ...(npmrc === '' ? {} : { '.npmrc': npmrc }),
      'dependency-hygiene.json': {
        privateScopes: [{ scope: '@acme', registry: acme.url }],
        mirrors: [open.url],
      },
    });
  const start = async (project: string, env: Readonly<Record<string, string>>, program = SERVER) => {
    const server = await startBuiltServer({ project, env, program });
    running.push(server);
    await server.client.open(server.uri('package.json'));
    return server;
  };
  const servers = () => ({ acme, open, outside });

  for (const [label, program] of Object.entries({ 'the server': SERVER, 'the command line': CLI_SERVER })) {
    test(`${label} shows a private package with the user's token, which the other registry never sees`, async () => {
      const server = await start(shop(`@acme:registry=${acme.url}\n`), home({ token: true }), program);
      const card = await server.hover('package.json', '@acme/ui');
      assert.match(card, /latest 1\.1\.0/);
      assert.match(card, /2 versions/);
      assert.match(card, new RegExp(`served by ${new URL(acme.url).host}`));
      assert.doesNotMatch(card, /Not checked:\*\* registry data/);
      assert.match(await server.hover('package.json', 'left-pad'), /latest 1\.3\.0/);
      assert.deepEqual(hearersOf(privateOne.token, servers()), ['acme']);
      assert.deepEqual(hearersOf('@acme/ui', servers()), ['acme']);
      assert.deepEqual(hearersOf('left-pad', servers()), ['open']);
    });
  }

  test('without a token there is no access, and nobody else is asked', async () => {
    const server = await start(shop(`@acme:registry=${acme.url}\n`), home({ token: false }));
    const card = await server.hover('package.json', '@acme/ui');
    assert.match(card, /Not checked.*no access/i);
    assert.doesNotMatch(card, /1\.1\.0/);
    assert.equal(acme.requests.at(-1)!.headers.authorization, undefined);
    assert.deepEqual(hearersOf('@acme/ui', servers()), ['acme']);
  });

  test('verify downloads a private file with the token, and tells no other registry of it', async () => {
    const cwd = shop(`@acme:registry=${acme.url}\n`);
    const untrusted = await runVerify(['@acme/ui'], { cwd, env: home({ token: true }) });
    assert.equal(untrusted.code, 2, untrusted.out);
    assert.deepEqual(hearersOf('acme', { open, outside }), []);
    assert.equal(acme.requests.length, 0);
    const { code, out } = await runVerify(['@acme/ui', '--trust'], { cwd, env: home({ token: true }) });
    assert.equal(code, 0, out);
    assert.match(out, /^@acme\/ui 1\.1\.0 \(latest\)/);
    assert.match(out, /^Signature +this registry does not sign packages$/m);
    assert.match(out, /^File +ok: downloaded; its hash matches the registry's$/m);
    const file = acme.requests.find(({ path }) => path.endsWith('.tgz'));
    assert.equal(file?.headers.authorization, `Bearer ${privateOne.token}`);
    assert.deepEqual(hearersOf(privateOne.token, servers()), ['acme']);
    assert.deepEqual(hearersOf('@acme/ui', servers()), ['acme']);
    const refused = await runVerify(['@acme/ui', '--trust'], { cwd, env: home({ token: false }) });
    assert.equal(refused.code, 2, refused.out);
    assert.match(refused.out, /Not checked +registry metadata: the registry gives no access/);
  });

  test('check sends nothing without --trust, and with it each name to its registry alone', async () => {
    const project = shop(`@acme:registry=${acme.url}\n`);
    const options = { cwd: project, env: home({ token: true }) };
    const silent = await runCliBeside(['check'], options);
    assert.equal(silent.code, 0, silent.error);
    assert.deepEqual(
      [acme, open, outside].flatMap(({ requests }) => requests),
      [],
    );
    const { code, error } = await runCliBeside(['check', '--trust'], options);
    assert.equal(code, 0, error);
    assert.deepEqual(hearersOf(privateOne.token, servers()), ['acme']);
    assert.deepEqual(hearersOf('@acme/ui', servers()), ['acme']);
    assert.deepEqual(hearersOf('left-pad', servers()), ['open']);
  });

  test('what the quick fix of scope-registry-missing writes, npm installs from', async () => {
    const project = shop('');
    const env = home({ token: true });
    const before = await npm(['install', '--ignore-scripts'], project, env);
    assert.match(before.output, /E404/);

    const server = await start(project, env);
    const uri = server.uri('package.json');
    const actions = await server.client.actions(uri, server.client.rangeOf(uri, '"@acme/ui"'));
    const fix = actions.find(({ title }) => title.startsWith('Add @acme:registry='));
    assert.ok(fix?.edit !== undefined, actions.map(({ title }) => title).join('\n'));
    server.client.apply(fix.edit);
    writeFileSync(join(project, '.npmrc'), server.client.textOf(server.uri('.npmrc')));

    const installed = await npm(['install', '--ignore-scripts'], project, env);
    assert.equal(installed.code, 0, installed.output);
    const lockfile = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { version: string; resolved: string }>;
    };
    const { version, resolved } = lockfile.packages['node_modules/@acme/ui']!;
    assert.equal(version, '1.1.0');
    assert.equal(resolved, `${acme.url}@acme/ui/-/ui-1.1.0.tgz`);
    assert.deepEqual(hearersOf(privateOne.token, servers()), ['acme']);
  });
});
