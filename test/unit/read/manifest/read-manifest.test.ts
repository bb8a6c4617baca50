import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { dependencyAt } from '../../../../server/src/core/read/manifest/dependencies-of.ts';
import type { Manifest } from '../../../../server/src/core/read/manifest/manifest.ts';
import { readManifest } from '../../../../server/src/core/read/manifest/read-manifest.ts';
import type { Span } from '../../../../server/src/core/read/text/span.ts';
import { cpuTime } from '../../../cpu-time.ts';

const read = (text: string) => readManifest('file:///workspace/package.json', text);

const FULL = `{
  "name": "@acme/shop",
  "version": "1.0.0",
  "private": true,
  "packageManager": "npm@11.19.1",
  "devEngines": { "packageManager": [{ "name": "npm", "version": "11.19.1" }, { "version": "1" }, { "name": "pnpm" }] },
  "volta": { "node": "24.1.0", "npm": "11.19.1" },
  "workspaces": { "packages": ["packages/*", 7, "apps/web"] },
  "scripts": { "build": "tsc", "broken": 1 },
  "publishConfig": { "registry": "https://npm.example.test/", "@acme:registry": "https://acme.example.test/", "access": "restricted" },
  "allowScripts": { "esbuild@0.28.2": true, "core-js": false, "x": "yes" },
  "overrides": { "a": "1", "b": { ".": "2", "c@^1": { "d": "$e" } }, "f": null },
  "bundleDependencies": ["a", 1],
  "dependencies": {
    "//": "a comment",
    "": "1",
    "lodash": "^4.17.21",
    "lodash": "^4.17.20",
    "react-17": "npm:react@17",
    "wrong": 4
  },
  "devDependencies": {},
  "peerDependencies": { "react": "*" }
}
`;

function spansOf(manifest: Manifest): Span[] {
  return [
    ...manifest.problems.map((problem) => problem.span),
    ...(manifest.rootSpan ? [manifest.rootSpan] : []),
    ...(manifest.name ? [manifest.name.span] : []),
    ...manifest.sections.flatMap((section) => [section.keySpan, section.span]),
    ...manifest.dependencies.flatMap((dependency) => [
      dependency.nameSpan,
      dependency.valueSpan,
      dependency.span,
    ]),
    ...(manifest.workspaces
      ? [manifest.workspaces.span, ...manifest.workspaces.patterns.map((each) => each.span)]
      : []),
    ...manifest.devEnginesPackageManager.flatMap((engine) => [engine.span, engine.name.span]),
    ...(manifest.allowScripts?.decisions.flatMap((each) => [each.keySpan, each.valueSpan]) ?? []),
    ...manifest.overrides.flatMap((each) => [each.value.span, ...each.path.map((key) => key.span)]),
    ...[...manifest.scripts.values(), ...manifest.volta.values()].map((each) => each.span),
  ];
}

