import assert from 'node:assert/strict';
import { readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import type { CompletionList, InlayHint, InlayHintLabelPart } from 'vscode-languageserver/node';
import { lockfileOf, makeProject } from '../cli/run-cli.ts';
import { PULLING } from '../lsp/capabilities.ts';
import { type BuiltServer, startBuiltServer } from './support/built-server.ts';
import { type Home, makeHome } from './support/home.ts';
import { pack } from './support/package-fixture.ts';
import { type RecordedRegistry, startRecordedRegistry } from './support/recorded-registry.ts';
import { type Outside, startOutside } from './support/recorders.ts';
import { hearersOf } from './support/recording.ts';
import { runCliBeside } from './support/run-async.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Returns a time relative to the machine's, which the built server and command line use. */
function daysAgo(days: number): string {
  return new Date(Date.now() - days * DAY).toISOString();
}

const VERSIONS = {
  '1.0.0': { at: daysAgo(400) },
  '1.0.1': { at: daysAgo(300), deprecated: 'pads too far' },
  '1.1.0': { at: daysAgo(200) },
  '2.0.0': { at: daysAgo(100) },
  '2.1.0': { at: daysAgo(1) },
};

describe('newer versions, from a registry', () => {
  let open: RecordedRegistry;
  let acme: RecordedRegistry;
  let outside: Outside;
  let home: Home;
  let project: string;
  let server: BuiltServer | undefined;
  const hearers = (text: string) => hearersOf(text, { open, acme, outside });

  before(async () => {
    open = await startRecordedRegistry({ packages: [pack('left-pad', VERSIONS), pack('right-pad')] });
    acme = await startRecordedRegistry({ packages: [pack('@acme/ui', VERSIONS)], token: 'npm_for-acme' });
    outside = await startOutside();
    const dependencies = { 'left-pad': '^1.0.0', 'right-pad': '^1.0.0', '@acme/ui': '^1.0.0' };
    project = makeProject({
      'package.json': { name: 'shop', dependencies: { ...dependencies, '@hidden/core': '1.0.0' } },
      'package-lock.json': lockfileOf({ ...dependencies, '@hidden/core': '1.0.0' }),
      '.npmrc': `@acme:registry=${acme.url}\n`,
      'dependency-hygiene.json': {
        privateScopes: ['@hidden'],
        mirrors: [open.url, 'https://registry.example.test/'],
      },
    });
  });
  beforeEach(() => {
    home = makeHome({ npmrc: `registry=${open.url}\n${acme.tokenLine}`, env: outside.env });
  });
  afterEach(async () => {
    await server?.stop();
    server = undefined;
    rmSync(home.folder, { recursive: true });
    for (const each of [open, acme, outside]) each.forget();
  });
  after(() => Promise.all([open.close(), acme.close(), outside.close()]));

  const hintsIn = async ({ client, uri }: BuiltServer) => {
    const hints = await client.connection.sendRequest<InlayHint[]>('textDocument/inlayHint', {
      textDocument: { uri: uri('package.json') },
      range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } },
    });
    return hints.map(({ label }) => (label as InlayHintLabelPart[]).map(({ value }) => value).join(''));
  };

  test('stand behind ranges, each asked of the registry that serves it, and private names of none', async () => {
    const capabilities = {
      ...PULLING,
      workspace: { ...PULLING.workspace, inlayHint: { refreshSupport: true } },
    };
    server = await startBuiltServer({ project, env: home.env, capabilities });
    const { client, uri } = server;
    await client.open(uri('package.json'));
    const isAllThere = (hints: readonly string[]) =>
      hints.filter((hint) => hint.includes('in cooldown')).length === 2;
    let before = client.hintRefreshes;
    let hints = await hintsIn(server);
    while (!isAllThere(hints)) {
      await client.until(() => client.hintRefreshes > before);
      before = client.hintRefreshes;
      hints = await hintsIn(server);
    }
    assert.deepEqual(
      hints.filter((hint) => /latest|cooldown|checked/.test(hint)),
      [
        'in range 1.1.0 · newest 2.0.0 · 2.1.0 in cooldown',
        'in range 1.1.0 · newest 2.0.0 · 2.1.0 in cooldown',
      ],
    );
    assert.deepEqual(hearers('@acme/ui'), ['acme']);
    assert.deepEqual([hearers('@hidden'), outside.requests], [[], []]);
    assert.deepEqual(
      new Set(open.asked().filter((each) => each.endsWith('-pad'))),
      new Set(['GET left-pad', 'GET right-pad']),
    );
  });

  test('while a name is typed nothing is asked, and for its versions once', async () => {
    server = await startBuiltServer({ project, env: home.env });
    const { client, uri } = server;
    const manifest = uri('package.json');
    await client.open(manifest, '{ "dependencies": {\n  "left-pad": ""\n} }');
    const complete = async (part: string, behind: number) => {
      const { start } = client.rangeOf(manifest, part);
      const position = { line: start.line, character: start.character + behind };
      return client.connection.sendRequest<CompletionList | null>('textDocument/completion', {
        textDocument: { uri: manifest },
        position,
      });
    };
    for (let typed = 1; typed <= 'left-pad'.length; typed++) await complete('left-pad', typed);
    assert.deepEqual(open.requests, []);
    const versions = await complete('""', 1);
    const shown = versions?.items.map(({ label, detail }) => `${label}  ${detail}`) ?? [];
    assert.deepEqual(shown.slice(0, 3), [
      '^2.0.0  3 months ago',
      '~2.0.0  3 months ago',
      '2.0.0  3 months ago',
    ]);
    assert.ok(shown.includes('1.0.1  9 months ago · deprecated'), shown.join('\n'));
    assert.match(
      shown.find((line) => line.startsWith('2.1.0')) ?? '',
      /24 h ago · latest · in cooldown until/,
    );
    await complete('""', 1);
    assert.deepEqual(
      open.asked().filter((each) => each.endsWith('-pad')),
      ['GET left-pad'],
    );
  });

  test('dephygiene outdated prints them, asks nobody without --trust, and its exit code tells', async () => {
    const run = (...args: string[]) => runCliBeside(['outdated', ...args], { cwd: project, env: home.env });
    const shut = await run();
    assert.equal(shut.code, 2);
    assert.match(shut.error, /no registry was asked; add --trust/);
    assert.match(shut.out, /^Could not check 4 packages for updates\.\n/);
    assert.deepEqual([open.requests, acme.requests], [[], []]);

    const { code, out, error } = await run('--trust');
    assert.deepEqual([code, error], [1, '']);
    const [table, ...rest] = out.split('\n\n');
    assert.equal(
      table,
      `Package   Current  Wanted  Newest  Update  Declared in
@acme/ui  1.0.0    1.1.0   2.0.0   major   package.json
left-pad  1.0.0    1.1.0   2.0.0   major   package.json`,
    );
    assert.match(
      rest.join(''),
      /^2 of 4 packages are outdated \(2 major\)\.\nIn cooldown: @acme\/ui 2\.1\.0 until /,
    );
    assert.match(rest.join(''), /^Not checked: @hidden\/core: @hidden is a private scope/m);
    assert.ok(out.split('\n').every((line) => line.length <= 80));
    assert.deepEqual([hearers('@acme/ui'), hearers('@hidden')], [['acme'], []]);

    for (const each of [open, acme]) each.forget();
    const offline = await run('--trust', '--offline', '--format', 'json');
    const json = JSON.parse(offline.out);
    assert.equal(offline.code, 1);
    assert.deepEqual(
      json.outdated.map((each: { package: string; latest: string }) => [each.package, each.latest]),
      [
        ['@acme/ui', '2.0.0'],
        ['left-pad', '2.0.0'],
      ],
    );
    assert.deepEqual([open.requests, acme.requests], [[], []]);
  });

  test('dephygiene outdated --write writes ranges up to a level, and prints the command', async () => {
    const manifest = join(project, 'package.json');
    const before = readFileSync(manifest, 'utf8');
    const run = (...args: string[]) =>
      runCliBeside(['outdated', '--trust', ...args], { cwd: project, env: home.env });
    try {
      const dry = await run('--write', '--dry-run');
      assert.equal(readFileSync(manifest, 'utf8'), before);
      assert.match(
        dry.out,
        /\nWould write:\n {2}@acme\/ui: \^1\.0\.0 → \^1\.1\.0 in package\.json \(minor\)\n/,
      );

      renameSync(manifest, join(project, 'real.json'));
      symlinkSync('real.json', manifest);
      const linked = await run('--write', '--dry-run');
      assert.equal(linked.code, 2);
      assert.match(linked.error, /package\.json is a symbolic link; nothing was written/);
      renameSync(join(project, 'real.json'), manifest);

      const minor = await run('--write', '--format', 'json');
      const { write } = JSON.parse(minor.out);
      assert.deepEqual([minor.code, write.level, write.dryRun], [1, 'minor', false]);
      assert.deepEqual(write.files, ['package.json']);
      assert.match(readFileSync(manifest, 'utf8'), /"left-pad": "\^1\.1\.0"/);

      const major = await run('--write', '--level', 'major');
      assert.match(readFileSync(manifest, 'utf8'), /"left-pad": "\^2\.0\.0"/);
      assert.match(major.out, /\nThen run: npm install --package-lock-only --ignore-scripts\n/);
    } finally {
      writeFileSync(manifest, before);
    }
    const wrong = await run('--level', 'major');
    assert.deepEqual([wrong.code, wrong.out], [2, '']);
    assert.match(wrong.error, /^dephygiene: --level and --dry-run belong to --write; [^\n]+\n$/);
  });

  test('a registry that fails is no clean answer', async () => {
    open.fail('*', { type: 'status', status: 500 });
    acme.fail('*', { type: 'status', status: 500 });
    const { code, out } = await runCliBeside(['outdated', '--trust'], { cwd: project, env: home.env });
    open.fail('*', undefined);
    acme.fail('*', undefined);
    assert.equal(code, 2);
    assert.match(out, /^Could not check 4 packages for updates\./);
    assert.doesNotMatch(out, /Nothing is outdated/);
  });
});
