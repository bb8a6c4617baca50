import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  folderOfPath,
  MAX_PATH_NAMES,
  namesOfPath,
} from '../../../../server/src/core/read/lockfile/bun/package-path.ts';
import { readResolution } from '../../../../server/src/core/read/lockfile/bun/resolution.ts';

const paths: readonly (readonly [path: string, names: readonly string[]])[] = [
  ['a', ['a']],
  ['@s/a', ['@s/a']],
  ['a/b', ['a', 'b']],
  ['a/@s/b', ['a', '@s/b']],
  ['@s/a/b', ['@s/a', 'b']],
  ['@s/a/@t/b/c', ['@s/a', '@t/b', 'c']],
];
for (const [path, names] of paths) {
  test(`the path ${path} is that of ${names.join(', ')}`, () => {
    assert.deepEqual(namesOfPath(path), names);
    assert.equal(folderOfPath(path), names.at(-1));
  });
}

test('odd paths have names, too deep ones have none', () => {
  for (const path of ['', '/', '@', '@/', 'a/', '/a', '//']) {
    assert.equal(namesOfPath(path)?.join('/'), path);
    assert.equal(typeof folderOfPath(path), 'string');
  }
  assert.equal(namesOfPath(Array(MAX_PATH_NAMES).fill('a').join('/'))?.length, MAX_PATH_NAMES);
  assert.equal(
    namesOfPath(
      Array(MAX_PATH_NAMES + 1)
        .fill('a')
        .join('/'),
    ),
    undefined,
  );
});

const resolutions: readonly (readonly [text: string, name: string, source: string])[] = [
  ['a@1.0.0', 'a', 'registry'],
  ['@s/a@1.0.0-rc.1+build.5', '@s/a', 'registry'],
  ['a@root:', 'a', 'root'],
  ['@root:', '', 'root'],
  ['a@link:b', 'a', 'link'],
  ['a@workspace:packages/a', 'a', 'workspace'],
  ['a@file:local/a', 'a', 'directory'],
  ['a@file:a-1.0.0.tgz', 'a', 'file'],
  ['a@./a.tgz', 'a', 'file'],
  ['a@1.0.0-a.tgz', 'a', 'file'],
  ['a@https://files.example.test/a.tgz', 'a', 'tarball'],
  ['@s/a@git+ssh://git@host.example.test/o/a.git#0123456', '@s/a', 'git'],
  ['a@git@host.example.test:o/a.git#0123456', 'a', 'git'],
  ['a@github:o/a#0123456', 'a', 'git'],
];
for (const [text, name, source] of resolutions) {
  test(`${text} comes from: ${source}`, () => {
    const read = readResolution(text);
    assert.deepEqual([text.slice(0, read?.at), read?.source], [name, source]);
  });
}

test('what Bun would not read has no source', () => {
  for (const text of [
    '',
    'a',
    '@',
    '@s/a',
    'a@',
    'a@latest',
    'a@1',
    'a@1.0',
    'a@1.0.0x',
    'a@1.0.0-a/b',
    'a@foo:b',
  ]) {
    assert.equal(readResolution(text), undefined, text);
  }
});