test('reads each field with the span of its token', () => {
  const manifest = read(FULL);
  const slice = (span: Span | undefined) =>
    span === undefined ? undefined : FULL.slice(span.start, span.end);
  assert.deepEqual(manifest.problems, []);
  assert.equal(slice(manifest.rootSpan), FULL.trim());
  assert.equal(manifest.name?.value, '@acme/shop');
  assert.equal(slice(manifest.name?.span), '"@acme/shop"');
  assert.equal(manifest.version?.value, '1.0.0');
  assert.equal(manifest.private, true);
  assert.equal(manifest.packageManager?.value, 'npm@11.19.1');
  assert.deepEqual(
    manifest.devEnginesPackageManager.map((engine) => [engine.name.value, engine.version?.value]),
    [
      ['npm', '11.19.1'],
      ['pnpm', undefined],
    ],
  );
  assert.deepEqual(
    [...manifest.volta].map(([tool, version]) => [tool, version.value]),
    [
      ['node', '24.1.0'],
      ['npm', '11.19.1'],
    ],
  );
  assert.deepEqual(
    manifest.workspaces?.patterns.map((each) => each.value),
    ['packages/*', 'apps/web'],
  );
  assert.deepEqual([...manifest.scripts.keys()], ['build']);
  assert.equal(manifest.publishConfig?.registry?.value, 'https://npm.example.test/');
  assert.equal(manifest.publishConfig?.scopes.get('@acme')?.value, 'https://acme.example.test/');
  assert.deepEqual(
    manifest.allowScripts?.decisions.map((each) => [each.key, each.allowed]),
    [
      ['esbuild@0.28.2', true],
      ['core-js', false],
      ['x', undefined],
    ],
  );
  assert.deepEqual(
    manifest.overrides.map((each) => [each.path.map((key) => key.value).join(' > '), each.value.value]),
    [
      ['a', '1'],
      ['b > .', '2'],
      ['b > c@^1 > d', '$e'],
    ],
  );
  assert.deepEqual(manifest.bundled, new Set(['a']));
  assert.deepEqual(
    manifest.dependencies.map((each) => [
      each.section,
      each.name,
      each.declared,
      each.valueType,
      slice(each.nameSpan),
      slice(each.valueSpan),
    ]),
    [
      ['dependencies', 'lodash', '^4.17.21', 'string', '"lodash"', '"^4.17.21"'],
      ['dependencies', 'lodash', '^4.17.20', 'string', '"lodash"', '"^4.17.20"'],
      ['dependencies', 'react-17', 'npm:react@17', 'string', '"react-17"', '"npm:react@17"'],
      ['dependencies', 'wrong', undefined, 'number', '"wrong"', '4'],
      ['peerDependencies', 'react', '*', 'string', '"react"', '"*"'],
    ],
  );
  assert.equal(manifest.dependencies[2]?.target, 'react');
  assert.equal(manifest.dependencies[0]?.target, 'lodash');
  assert.deepEqual(
    manifest.sections.map((each) => each.section),
    ['dependencies', 'devDependencies', 'peerDependencies'],
  );
});

test('other forms of the same fields', () => {
  assert.deepEqual(
    read('{"workspaces": ["a"]}').workspaces?.patterns.map((each) => each.value),
    ['a'],
  );
  assert.equal(read('{"bundledDependencies": true}').bundled, 'all');
  assert.deepEqual(read('{"bundleDependencies": false}').bundled, new Set());
  assert.equal(
    read('{"devEngines": {"packageManager": {"name": "yarn"}}}').devEnginesPackageManager[0]?.name.value,
    'yarn',
  );
  assert.equal(read('{"private": "yes"}').private, true);
  for (const field of ['"files": ["dist"]', '"exports": "./a.js"', '"publishConfig": {"access": "public"}']) {
    assert.equal(read(`{${field}}`).isLibrary, true, field);
    assert.equal(read(`{${field}, "private": true}`).isLibrary, false, field);
  }
  assert.equal(
    read('{"name": "shop", "version": "1.0.0", "main": "a.js", "exports": null}').isLibrary,
    false,
  );
  assert.equal(read('{"private": false}').private, false);
});

test('tolerates wrong types everywhere', () => {
  const keys = [
    'name',
    'version',
    'private',
    'packageManager',
    'devEngines',
    'volta',
    'engines',
    'workspaces',
    'scripts',
    'publishConfig',
    'allowScripts',
    'overrides',
    'bundleDependencies',
    'dependencies',
  ];
  for (const value of [
    'null',
    '1',
    'true',
    '"x"',
    '[]',
    '{}',
    '[[1]]',
    '{"packageManager": 1}',
    '{"a": {"b": []}}',
  ]) {
    const manifest = read(`{${keys.map((key) => `"${key}": ${value}`).join(',')}}`);
    assert.deepEqual(manifest.problems, []);
  }
  for (const text of ['', ' ', '[]', 'null', '"x"', '12', '}', ']', ',', ':']) {
    assert.equal(read(text).rootSpan, undefined);
    assert.deepEqual(read(text).dependencies, []);
  }
});

