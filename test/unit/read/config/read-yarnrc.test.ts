import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expandYarnVariables } from '../../../../server/src/core/read/config/yarn/expand-yarn-variables.ts';
import { readClassicYarnrc } from '../../../../server/src/core/read/config/yarn/read-classic-yarnrc.ts';
import { readFallbackYarnrc } from '../../../../server/src/core/read/config/yarn/read-fallback-yarnrc.ts';
import { readYarnrc } from '../../../../server/src/core/read/config/yarn/read-yarnrc.ts';
import type { Located } from '../../../../server/src/core/read/text/span.ts';

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

describe('.yarnrc.yml in the old syntax, which the header of a lockfile of Yarn 1 selects', () => {
  const header = '# yarn lockfile v1\n';
  for (const text of [
    `${header}yarnPath "./y.js"\n`,
    `${header}yarnPath: ./y.js\n`,
    `${header}enableScripts, yarnPath: "./y.js"\n`,
    `# a comment\r\n#  Yarn  Lockfile  V1\r\nyarnPath "./y.js"\r\n`,
  ])
    test(JSON.stringify(text), () => {
      const { yarnPath, problems } = readYarnrc('', text, 'project');
      assert.equal(yarnPath?.value, './y.js');
      assert.match(problems[0]?.message ?? '', /^Yarn reads this file in its old syntax/);
    });

  test('nested settings are read', () => {
    const text = `${header}npmScopes:\n  acme:\n    npmRegistryServer "https://x.example.test"\nplugins:\n  - ./p.cjs\n`;
    const { scopes, plugins } = readYarnrc('', text, 'project');
    assert.equal(scopes[0]?.server?.value, 'https://x.example.test');
    assert.equal(plugins[0]?.path?.value, './p.cjs');
  });

  test('elsewhere in the file it is a comment', () => {
    const { problems } = readYarnrc('', 'nodeLinker: pnp\n# yarn lockfile v1\n', 'project');
    assert.deepEqual(problems, []);
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
    assert.deepEqual(
      broken.problems.map(({ message }) => message),
      ['Its closing quote is missing.', 'Yarn does not read this line.', 'Its closing quote is missing.'],
    );
    assert.deepEqual(
      broken.settings.map(({ key }) => key),
      ['yarn-path', 'last'],
    );
  });

  const forms: readonly (readonly [title: string, text: string])[] = [
    ['behind another key', 'save-prefix, yarn-path "./y.js"\n'],
    ['behind another setting in one line', 'save-prefix "^" yarn-path "./y.js"\n'],
    ['with a colon and no blank', 'yarn-path:./y.js\n'],
    ['behind a lone carriage return', 'save-prefix "^"\ryarn-path "./y.js"\n'],
    ['with an escape in its quoted key', '"yarn\\u002dpath" "./y.js"\n'],
    ['behind a map', 'env:\n  A "b"\nyarn-path "./y.js"\n'],
  ];
  for (const [title, written] of forms)
    test(`the program is read ${title}`, () => {
      const { yarnPath, problems } = readClassicYarnrc('', written, 'project');
      assert.equal(yarnPath?.value, './y.js');
      assert.deepEqual(problems, []);
    });

  test('a text that is not of the grammar is read as YAML, as Yarn does', () => {
    const flow = readFallbackYarnrc('', '{ "yarn-path": "./y.js", ignore-scripts: true }\n', 'project');
    assert.equal(flow.yarnPath?.value, './y.js');
    assert.deepEqual(flow.problems, []);
    const broken = readFallbackYarnrc('', 'yarn-path "./y.js"\nb c: d: e\n', 'project');
    assert.equal(broken.yarnPath?.value, './y.js');
    assert.equal(broken.problems.length, 1);
  });

  test('an indented line, at which Yarn stops reading, is a problem, and what is below it counts', () => {
    const { settings, problems } = readClassicYarnrc('', 'a "b"\n  c "d"\nyarn-path "./y.js"\n', 'project');
    assert.equal(problems[0]?.message, 'Yarn reads nothing from this line on.');
    assert.deepEqual(
      settings.map(({ key }) => key),
      ['a', 'c', 'yarn-path'],
    );
  });

  test('an escape in quotes is one', () => {
    assert.equal(readClassicYarnrc('', 'a "x\\"y"', 'project').settings[0]?.value?.type, 'scalar');
    const value = readClassicYarnrc('', 'a "x\\"y"', 'project').setting('a')?.value;
    assert.equal(value?.type === 'scalar' && value.value, 'x"y');
  });
});

/** `<` and `>` stand for the braces, as a dollar sign before one would look like a mistake. */
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
