import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expandYarnVariables } from '../../../server/src/core/config/yarn/expand-yarn-variables.ts';
import { readClassicYarnrc } from '../../../server/src/core/config/yarn/read-classic-yarnrc.ts';
import { readYarnrc } from '../../../server/src/core/config/yarn/read-yarnrc.ts';
import type { Located } from '../../../server/src/core/text/span.ts';

const BERRY = `npmRegistryServer: "https://npm.acme.example.test"
npmAuthToken: "\${NPM_TOKEN:-}"
npmScopes:
  acme:
    npmRegistryServer: https://acme.example.test
    npmAuthIdent: user:pass
  empty:
npmRegistries:
  "//other.example.test":
    npmAuthToken: abc
enableScripts: false
yarnPath: .yarn/releases/yarn-4.18.0.cjs
plugins:
  - .yarn/plugins/own.cjs
  - path: .yarn/plugins/@yarnpkg/plugin-x.cjs
    spec: "https://x.example.test/plugin.js"
    checksum: 0123
catalog:
  react: ^18.0.0
packageExtensions:
  "a@*":
    dependencies: { b: "1" }
    optionalDependencies:
      c: 2
    peerDependencies:
      d: null
      e: [1]
    peerDependenciesMeta:
      d: { optional: true }
      e: { optional: "true" }
  wrong: 1
npmMinimalAgeGate: 3d
`;

describe('.yarnrc.yml', () => {
  const file = readYarnrc('file:///w/.yarnrc.yml', BERRY, 'project');
  const cut = (located: Located<unknown> | undefined) =>
    located === undefined ? undefined : BERRY.slice(located.span.start, located.span.end);

  test('registries and credentials have their places', () => {
    assert.deepEqual(file.problems, []);
    assert.equal(cut(file.registry.server), '"https://npm.acme.example.test"');
    assert.equal(file.registry.authToken?.value, '$' + '{NPM_TOKEN:-}');
    assert.deepEqual(
      file.scopes.map(({ key, server, authIdent }) => [cut(key), cut(server), cut(authIdent)]),
      [
        ['acme', 'https://acme.example.test', 'user:pass'],
        ['empty', undefined, undefined],
      ],
    );
    assert.deepEqual(
      file.registries.map(({ key, authToken }) => [key?.value, cut(authToken)]),
      [['//other.example.test', 'abc']],
    );
  });

  test('what runs code', () => {
    assert.deepEqual([file.enableScripts?.value, cut(file.enableScripts)], [false, 'false']);
    assert.equal(cut(file.yarnPath), '.yarn/releases/yarn-4.18.0.cjs');
    assert.deepEqual(
      file.plugins.map(({ path, spec }) => [path?.value, spec?.value]),
      [
        ['.yarn/plugins/own.cjs', undefined],
        ['.yarn/plugins/@yarnpkg/plugin-x.cjs', 'https://x.example.test/plugin.js'],
      ],
    );
  });

  test('catalogs, extensions and every other setting', () => {
    assert.deepEqual(
      file.catalogs.map(({ name, value }) => [cut(name), cut(value)]),
      [['react', '^18.0.0']],
    );
    assert.deepEqual(
      file.packageExtensions.map(({ selector, dependencies, peerDependencies, optionalPeers }) => [
        cut(selector),
        dependencies.map(({ key, value }) => [
          cut(key),
          value && BERRY.slice(value.span.start, value.span.end),
        ]),
        peerDependencies.map(({ key, value }) => [cut(key), value?.text]),
        optionalPeers.map(cut),
      ]),
      [
        [
          '"a@*"',
          [
            ['b', '"1"'],
            ['c', '2'],
          ],
          [
            ['d', 'null'],
            ['e', undefined],
          ],
          ['d'],
        ],
        ['wrong', [], [], []],
      ],
    );
    const gate = file.setting('npmMinimalAgeGate')?.value;
    assert.equal(gate?.type === 'scalar' && gate.text, '3d');
  });
});

describe('.yarnrc of Yarn 1', () => {
  const text = `# yarn lockfile v1

lastUpdateCheck 1576854265612
registry "https://npm.acme.example.test"
"@acme:registry" https://acme.example.test:8080/x
yarn-path ".yarn/releases/yarn-1.22.22.cjs" # pinned
--install.frozen-lockfile true
`;
  const file = readClassicYarnrc('file:///w/.yarnrc', text, 'project');
  const cut = (located: Located<unknown> | undefined) =>
    located === undefined ? undefined : text.slice(located.span.start, located.span.end);

  test('registries, the program and all other lines', () => {
    assert.deepEqual(file.problems, []);
    assert.equal(cut(file.registry.server), '"https://npm.acme.example.test"');
    assert.deepEqual(
      file.scopes.map(({ key, server }) => [key?.value, cut(server)]),
      [['acme', 'https://acme.example.test:8080/x']],
    );
    assert.equal(file.yarnPath?.value, '.yarn/releases/yarn-1.22.22.cjs');
    assert.deepEqual(
      file.settings.map(({ key, value }) => [key, value?.type === 'scalar' && value.value]),
      [
        ['lastUpdateCheck', 1576854265612],
        ['registry', 'https://npm.acme.example.test'],
        ['@acme:registry', 'https://acme.example.test:8080/x'],
        ['yarn-path', '.yarn/releases/yarn-1.22.22.cjs'],
        ['--install.frozen-lockfile', true],
      ],
    );
  });

  test('Windows line ends and the colons of old files count for nothing', () => {
    const windows = readClassicYarnrc(
      '',
      'registry: "https://r.example.test"\r\nyarn-path "x"\r\n',
      'project',
    );
    assert.deepEqual(windows.problems, []);
    assert.equal(windows.registry.server?.value, 'https://r.example.test');
    assert.equal(windows.yarnPath?.value, 'x');
  });

  test('a line that Yarn does not read costs itself only', () => {
    const broken = readClassicYarnrc('', 'registry "https://x\nyarn-path a b\nlast 1\n"', 'project');
    assert.equal(broken.problems.length, 3);
    assert.deepEqual(
      broken.settings.map(({ key }) => key),
      ['last'],
    );
  });

  test('an escape in quotes is one', () => {
    assert.equal(readClassicYarnrc('', 'a "x\\"y"', 'project').settings[0]?.value?.type, 'scalar');
    const value = readClassicYarnrc('', 'a "x\\"y"', 'project').setting('a')?.value;
    assert.equal(value?.type === 'scalar' && value.value, 'x"y');
  });
});

/** `<` and `>` stand for the brackets, as a dollar sign before one would look like a slip. */
describe('variables of Yarn', () => {
  const environment = { SET: 'value', EMPTY: '' };
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['plain', 'plain'],
    ['a<SET>b', 'avalueb'],
    ['<NONE>', undefined],
    ['<NONE-x>', 'x'],
    ['<NONE:-x>', 'x'],
    ['<NONE->', ''],
    ['<EMPTY>', ''],
    ['<EMPTY-x>', ''],
    ['<EMPTY:-x>', 'x'],
    ['<SET:-x><NONE-y>', 'valuey'],
    ['<toString>', undefined],
  ];
  for (const [written, expected] of cases) {
    const text = written.replaceAll('<', '$' + '{').replaceAll('>', '}');
    test(text, () => assert.equal(expandYarnVariables(text, environment), expected));
  }
});
