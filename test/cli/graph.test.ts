import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lockfileOf, makeProject, runCli } from './run-cli.ts';

const MEMBERS = {
  'package.json': { name: 'shop', private: true, workspaces: ['packages/*'], dependencies: { a: '^1.0.0' } },
  'packages/ui/package.json': { name: 'ui', version: '1.0.0', devDependencies: { b: '^2.0.0' } },
  'package-lock.json': {
    name: 'shop',
    lockfileVersion: 3,
    packages: {
      '': { name: 'shop', workspaces: ['packages/*'], dependencies: { a: '^1.0.0' } },
      'node_modules/a': {
        version: '1.0.0',
        resolved: 'https://registry.example.test/a/-/a-1.0.0.tgz',
        integrity: 'sha512-AAAA',
        hasInstallScript: true,
        deprecated: 'use b',
        dependencies: { b: '^2.0.0' },
      },
      'node_modules/b': { version: '2.0.0' },
      'node_modules/ui': { resolved: 'packages/ui', link: true },
      'packages/ui': { version: '1.0.0', devDependencies: { b: '^2.0.0' } },
    },
  },
};

describe('dephygiene graph', () => {
  test('draws pictures with the colours of findings, also without edges to them', () => {
    const vulnerable = makeProject({
      'package.json': { name: 'shop', dependencies: { minimist: '1.2.5' } },
      'package-lock.json': lockfileOf({ minimist: '1.2.5' }),
    });
    for (const format of ['mermaid', 'svg', 'dot']) {
      const { code, out, error } = runCli(['graph', vulnerable, '--format', format]);
      assert.deepEqual([code, error], [0, '']);
      assert.match(
        out,
        { mermaid: /minimist 1\.2\.5"\]:::error/, svg: /class="error"/, dot: /fillcolor="#b3261e"/ }[format]!,
      );
      const why = runCli(['why', 'minimist', vulnerable, '--format', format]);
      assert.deepEqual([why.code, why.error], [0, '']);
      assert.match(why.out, { mermaid: /:::error/, svg: /class="error target"/, dot: /penwidth=3/ }[format]!);
    }
    assert.equal(runCli(['why', 'none', vulnerable, '--format', 'svg']).code, 1);
  });

  test('prints packages, edges and importers as JSON', () => {
    const { code, out, error } = runCli(['graph', makeProject(MEMBERS)]);
    assert.deepEqual([code, error], [0, '']);
    const { version, lockfiles } = JSON.parse(out);
    const [lockfile, ...others] = lockfiles;
    assert.deepEqual([version, others], [1, []]);
    assert.deepEqual(Object.keys(lockfile), [
      'path',
      'format',
      'lockfileVersion',
      'status',
      'packages',
      'edges',
      'importers',
    ]);
    assert.deepEqual(
      [lockfile.path, lockfile.format, lockfile.lockfileVersion, lockfile.status],
      ['package-lock.json', 'package-lock', '3', 'checked'],
    );
    const { span, ...a } = lockfile.packages[0];
    assert.deepEqual(a, {
      id: 'node_modules/a',
      entry: 'node_modules/a',
      name: 'a',
      version: '1.0.0',
      source: 'registry',
      resolved: 'https://registry.example.test/a/-/a-1.0.0.tgz',
      integrity: 'sha512-AAAA',
      dev: false,
      optional: false,
      peer: false,
      bundled: false,
      installScript: true,
      deprecated: 'use b',
    });
    const text = `${JSON.stringify(MEMBERS['package-lock.json'], undefined, 2)}\n`;
    assert.ok(text.slice(span.start, span.end).startsWith('"node_modules/a": {'));
    assert.deepEqual(lockfile.edges, [
      { from: 'node_modules/a', to: 'node_modules/b', kind: 'prod', specifier: '^2.0.0' },
      { from: '', to: 'node_modules/a', kind: 'prod', specifier: '^1.0.0' },
      { from: 'packages/ui', to: 'node_modules/b', kind: 'dev', specifier: '^2.0.0' },
    ]);
    assert.deepEqual(lockfile.importers, [
      {
        path: '',
        name: 'shop',
        dependencies: [{ name: 'a', kind: 'prod', specifier: '^1.0.0', resolved: 'node_modules/a' }],
      },
      {
        path: 'packages/ui',
        name: 'ui',
        dependencies: [{ name: 'b', kind: 'dev', specifier: '^2.0.0', resolved: 'node_modules/b' }],
      },
    ]);
  });

  test('prints what Graphviz draws', () => {
    const { code, out } = runCli(['graph', makeProject(MEMBERS), '--format', 'dot']);
    assert.equal(code, 0);
    assert.match(out, /^digraph dependencies \{\n/);
    assert.match(out, /label="package-lock\.json";/);
    assert.match(out, /g0_0 \[label="a 1\.0\.0", style=filled, /);
    assert.match(out, /g0_0 -> g0_1;/);
    assert.match(out, /g0_3 -> g0_1 \[label=dev, style=dashed\];/);
    assert.match(out, /\}\n$/);
  });

  test('escapes what would end a label or reach the terminal', () => {
    const directory = makeProject({
      'package.json': {},
      'package-lock.json': {
        lockfileVersion: 3,
        packages: { '': {}, 'node_modules/a"]\u001b[31m\u202e': { version: '1"\\' } },
      },
    });
    const dot = runCli(['graph', directory, '--format', 'dot']).out;
    assert.match(dot, /label="a\\"\]␛\[31m<U\+202E> 1\\"\\\\"/);
    const json = runCli(['graph', directory]).out;
    assert.ok(!json.includes('\u202e') && !json.includes('\u001b'));
    assert.equal(JSON.parse(json).lockfiles[0].packages[0].name, 'a"]\u001b[31m\u202e');
  });

  test('says of each lockfile that was not wholly read, in its output and on standard error', () => {
    const directory = makeProject({
      'cut/package.json': {},
      'cut/package-lock.json': '{"lockfileVersion":3,"packages":{"":{},"node_modules/a":{"version":"1.0.0"}',
      'new/package.json': {},
      'new/pnpm-lock.yaml': "lockfileVersion: '99.0'\n",
      'old/package.json': {},
      'old/bun.lockb': 'x',
      'torn/package.json': {},
      'torn/yarn.lock': '<<<',
    });
    const { code, out, error } = runCli(['graph', directory]);
    assert.equal(code, 2);
    const { lockfiles } = JSON.parse(out);
    assert.deepEqual(
      lockfiles.map(({ path, status, packages }: { path: string; status: string; packages: unknown[] }) => [
        path,
        status,
        packages.length,
      ]),
      [
        ['cut/package-lock.json', 'partial', 1],
        ['new/pnpm-lock.yaml', 'unsupported', 0],
        ['old/bun.lockb', 'unsupported', 0],
        ['torn/yarn.lock', 'unreadable', 0],
      ],
    );
    for (const { reason } of lockfiles) assert.match(reason, /\.$/);
    assert.match(error, /^dephygiene: cut\/package-lock\.json was read only in part, line 1: .+\.$/m);
    assert.match(error, /^dephygiene: new\/pnpm-lock\.yaml was in an unsupported format: .+\.$/m);
    assert.match(error, /^dephygiene: torn\/yarn\.lock was not read, line 1: .+\.$/m);
    const dot = runCli(['graph', directory, '--format', 'dot']).out;
    assert.match(dot, /label="torn\/yarn\.lock \(unreadable: /);
  });

  test('says where there is no lockfile, and what is wrong with what was typed', () => {
    const said = (...args: readonly string[]) => {
      const { code, out, error } = runCli(args);
      assert.deepEqual([code, out], [2, '']);
      assert.match(error, /^dephygiene: [^\n]+[.?]\n$/);
      return error;
    };
    assert.match(said('graph', makeProject({ 'package.json': {} })), /no lockfile was found in/);
    assert.match(said('graph', '/no/such'), /no such directory: \/no\/such/);
    assert.match(said('graph', '--format', 'xml'), /--format cannot be "xml"; use one of json, dot/);
    assert.match(said('graph', 'a', 'b'), /takes one directory/);
  });

  test('of a manifest that is not there says that importers are not known', () => {
    const directory = makeProject({ 'yarn.lock': '# yarn lockfile v1\n\n\na@^1.0.0:\n  version "1.0.0"\n' });
    const { code, out, error } = runCli(['graph', directory]);
    assert.equal(code, 0);
    assert.match(error, /No package\.json was read/);
    assert.match(JSON.parse(out).lockfiles[0].gaps[0], /No package\.json was read/);
  });

  test('and its sisters say what they are for, within 80 columns', () => {
    for (const [command, ...options] of [
      ['graph', '--format json|dot'],
      ['why', '--format text|json', 'Exit code'],
      ['diff', '--base <commit|file>', '--format text|json', 'HEAD'],
    ] as const) {
      const { code, out } = runCli([command, '--help']);
      assert.equal(code, 0);
      for (const option of options) assert.ok(out.includes(option), option);
      for (const line of out.split('\n')) assert.ok(line.length <= 80, line);
      assert.match(runCli(['--help']).out, new RegExp(`^  ${command} `, 'm'));
    }
  });

  test('reads a project of thousands', () => {
    const names = Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`p${at}`, '^1.0.0']));
    const directory = makeProject({
      'package.json': { name: 'shop', dependencies: names },
      'package-lock.json': lockfileOf(names),
    });
    const { code, out } = runCli(['graph', directory]);
    assert.equal(code, 0);
    assert.equal(JSON.parse(out).lockfiles[0].edges.length, 5_000);
  });
});
