import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Manifest } from '../../../../server/src/core/read/manifest/manifest.ts';
import { readManifest } from '../../../../server/src/core/read/manifest/read-manifest.ts';
import { updateManifest } from '../../../../server/src/core/read/manifest/update-manifest.ts';
import type { Located } from '../../../../server/src/core/read/text/span.ts';
import { changeOf } from '../../../../server/src/core/read/text/text-change.ts';

const TEXT = JSON.stringify(
  {
    name: 'shop',
    dependencies: { a: 'catalog:', b: '^1.0.0' },
    workspaces: { packages: ['m/*'], catalog: { a: '^1.0.0' }, catalogs: { old: { a: '^0.9.0' } } },
    catalog: { c: '^3.0.0' },
    catalogs: { next: { c: '^4.0.0' } },
    resolutions: { 'a/b': '1.0.0', c: { d: '1' } },
    pnpm: {
      overrides: { 'x@1>y': '2.0.0' },
      onlyBuiltDependencies: ['esbuild'],
      ignoredBuiltDependencies: ['core-js'],
      neverBuiltDependencies: ['fsevents'],
      patchedDependencies: {},
    },
    trustedDependencies: ['esbuild', 1, 'sharp'],
    dependenciesMeta: { esbuild: { built: true }, sharp: { built: false }, x: {} },
    peerDependenciesMeta: { p: { optional: true }, q: { optional: false }, r: {} },
  },
  null,
  2,
);

const cut = ({ span }: Pick<Located<unknown>, 'span'>) => TEXT.slice(span.start, span.end);

describe('fields of package.json that pnpm, Yarn and Bun read', () => {
  const manifest = readManifest('file:///w/package.json', TEXT);

  test('catalogs of Bun, at the top and in `workspaces`', () => {
    assert.deepEqual(
      manifest.catalogs.map(({ catalog, name, value }) => [catalog, cut(name), cut(value)]),
      [
        ['default', '"c"', '"^3.0.0"'],
        ['next', '"c"', '"^4.0.0"'],
        ['default', '"a"', '"^1.0.0"'],
        ['old', '"a"', '"^0.9.0"'],
      ],
    );
    assert.deepEqual(
      manifest.workspaces?.patterns.map(({ value }) => value),
      ['m/*'],
    );
  });

  test('resolutions, flat ones only', () => {
    assert.deepEqual(
      manifest.resolutions.map(({ path, value }) => [path.map(cut), cut(value)]),
      [[['"a/b"'], '"1.0.0"']],
    );
  });

  test('the settings of pnpm', () => {
    const { pnpm } = manifest;
    assert.ok(pnpm);
    assert.equal(TEXT.slice(pnpm.keySpan.start, pnpm.keySpan.end), '"pnpm"');
    assert.deepEqual(
      pnpm.overrides.map(({ path, value }) => [path[0]?.value, value.value]),
      [['x@1>y', '2.0.0']],
    );
    assert.deepEqual(
      [pnpm.onlyBuiltDependencies, pnpm.ignoredBuiltDependencies, pnpm.neverBuiltDependencies].map((list) =>
        list.map(cut),
      ),
      [['"esbuild"'], ['"core-js"'], ['"fsevents"']],
    );
    assert.equal(pnpm.keys.length, 5);
  });

  test('decisions of Bun and Yarn about scripts, and optional peers', () => {
    assert.deepEqual(manifest.trustedDependencies?.names.map(cut), ['"esbuild"', '"sharp"']);
    assert.deepEqual(
      [...manifest.dependenciesMeta].map(([name, { built }]) => [name, built?.value]),
      [
        ['esbuild', true],
        ['sharp', false],
        ['x', undefined],
      ],
    );
    assert.deepEqual([...manifest.optionalPeers], ['p']);
  });

  test('values of a wrong type are left out', () => {
    const odd = readManifest(
      '',
      '{"catalog":1,"catalogs":{"a":"b"},"resolutions":["x"],"pnpm":true,"trustedDependencies":"a","dependenciesMeta":[],"peerDependenciesMeta":{"a":1}}',
    );
    assert.deepEqual(
      [
        odd.catalogs,
        odd.resolutions,
        odd.pnpm,
        odd.trustedDependencies,
        odd.dependenciesMeta.size,
        odd.optionalPeers.size,
      ],
      [[], [], undefined, undefined, 0, 0],
    );
  });

  test('an edit above them moves their places', () => {
    const at = TEXT.indexOf('^1.0.0');
    const text = `${TEXT.slice(0, at)}~11${TEXT.slice(at + 1)}`;
    const updated = updateManifest(manifest, text, changeOf({ start: at, end: at + 1 }, '~11'));
    assert.deepEqual(plain(updated), plain(readManifest(manifest.uri, text)));
  });
});

/** Returns the manifest without the class of dependencies, whose private members are not compared. */
function plain(manifest: Manifest | undefined): object {
  const { dependencies: _, sections: __, ...rest } = manifest ?? readManifest('', '');
  return rest;
}
