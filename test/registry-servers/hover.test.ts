import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { SERVER_COMMANDS } from '../../server/src/lsp/messages.ts';
import { makeProject } from '../cli/run-cli.ts';
import { type BuiltServer, startBuiltServer } from './support/built-server.ts';
import { type Home, makeHome } from './support/home.ts';
import { pack, securityHolding, trustedPublisher, unpublished } from './support/package-fixture.ts';
import { type RecordedRegistry, startRecordedRegistry } from './support/recorded-registry.ts';
import { type Outside, startOutside } from './support/recorders.ts';

const PACKAGES = [
  pack(
    'left-pad',
    {
      '1.0.0': { at: '2024-01-02', by: 'ana' },
      '1.1.0': { at: '2024-06-02', by: 'ana' },
      '1.2.0': { at: '2025-01-02', by: trustedPublisher('github', 'bo') },
      '1.3.0': {
        at: '2026-06-02',
        by: 'eve',
        scripts: { postinstall: 'node build.js' },
        dependencies: { wrappy: '^1.0.0' },
      },
    },
    { maintainers: ['ana', 'bo'] },
  ),
  pack('forged', { '1.0.0': { signature: 'wrong' } }),
  pack('unsigned', { '1.0.0': { signature: 'none' } }),
  pack(
    'described',
    { '1.0.0': { manifest: { description: 'Only its versions say so.' } } },
    {
      document: { description: undefined },
    },
  ),
  securityHolding('evil', { '6.6.6': '2026-09-30' }),
  unpublished('gone', { '1.0.0': '2026-03-01' }, '2026-04-01'),
];

const LOCKED = { 'left-pad': '1.2.0', forged: '1.0.0', unsigned: '1.0.0' };

describe('the hover card over a whole registry', () => {
  let open: RecordedRegistry;
  let acme: RecordedRegistry;
  let outside: Outside;
  let home: Home;
  let project: string;
  let server: BuiltServer;

  before(async () => {
    open = await startRecordedRegistry({ packages: PACKAGES });
    acme = await startRecordedRegistry({ packages: [pack('@acme/ui')], token: 'npm_right', refusal: 403 });
    outside = await startOutside();
    home = makeHome({ npmrc: `registry=${open.url}\n`, env: outside.env });
    const names = PACKAGES.map(({ name }) => name);
    project = makeProject({
      'package.json': {
        name: 'shop',
        private: true,
        imports: { '#pad': 'left-pad/index.js' },
        overrides: { unsigned: '^1.0.0' },
        dependencies: Object.fromEntries([...names, 'missing', '@acme/ui'].map((name) => [name, '^1.0.0'])),
      },
      '.npmrc': `@acme:registry=${acme.url}\n`,
      'dependency-hygiene.json': { mirrors: [open.url], internalNames: ['missing-tool'] },
      'package-lock.json': {
        lockfileVersion: 3,
        packages: {
          '': { dependencies: Object.fromEntries(Object.keys(LOCKED).map((name) => [name, '^1.0.0'])) },
          ...Object.fromEntries(
            Object.entries(LOCKED).map(([name, version]) => [`node_modules/${name}`, { version }]),
          ),
        },
      },
    });
    server = await startBuiltServer({ project, env: home.env });
    for (const file of ['package.json', 'package-lock.json']) await server.client.open(server.uri(file));
  });
  after(async () => {
    await server?.stop();
    await Promise.all([open, acme, outside].map((each) => each?.close()));
    rmSync(home.folder, { recursive: true });
  });

  const lineOf = (card: string, label: string) =>
    card
      .split('\n')
      .find((line) => line.startsWith(`**${label}:**`))
      ?.replace(/^\*\*.*?:\*\* /, '')
      .trim();

  test('tells who published the locked version, and what the latest one changes', async () => {
    const card = await server.hover('package.json', '"left-pad":');
    assert.match(card, /^\*\*left-pad\*\* 1\.2\.0 locked · declares \^1\.0\.0 · latest 1\.3\.0 \(/m);
    assert.match(
      lineOf(card, 'Changed in 1.3.0')!,
      /^published from the account eve, no longer by a trusted publisher · new postinstall: node build\.js · new dependency wrappy$/,
    );
    assert.match(
      lineOf(card, 'Published')!,
      /^2 Jan 2025 \(.*\) by GitHub Actions as a trusted publisher, approved by bo, unlike the versions before$/,
    );
    assert.equal(lineOf(card, 'Trust'), 'registry signature verified · no provenance');
  });

  test('is the same in the lockfile and on an import', async () => {
    const rest = (card: string) => card.slice(card.indexOf('\n\n')).replace(/ *\n\*\*Not checked.*/s, '');
    const card = rest(await server.hover('package.json', '"left-pad":'));
    assert.equal(rest(await server.hover('package-lock.json', '"node_modules/left-pad"')), card);
    assert.equal(rest(await server.hover('package.json', '"left-pad/index.js"')), card);
  });

  test('says what is wrong with a signature, or that there is none', async () => {
    assert.match(
      await server.hover('package.json', '"forged":'),
      /^\*\*Registry signature invalid\*\*: the package differs from the signed one/,
    );
    const unsigned = 'not signed, although this registry signs its packages';
    assert.equal(lineOf(await server.hover('package.json', '"unsigned": "^1.0.0"\n'), 'Trust'), unsigned);
  });

  test('leaves the description to the command that verifies, also if only versions have one', async () => {
    assert.doesNotMatch(await server.hover('package.json', '"described":'), /versions say so/);
    const asked = [{ package: 'described', uri: server.uri('package.json') }];
    const params = { command: SERVER_COMMANDS.verify, arguments: asked };
    const { text } = await server.client.connection.sendRequest<{ text: string }>(
      'workspace/executeCommand',
      params,
    );
    assert.match(text, /Only its versions say so\./);
  });

  test('says that a package is gone, was taken away, is not there, or may not be seen', async () => {
    assert.match(
      await server.hover('package.json', '"gone":'),
      /^\*\*Unpublished\*\*: the whole package, on 1 Apr 2026/,
    );
    assert.match(await server.hover('package.json', '"evil":'), /^\*\*Removed\*\* by the registry/);
    assert.match(
      await server.hover('package.json', '"missing":'),
      /^\*\*Not found\*\*: .* has no package named "missing"/,
    );
    const forbidden = await server.hover('package.json', '"@acme/ui":');
    assert.match(lineOf(forbidden, 'Not checked')!, /gives no access without a credential/);
  });

  test('shows what was known when the registry is gone, and why it is not asked', async () => {
    const again = makeHome({
      folder: home.folder,
      npmrc: `registry=${open.url}\noffline=true\n`,
      env: outside.env,
    });
    const offline = await startBuiltServer({ project, env: again.env });
    await offline.client.open(offline.uri('package.json'));
    open.forget();
    const card = await offline.hover('package.json', '"left-pad":');
    await offline.stop();
    assert.match(lineOf(card, 'Not checked')!, /^registry data \(offline, last known (?:.* ago|just now)\);/);
    assert.match(card, /latest 1\.3\.0/);
    assert.deepEqual(open.asked(), []);
  });

  test('nothing went anywhere else', () => assert.deepEqual(outside.requests, []));
});
