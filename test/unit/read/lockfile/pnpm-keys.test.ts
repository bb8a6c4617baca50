import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { linkedPath } from '../../../../server/src/core/read/lockfile/pnpm/pnpm-importer.ts';
import {
  type KeyStyle,
  keyOfReference,
  packageKeyOf,
  partsOfKey,
} from '../../../../server/src/core/read/lockfile/pnpm/pnpm-keys.ts';

function nameAndVersion(key: string, style: KeyStyle): readonly (string | undefined)[] {
  const { name, version } = partsOfKey(key, style);
  return [name && key.slice(name.start, name.end), version && key.slice(version.start, version.end)];
}

describe('partsOfKey', () => {
  const cases: readonly (readonly [KeyStyle, string, string | undefined, string | undefined])[] = [
    [5, '/a/1.0.0', 'a', '1.0.0'],
    [5, '/@s/a/1.0.0-beta.1', '@s/a', '1.0.0-beta.1'],
    [5, '/a/1.0.0_b@2.0.0', 'a', '1.0.0'],
    [5, '/a/1.0.0_@s+b@2.0.0+c@3.0.0', 'a', '1.0.0'],
    [5, '/a/1.0.0_3f2a1b', 'a', '1.0.0'],
    [5, 'registry.example.test/a/1.0.0', 'a', '1.0.0'],
    [5, 'registry.example.test/@s/a/1.0.0_b@2.0.0', '@s/a', '1.0.0'],
    [5, 'host.example.test/o/r/7e4fef9f0828b11c7a9655b95425f32094f2daa2', undefined, undefined],
    [5, '@host.example.test/o/r/tar.gz/7e4fef9f', undefined, undefined],
    [5, 'file:projects/a.tgz', undefined, undefined],
    [5, '/', undefined, undefined],
    [5, '', undefined, undefined],
    [6, '/a@1.0.0', 'a', '1.0.0'],
    [6, '/@s/a@1.0.0(@s/b@2.0.0)(c@3.0.0(d@4.0.0))', '@s/a', '1.0.0'],
    [6, 'a@1.0.0', 'a', '1.0.0'],
    [6, 'registry.example.test/@s/a@1.0.0', '@s/a', '1.0.0'],
    [6, 'registry.example.test/npm/a@1.0.0(b@1.0.0)', 'a', '1.0.0'],
    [6, 'host.example.test/o/r/7e4fef9f0828b11c7a9655b95425f32094f2daa2', undefined, undefined],
    [6, 'file:packages/a', undefined, undefined],
    [6, 'file:packages/a@1.0.0', undefined, undefined],
    [9, 'a@1.0.0', 'a', '1.0.0'],
    [9, '@s/a@1.0.0-rc.1+build.2', '@s/a', '1.0.0-rc.1+build.2'],
    [9, 'a@work:1.0.0', 'a', '1.0.0'],
    [9, 'node@runtime:26.7.0', 'node', '26.7.0'],
    [9, 'a@https://host.example.test/o/r/tar.gz/7e4fef9f', 'a', undefined],
    [9, '@s/a@git+ssh://git@host.example.test/o/r.git#7e4fef9f', '@s/a', undefined],
    [9, 'a@file:packages/a', 'a', undefined],
    [9, 'a', undefined, undefined],
    [9, '@', undefined, undefined],
  ];
  for (const [style, key, name, version] of cases) {
    test(`${style}: ${key}`, () => assert.deepEqual(nameAndVersion(key, style), [name, version]));
  }
});

describe('keyOfReference', () => {
  const cases: readonly (readonly [KeyStyle, string, string, string])[] = [
    [5, 'a', '1.0.0_b@2.0.0', '/a/1.0.0_b@2.0.0'],
    [5, '@s/a', '1.0.0', '/@s/a/1.0.0'],
    [5, 'a', '/@s/real/1.0.0', '/@s/real/1.0.0'],
    [5, 'a', 'host.example.test/o/r/7e4fef9f', 'host.example.test/o/r/7e4fef9f'],
    [5, 'a', 'file:a.tgz', 'file:a.tgz'],
    [6, 'a', '1.0.0', '/a@1.0.0'],
    [6, 'a', '1.0.0(@s/b@2.0.0)', '/a@1.0.0(@s/b@2.0.0)'],
    [6, 'a', '/@s/real@1.0.0(b@2.0.0)', '/@s/real@1.0.0(b@2.0.0)'],
    [6, 'a', 'file:packages/a(b@2.0.0)', 'file:packages/a(b@2.0.0)'],
    [9, 'a', '1.0.0', 'a@1.0.0'],
    [9, 'a', '1.0.0(b@2.0.0)', 'a@1.0.0(b@2.0.0)'],
    [9, 'a', 'real@1.0.0', 'real@1.0.0'],
    [9, 'a', '@s/real@1.0.0(b@2.0.0)', '@s/real@1.0.0(b@2.0.0)'],
    [9, 'a', 'https://host.example.test/a.tgz', 'a@https://host.example.test/a.tgz'],
    [
      9,
      'a',
      'git+ssh://git@host.example.test/o/r.git#7e4f',
      'a@git+ssh://git@host.example.test/o/r.git#7e4f',
    ],
    [9, 'a', 'file:packages/a(b@2.0.0)', 'a@file:packages/a(b@2.0.0)'],
    [9, 'node', 'runtime:26.7.0', 'node@runtime:26.7.0'],
  ];
  for (const [style, name, reference, key] of cases) {
    test(`${style}: ${name}: ${reference}`, () => assert.equal(keyOfReference(name, reference, style), key));
  }
});

test('a snapshot belongs to the package of its key without the peers', () => {
  assert.equal(packageKeyOf('a@1.0.0'), 'a@1.0.0');
  assert.equal(packageKeyOf('a@1.0.0(b@2.0.0(c@3.0.0))(d@4.0.0)'), 'a@1.0.0');
  assert.equal(packageKeyOf('a@1.0.0(patch_hash=ab)(b@2.0.0)'), 'a@1.0.0');
  assert.equal(packageKeyOf('a@file:x(y)/z'), 'a@file:x(y)/z');
  assert.equal(packageKeyOf('a@file:x(y)/z(b@2.0.0)'), 'a@file:x(y)/z');
  assert.equal(packageKeyOf('a)'), 'a)');
  assert.equal(packageKeyOf(')))'), ')))');
});

test('a link is relative to the folder that it stands in', () => {
  assert.equal(linkedPath('', 'link:packages/a'), 'packages/a');
  assert.equal(linkedPath('packages/a', 'link:../b'), 'packages/b');
  assert.equal(linkedPath('packages/a', 'link:../..'), '');
  assert.equal(linkedPath('packages/a', 'link:'), 'packages/a');
  assert.equal(linkedPath('', 'link:../other'), '../other');
  assert.equal(linkedPath('../x', 'link:../y'), '../y');
  assert.equal(linkedPath('..', 'link:../y'), '../../y');
});
