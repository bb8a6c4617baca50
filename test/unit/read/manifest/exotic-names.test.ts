import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exoticSourcesIn } from '../../../../server/src/core/read/manifest/exotic-names.ts';
import { readManifest } from '../../../../server/src/core/read/manifest/read-manifest.ts';
import { localFolders } from '../../../../server/src/core/read/project/local-folders.ts';

const DEPENDENCIES = {
  range: '^1.0.0',
  tag: 'latest',
  alias: 'npm:other@1',
  tarball: 'tarball-1.0.0.tgz',
  packed: 'PACKED.TAR.GZ',
  dot: '.',
  beside: '../beside',
  file: 'file:a.tgz',
  link: 'link:./linked',
  home: '~/mine',
  hosted: 'owner/repository',
  git: 'git@host.example.test:a/b.git',
  url: 'https://host.example.test/a.tgz',
  member: 'workspace:*',
};

const MANIFEST = readManifest('file:///p/package.json', JSON.stringify({ dependencies: DEPENDENCIES }));

test('everything that comes from elsewhere than a registry is told by its specifier, with a slash or without', () => {
  assert.deepEqual(
    [...exoticSourcesIn('file:///p', [MANIFEST]).keys()],
    ['tarball', 'packed', 'dot', 'beside', 'file', 'link', 'home', 'hosted', 'git', 'url'],
  );
  assert.deepEqual([...localFolders(MANIFEST)], ['.', '../beside', './linked']);
});
