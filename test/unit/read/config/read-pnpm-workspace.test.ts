import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readPnpmWorkspace } from '../../../../server/src/core/read/config/pnpm/read-pnpm-workspace.ts';
import type { Located } from '../../../../server/src/core/read/text/span.ts';

const TEXT = `packages:
  - packages/*
  - '!packages/old'
catalog:
  react: ^18.2.0
  zod: 4
catalogs:
  legacy:
    react: "^17.0.0"
overrides:
  'a@1>b': 2.0.0
  c: '-'
allowBuilds:
  esbuild: true
  core-js: false
  sharp: set this to true or false
onlyBuiltDependencies: [esbuild, 'sharp']
ignoredBuiltDependencies:
  - core-js
neverBuiltDependencies: []
packageExtensions:
  react-redux@1:
    peerDependencies:
      react-dom: '*'
patchedDependencies:
  is-odd@1.0.0: patches/is-odd.patch
registries:
  default: https://npm.acme.example.test/
  '@acme': https://acme.example.test/
minimumReleaseAge: 1440
`;

describe('pnpm-workspace.yaml', () => {
  const file = readPnpmWorkspace('file:///w/pnpm-workspace.yaml', TEXT);
  const cut = ({ span }: Pick<Located<unknown>, 'span'>) => TEXT.slice(span.start, span.end);

  test('its members, catalogs and overrides have their places', () => {
    assert.deepEqual(file.problems, []);
    assert.deepEqual(file.packages?.map(cut), ['packages/*', "'!packages/old'"]);
    assert.deepEqual(
      file.catalogs.map(({ catalog, name, value, isText }) => [catalog, cut(name), cut(value), isText]),
      [
        ['default', 'react', '^18.2.0', true],
        ['default', 'zod', '4', false],
        ['legacy', 'react', '"^17.0.0"', true],
      ],
    );
    assert.deepEqual(
      file.overrides.map(({ key, value }) => [key.value, value?.text]),
      [
        ['a@1>b', '2.0.0'],
        ['c', '-'],
      ],
    );
  });

  test('decisions about build scripts', () => {
    assert.deepEqual(
      file.allowBuilds.map(({ key, value }) => [key.value, value?.value]),
      [
        ['esbuild', true],
        ['core-js', false],
        ['sharp', 'set this to true or false'],
      ],
    );
    assert.deepEqual(file.onlyBuiltDependencies.map(cut), ['esbuild', "'sharp'"]);
    assert.deepEqual(file.ignoredBuiltDependencies.map(cut), ['core-js']);
    assert.deepEqual(file.neverBuiltDependencies, []);
  });

  test('extensions, patches and registries', () => {
    assert.deepEqual(file.packageExtensions.map(cut), ['react-redux@1']);
    assert.deepEqual(
      file.patchedDependencies.map(({ key, value }) => [key.value, value?.text]),
      [['is-odd@1.0.0', 'patches/is-odd.patch']],
    );
    assert.deepEqual(
      file.registries.map(({ key, value }) => [key.value, value?.text]),
      [
        ['default', 'https://npm.acme.example.test/'],
        ['@acme', 'https://acme.example.test/'],
      ],
    );
  });

  test('every other setting is there as well', () => {
    const value = file.setting('minimumReleaseAge')?.value;
    assert.equal(value?.type === 'scalar' && value.value, 1440);
    assert.equal(file.setting('nothing'), undefined);
    assert.equal(file.settings.length, 12);
  });

  test('no `packages` is something else than none', () => {
    assert.equal(readPnpmWorkspace('', 'catalog: {}\n').packages, undefined);
    assert.deepEqual(readPnpmWorkspace('', 'packages: []\n').packages, []);
  });

  test('a key that appears twice is a problem, and the last one counts', () => {
    const twice = readPnpmWorkspace('', 'packages: [a]\npackages: [b]\n');
    assert.deepEqual(
      twice.problems.map(({ message, span }) => [message, span.start]),
      [["'packages' appears twice here.", 14]],
    );
    assert.deepEqual(
      twice.packages?.map(({ value }) => value),
      ['b'],
    );
  });

  test('values of a wrong type are left out', () => {
    const odd = readPnpmWorkspace(
      '',
      'packages: a\ncatalog: [x]\ncatalogs: 1\noverrides: x\nallowBuilds: [a]\n',
    );
    assert.deepEqual(
      [odd.packages, odd.catalogs, odd.overrides, odd.allowBuilds, odd.problems],
      [undefined, [], [], [], []],
    );
  });
});
