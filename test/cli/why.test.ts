import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { makeProject, runCli } from './run-cli.ts';

const PROJECT = {
  'package.json': { name: 'shop', workspaces: ['packages/*'], dependencies: { a: '^1.0.0' } },
  'packages/ui/package.json': { name: 'ui', devDependencies: { b: '^2.0.0' } },
  'package-lock.json': {
    lockfileVersion: 3,
    packages: {
      '': {
        name: 'shop',
        workspaces: ['packages/*'],
        dependencies: { a: '^1.0.0' },
        devDependencies: { b: '^2.0.0' },
      },
      'node_modules/a': { version: '1.0.0', dependencies: { minimist: '^1.2.0', c: '1' } },
      'node_modules/b': { version: '2.0.0', dev: true, dependencies: { minimist: '0.2.0' } },
      'node_modules/b/node_modules/minimist': { version: '0.2.0', dev: true, deprecated: 'old' },
      'node_modules/c': { version: '1.0.0', optionalDependencies: { minimist: '^1.0.0' } },
      'node_modules/minimist': { version: '1.2.8' },
      'node_modules/ui': { resolved: 'packages/ui', link: true },
      'packages/ui': { name: 'ui', devDependencies: { b: '^2.0.0' } },
    },
  },
};

describe('dephygiene why', () => {
  const directory = makeProject(PROJECT);

  test('prints the versions, and for each a tree from each importer, the shortest ways first', () => {
    const { code, out, error } = runCli(['why', 'minimist', directory]);
    assert.deepEqual([code, error], [0, '']);
    assert.equal(
      out,
      `minimist: 2 versions in package-lock.json
  0.2.0  for b 2.0.0 (0.2.0)
  1.2.8  for a 1.0.0 (^1.2.0), c 1.0.0 (^1.0.0 optional)

minimist 0.2.0  package-lock.json, development, deprecated
  shop (.)
  └─ b 2.0.0  ^2.0.0 development
     └─ minimist 0.2.0
  ui (packages/ui)
  └─ b 2.0.0  ^2.0.0 development
     └─ minimist 0.2.0

minimist 1.2.8  package-lock.json
  shop (.)
  └─ a 1.0.0  ^1.0.0
     ├─ minimist 1.2.8  ^1.2.0
     └─ c 1.0.0  1
        └─ minimist 1.2.8  ^1.0.0 optional
`,
    );
  });

  test('counts copies of one version, and says who asks for it, importers first', () => {
    const dependencies = Object.fromEntries(Array.from({ length: 6 }, (_, at) => [`d${at}`, '1']));
    const packages: Record<string, object> = {
      '': { name: 'shop', dependencies: { ...dependencies, minimist: '^1.2.0' } },
      'node_modules/minimist': { version: '1.2.8' },
      'node_modules/old': { name: 'minimist', version: '0.0.8' },
    };
    for (let at = 0; at < 6; at++) {
      packages[`node_modules/d${at}`] = { version: '1.0.0', dependencies: { minimist: '0.2.0', old: '*' } };
      packages[`node_modules/d${at}/node_modules/minimist`] = {
        version: '0.2.0',
        hasInstallScript: at === 5,
      };
    }
    const copies = makeProject({ 'package.json': {}, 'package-lock.json': { lockfileVersion: 3, packages } });
    const { out } = runCli(['why', 'minimist', copies]);
    const [overview = '', ...ways] = out.split('\n\n');
    assert.equal(
      overview,
      `minimist: 3 versions, 8 copies in package-lock.json
  0.0.8 as old  for d0 1.0.0 (*), d1 1.0.0 (*), d2 1.0.0 (*) and 3 more
  0.2.0         6 copies, for d0 1.0.0 (0.2.0), d1 1.0.0 (0.2.0), d2 1.0.0
                (0.2.0) and 3 more
  1.2.8         for shop (^1.2.0)`,
    );
    assert.deepEqual(
      ways.map((lines) => lines.split('\n')[0]),
      [
        'minimist 0.0.8 as old  package-lock.json',
        'minimist 0.2.0  package-lock.json, 6 copies, has an install script',
        'minimist 1.2.8  package-lock.json',
      ],
    );
    assert.match(ways[1] ?? '', /\n {2}shop \(\.\)\n {2}├─ d0 1\.0\.0 {2}1\n.*\n {2}└─ and 3 more paths$/s);
  });

  test('says which lockfile of several it is', () => {
    const several = makeProject({
      'package.json': { dependencies: { a: '1' } },
      'package-lock.json': {
        lockfileVersion: 3,
        packages: { '': { dependencies: { a: '1' } }, 'node_modules/a': { version: '1.0.0' } },
      },
      'docs/package.json': { dependencies: { a: '^1', b: '1' } },
      'docs/yarn.lock':
        '# yarn lockfile v1\n\n\na@^1, a@^1.0.0:\n  version "1.1.0"\n\na@~0.9:\n  version "0.9.0"\n\nb@1:\n  version "1.0.0"\n  dependencies:\n    a "~0.9"\n',
      'empty/package.json': {},
      'empty/yarn.lock': '# yarn lockfile v1\n',
    });
    const { code, out } = runCli(['why', 'a', several]);
    assert.equal(code, 0);
    assert.deepEqual(
      out.split('\n').filter((line) => /^\S/.test(line)),
      [
        'a: 2 versions in docs/yarn.lock',
        'a 0.9.0  docs/yarn.lock',
        'a 1.1.0  docs/yarn.lock',
        'a 1.0.0  package-lock.json',
      ],
    );
  });

  test('has colours only where they are asked for', () => {
    assert.ok(!runCli(['why', 'minimist', directory]).out.includes('\u001b'));
    assert.ok(
      runCli(['why', 'minimist', directory], { env: { FORCE_COLOR: '1' } }).out.includes('\u001b[1m'),
    );
  });

  test('of pnpm shows a name under which a package is imported, and not what it got as what it asked for', () => {
    const lock = `lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      a:
        specifier: ^1.0.0
        version: 1.0.0
      fake:
        specifier: npm:a@^1.0.0
        version: a@1.0.0
      old:
        specifier: npm:a@0.9.0
        version: a@0.9.0
      b:
        specifier: ^1.0.0
        version: 1.0.0

packages:

  a@0.9.0:
    resolution: {integrity: sha512-AAAA}

  a@1.0.0:
    resolution: {integrity: sha512-AAAA}

  b@1.0.0:
    resolution: {integrity: sha512-AAAA}

snapshots:

  a@0.9.0: {}

  a@1.0.0: {}

  b@1.0.0:
    dependencies:
      a: 1.0.0
`;
    const { out } = runCli([
      'why',
      'a',
      makeProject({ 'package.json': { name: 'shop' }, 'pnpm-lock.yaml': lock }),
    ]);
    assert.match(out, / {2}1\.0\.0 {9}for shop \(\^1\.0\.0\), shop \(npm:a@\^1\.0\.0\), b 1\.0\.0\n/);
    assert.match(out, /├─ a 1\.0\.0 as fake {2}npm:a@\^1\.0\.0\n/);
  });

  test('takes a version or a range, and the name of a member', () => {
    const heads = (asked: string) =>
      runCli(['why', asked, directory])
        .out.split('\n')
        .filter((line) => /^\S/.test(line));
    assert.deepEqual(heads('minimist@^1'), ['minimist 1.2.8  package-lock.json']);
    assert.deepEqual(heads('minimist@0.2.0').length, 1);
    assert.deepEqual(heads('ui'), ['ui (packages/ui)  package-lock.json, nothing depends on it']);
  });

  test('ends with 1 where no lockfile has it, and names what is near', () => {
    const said = (asked: string) => {
      const { code, out, error } = runCli(['why', asked, directory]);
      assert.deepEqual([code, out], [1, '']);
      return error;
    };
    assert.equal(said('minimst'), 'dephygiene: minimst is not in package-lock.json, but minimist is.\n');
    assert.equal(said('lodash'), 'dephygiene: lodash is not in package-lock.json.\n');
    assert.match(
      said('minimist@3'),
      /^dephygiene: minimist@3 is not in package-lock\.json, but minimist (?:0\.2\.0, 1\.2\.8|1\.2\.8, 0\.2\.0) is\.\n$/,
    );
  });

  test('never says that it is not there where not all was read', () => {
    const cut = makeProject({
      'package.json': {},
      'package-lock.json': '{"lockfileVersion":3,"packages":{"":{},"node_modules/a":{"version":"1.0.0"}',
    });
    const { code, error } = runCli(['why', 'minimist', cut]);
    assert.equal(code, 2);
    assert.match(error, /was read only in part/);
    assert.equal(runCli(['why', 'a', cut]).code, 2);
  });

  test('prints JSON with who asks for each instance and a path from each importer', () => {
    const { code, out } = runCli(['why', 'minimist@1', directory, '--format', 'json']);
    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(out), {
      version: 1,
      asked: 'minimist@1',
      found: true,
      lockfiles: [
        {
          path: 'package-lock.json',
          format: 'package-lock',
          status: 'checked',
          instances: [
            {
              id: 'node_modules/minimist',
              entry: 'node_modules/minimist',
              name: 'minimist',
              version: '1.2.8',
              dev: false,
              optional: false,
              peer: false,
              dependents: [
                { from: 'node_modules/a', kind: 'prod', specifier: '^1.2.0' },
                { from: 'node_modules/c', kind: 'optional', specifier: '^1.0.0' },
              ],
              pullsIn: { packages: 0, depth: 0, withScripts: 0 },
              paths: [
                {
                  importer: '',
                  steps: [
                    { id: 'node_modules/a', kind: 'prod', specifier: '^1.0.0' },
                    { id: 'node_modules/minimist', kind: 'prod', specifier: '^1.2.0' },
                  ],
                },
              ],
            },
          ],
        },
      ],
    });
    const a = JSON.parse(runCli(['why', 'a', directory, '--format', 'json']).out);
    assert.ok(a.lockfiles[0].instances[0].pullsIn.packages > 0);
    const none = runCli(['why', 'lodash', directory, '--format', 'json']);
    assert.deepEqual([none.code, JSON.parse(none.out).found], [1, false]);
  });

  test('stays within 80 columns, is bounded, and says how much is left out', () => {
    const packages: Record<string, object> = { '': { name: 'shop', dependencies: {} } };
    const long = 'a-very-long-name-of-a-package-that-nobody-would-choose-'.repeat(3).slice(0, 150);
    const dependencies: Record<string, string> = {};
    for (let at = 0; at < 40; at++) {
      dependencies[`d${at}`] = '1';
      packages[`node_modules/d${at}`] = { version: '1.0.0', dependencies: { target: '1', [long]: '1' } };
      packages[`node_modules/chain${at}`] = { version: '1.0.0', dependencies: { [`chain${at + 1}`]: '1' } };
      packages[`packages/m${at}`] = { name: `m${at}`, dependencies: { target: '1' } };
    }
    packages['node_modules/chain40'] = { version: '1.0.0', dependencies: { deep: '1' } };
    packages['node_modules/deep'] = { version: '1.0.0' };
    packages['node_modules/target'] = { version: '1.0.0' };
    packages[`node_modules/${long}`] = { version: '1.0.0' };
    for (let at = 0; at < 30; at++)
      packages[`node_modules/d${at}/node_modules/many`] = { version: `1.0.${at}` };
    packages[''] = { name: 'shop', dependencies: { ...dependencies, chain0: '1' } };
    const wide = makeProject({ 'package.json': {}, 'package-lock.json': { lockfileVersion: 3, packages } });
    const outOf = (asked: string) => {
      const { code, out } = runCli(['why', asked, wide]);
      assert.equal(code, 0);
      for (const line of out.split('\n')) assert.ok(line.length <= 80, line);
      return out;
    };
    assert.match(
      outOf('target'),
      /and from 36 more importers\n {2}and through 28 more packages that ask for it/,
    );
    assert.match(outOf(long), /└─ and 8 more paths/);
    assert.match(outOf('deep'), /… 33 packages between/);
    assert.match(
      outOf('many'),
      /^many: 30 versions in package-lock\.json\n.* {2}and 10 more versions\n.*\n\nand the dependency paths to 24 more versions in package-lock\.json\n$/s,
    );
  });

  test('says what is wrong with what was typed', () => {
    for (const args of [['why'], ['why', 'a@'], ['why', 'a', 'b', 'c'], ['why', 'a', '--format', 'xml']]) {
      const { code, out, error } = runCli(args);
      assert.deepEqual([code, out], [2, '']);
      assert.match(error, /^dephygiene: [^\n]+[.?]\n$/);
    }
  });
});
