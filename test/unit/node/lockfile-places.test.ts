import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { joinUri, type Uri } from '../../../server/src/core/read/text/paths/uri.ts';
import type { FilesPort } from '../../../server/src/engine/ports.ts';
import { createDiskFiles, uriOfPath } from '../../../server/src/node/disk-files.ts';

/**
 * Something with a lockfile's name that is not a file still exists: its project does not count as one
 * without a lockfile.
 */
let base: string;
let root: Uri;
let files: FilesPort;

before(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'dephygiene-')));
  const folder = join(base, 'project');
  await mkdir(join(folder, 'yarn.lock'), { recursive: true });
  await writeFile(join(base, 'outside.json'), '{"lockfileVersion":3}');
  await symlink('../outside.json', join(folder, 'package-lock.json'));
  await symlink('bun.lock', join(folder, 'bun.lock'));
  root = uriOfPath(folder);
  files = createDiskFiles(() => [root]);
});

after(() => rm(base, { recursive: true, force: true }));

test('each is listed as a file', async () => {
  const items = await files.list(root);
  assert.deepEqual(items, [
    { name: 'bun.lock', type: 'file' },
    { name: 'package-lock.json', type: 'file' },
    { name: 'yarn.lock', type: 'file' },
  ]);
});

test('reading it says what is wrong', async () => {
  const refused = async (name: string) => {
    const found = await files.read(joinUri(root, name));
    return found.type === 'refused' ? found.reason : found.type;
  };
  assert.equal(await refused('yarn.lock'), 'is a folder');
  assert.equal(await refused('package-lock.json'), 'leads out of the folder that is checked');
  assert.match(await refused('bun.lock'), /^is a symbolic link that cannot be followed$/);
});