test('a byte order mark and comments are read over; comments and trailing commas are problems', () => {
  assert.deepEqual(read('\ufeff{"name": "x"}').problems, []);
  const manifest = read('{ // why\n "dependencies": { "a": "1", /* b */ "b": "2", } }');
  assert.deepEqual(
    manifest.dependencies.map((each) => each.name),
    ['a', 'b'],
  );
  assert.equal(manifest.problems.length, 2);
});

test('a line that is being typed does not disturb its neighbours', () => {
  const names = (text: string) =>
    read(text).dependencies.map((each) => [each.name, each.declared, each.valueType]);
  const b = ['b', '2', 'string'];
  assert.deepEqual(names('{"dependencies": {\n"a"\n"b": "2"}}'), [b]);
  assert.deepEqual(names('{"dependencies": {\n"a\n"b": "2"}}'), [b]);
  assert.deepEqual(names('{"dependencies": {\n"a":\n"b": "2"}}'), [['a', undefined, 'missing'], b]);
  assert.deepEqual(names('{"dependencies": {\n"a": "1\n"b": "2"}}'), [['a', undefined, 'missing'], b]);
  assert.deepEqual(names('{"dependencies": {\n"a": ^1\n"b": "2"}}'), [['a', undefined, 'missing'], b]);
  assert.deepEqual(names('{"dependencies": {\n"a": "1"\n"b": "2"}}'), [['a', '1', 'string'], b]);
  assert.deepEqual(names('{"dependencies": {\n"a": {\n"b": "2"}}'), [['a', undefined, 'object']]);
  assert.deepEqual(read('{"dependencies": { "a": "1", "devDependencies": {}}').sections.length, 1);
});

test('cut after each character, and with each character gone: never throws, no span outside the text', () => {
  for (let at = 0; at <= FULL.length; at++) {
    for (const text of [FULL.slice(0, at), FULL.slice(0, at) + FULL.slice(at + 1)]) {
      for (const { start, end } of spansOf(read(text))) {
        assert.ok(0 <= start && start <= end && end <= text.length, `${start}-${end} of ${text.length}`);
      }
    }
  }
});

test('hostile nesting and size', () => {
  const deep = 100_000;
  const started = cpuTime();
  for (const text of [
    '['.repeat(deep),
    '{"a":'.repeat(deep),
    `{"overrides": ${'{"a":'.repeat(deep)}"1"${'}'.repeat(deep)}}`,
    `${'['.repeat(deep)}${'}'.repeat(deep)}`,
    '"'.repeat(deep),
    '/*'.repeat(deep),
    ',:'.repeat(deep),
  ]) {
    assert.equal(read(text).kind, 'manifest');
  }
  assert.ok(cpuTime() - started < 20_000);
});

test('dependencyAt', () => {
  const manifest = read(FULL);
  const at = FULL.indexOf('"react-17"');
  assert.equal(dependencyAt(manifest, at)?.name, 'react-17');
  assert.equal(dependencyAt(manifest, at + '"react-17": "npm:react@17"'.length)?.name, 'react-17');
  assert.equal(dependencyAt(manifest, 0), undefined);
  assert.equal(dependencyAt(manifest, FULL.length), undefined);
});

const CORPUS = join(import.meta.dirname, '../../../../../shared/corpus');

test(`each manifest of the corpus is read as JSON.parse reads it${existsSync(CORPUS) ? '' : ' (no corpus)'}`, () => {
  let count = 0;
  for (const path of globSync('**/package.json', { cwd: CORPUS })) {
    const text = readFileSync(join(CORPUS, path), 'utf8');
    const manifest = read(text);
    const expected = JSON.parse(text.replace(/^\ufeff/, '')) as Record<string, Record<string, string>>;
    count++;
    assert.deepEqual(manifest.problems, [], path);
    for (const { section, dependencies } of manifest.sections) {
      const actual = Object.fromEntries(dependencies.map((each) => [each.name, each.declared]));
      assert.deepEqual(actual, expected[section], `${path} ${section}`);
    }
  }
  assert.ok(count > 100 || !existsSync(CORPUS), `${count} manifests`);
});
