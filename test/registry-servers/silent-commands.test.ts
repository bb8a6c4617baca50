import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { SERVER_COMMANDS } from '../../server/src/lsp/messages.ts';
import { lockfileOf, makeProject } from '../cli/run-cli.ts';
import { type BuiltServer, startBuiltServer } from './support/built-server.ts';
import { type Home, makeHome } from './support/home.ts';
import { pack } from './support/package-fixture.ts';
import { type RecordedRegistry, startRecordedRegistry } from './support/recorded-registry.ts';
import { type Outside, startOutside } from './support/recorders.ts';
import { runCliBeside } from './support/run-async.ts';

const NAMES = ['left-pad', 'is-odd', 'lodahs'];
const manifestOf = (name: string, dependency: string) => ({
  name,
  private: true,
  dependencies: { [dependency]: '^1.0.0' },
});

/** Command lines that promise to send nothing, with `.` for the project's folder. */
const SILENT: readonly (readonly string[])[] = [
  [],
  ['--help'],
  ['--version'],
  ['no-such-command'],
  ['check', '.'],
  ['check', '.', '--offline'],
  ['check', '.', '--offline', '--trust', '--advisories', 'bundled,database,registry,osv'],
  ['audit', '.', '--offline', '--trust', '--advisories', 'bundled,database,registry,osv'],
  ['outdated', '.', '--offline', '--trust'],
  ['watch', '--once', '.', '--offline', '--trust', '--advisories', 'bundled,database,registry,osv'],
  ['verify', 'left-pad@1.0.0', '.', '--offline', '--trust'],
  ['why', 'left-pad', '.'],
  ['diff', '.', '--base', 'package-lock.json'],
  ['graph', '.'],
  ['graph', '.', '--format', 'svg'],
  ['sbom', '.', '--vex'],
  ['privacy', '.'],
  ['privacy', '.', '--format', 'json'],
  ['ignores', 'import', '.'],
  ['db', 'status'],
  ['explain', 'typosquat-name'],
  ...[
    ...['check', 'why', 'diff', 'outdated', 'graph', 'verify', 'audit'],
    ...['ignores', 'db', 'watch', 'names', 'privacy', 'explain', 'lsp'],
  ].map((command) => [command, '--help']),
];

describe('commands that send nothing', () => {
  let registry: RecordedRegistry;
  let outside: Outside;
  let home: Home;
  let project: string;
  let server: BuiltServer | undefined;
  const requests = () =>
    [...registry.requests, ...outside.requests].map(({ method, path }) => `${method} ${path}`);

  before(async () => {
    registry = await startRecordedRegistry({ packages: NAMES.map((name) => pack(name)), advisories: {} });
    outside = await startOutside();
    const locked = JSON.stringify(lockfileOf({ 'left-pad': '^1.0.0' }));
    project = makeProject({
      'shop/package.json': manifestOf('shop', 'left-pad'),
      'shop/package-lock.json': locked.replaceAll('https://registry.example.test/', registry.url),
      'docs/package.json': manifestOf('docs', 'is-odd'),
      'site/package.json': manifestOf('site', 'lodahs'),
      'dependency-hygiene.json': { mirrors: [registry.url] },
    });
  });
  beforeEach(() => {
    home = makeHome({ npmrc: `registry=${registry.url}\n`, env: outside.env });
  });
  afterEach(async () => {
    await server?.stop();
    server = undefined;
    rmSync(home.folder, { recursive: true });
    registry.forget();
    outside.forget();
  });
  after(() => Promise.all([registry?.close(), outside?.close()]));

  test('on the command line', async () => {
    const asking = await runCliBeside(['check', `${project}/shop`, '--trust'], {
      cwd: project,
      env: home.env,
    });
    assert.ok(requests().length > 0, `a command that may ask does: ${asking.error}`);
    registry.forget();
    outside.forget();
    for (const args of SILENT) {
      // A new cache each time, so that everything would have to be requested.
      const fresh = makeHome({ npmrc: `registry=${registry.url}\n`, env: outside.env });
      const ended = await runCliBeside(args, { cwd: `${project}/shop`, env: fresh.env });
      rmSync(fresh.folder, { recursive: true });
      assert.deepEqual(requests(), [], args.join(' '));
      assert.doesNotMatch(ended.error, /internal error/, args.join(' '));
    }
  });

  /** Opens one project, runs commands of the editor, and triggers the requests that an editor makes all the time. */
  const use = async (commands: readonly string[], options: { trusted: boolean; settings?: object }) => {
    server = await startBuiltServer({ project, env: home.env, ...options });
    const { client, uri } = server;
    const look = async () => {
      await client.pull(uri('shop/package.json'));
      const { items } = await client.connection.sendRequest<{ items: { uri: string }[] }>(
        'workspace/diagnostic',
        { previousResultIds: [] },
      );
      return items.map((item) => item.uri).sort();
    };
    await client.open(uri('shop/package.json'));
    const before = await look();
    for (const command of commands) {
      await client.connection.sendRequest('workspace/executeCommand', { command });
    }
    // Facts wanted by a first look are requested by a later one.
    const after = [await look(), await look(), await look()];
    return { before, after };
  };

  test('the privacy report in an editor asks about nothing and checks nothing that was not open', async () => {
    const { before, after } = await use([SERVER_COMMANDS.privacy], { trusted: true });
    for (const each of after) assert.deepEqual(each, before);
    // An answer about the open project proves that the server may send requests.
    await server!.hover('shop/package.json', '"left-pad":');
    assert.ok(registry.asked().some((one) => one.includes('left-pad')));
    const others = requests().filter((one) => one.includes('is-odd') || one.includes('lodahs'));
    assert.deepEqual(others, []);
  });

  for (const [what, options] of [
    ['offline', { trusted: true, settings: { online: false } }],
    ['in a folder that is not trusted', { trusted: false }],
  ] as const) {
    test(`each command of an editor ${what}`, async () => {
      // The user requests this one by name, and it reports what it fetches.
      const commands = Object.values(SERVER_COMMANDS).filter((one) => one !== SERVER_COMMANDS.updateDatabase);
      await use(commands, options);
      assert.deepEqual(requests(), []);
    });
  }
});
