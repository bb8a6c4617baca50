import assert from 'node:assert/strict';
import { test } from 'node:test';
import { relativeUri } from '../../../server/src/core/read/text/paths/uri.ts';
import { installFolders } from '../../../server/src/engine/projects/install-folders.ts';
import { installedScripts } from '../../../server/src/engine/projects/installed-scripts.ts';
import { assertLinear, cpuTime } from '../../cpu-time.ts';
import { memoryFiles, ROOT } from '../../workspace.ts';
import { loadHarness, manifest } from './session-harness.ts';

const BAD = { name: '@a/axios', version: '1.14.1' };

async function foldersOf(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const harness = await loadHarness({
    'package.json': manifest({ name: 'shop', workspaces: ['lib'] }),
    ...files,
  });
  const { project } = harness.session.snapshot().projects[0]!;
  const disk = memoryFiles(new Map(Object.entries(files).map(([path, text]) => [`${ROOT}/${path}`, text])));
  const found = await installFolders(disk, project, BAD);
  return found.map((uri) => relativeUri(ROOT, uri)).sort();
}

test('beside the root and its members, where an npm lockfile puts the version', async () => {
  const packages = {
    '': { name: 'shop' },
    'node_modules/@a/axios': { version: '1.14.0' },
    'node_modules/x/node_modules/@a/axios': { version: '1.14.1' },
    'node_modules/y': { name: '@a/axios', version: '1.14.1' },
    '../../node_modules/@a/axios': { version: '1.14.1' },
    'node_modules/../../node_modules/@a/axios': { version: '1.14.1' },
  };
  assert.deepEqual(
    await foldersOf({
      'lib/package.json': manifest({ name: 'lib' }),
      'package-lock.json': manifest({ lockfileVersion: 3, packages }),
    }),
    [
      'lib/node_modules/@a/axios',
      'node_modules/@a/axios',
      'node_modules/x/node_modules/@a/axios',
      'node_modules/y',
    ],
  );
});

test('and in the store of pnpm, with whatever peers', async () => {
  const stored = (name: string) => [`node_modules/.pnpm/${name}/node_modules/@a/axios/index.js`, ''] as const;
  assert.deepEqual(
    await foldersOf(
      Object.fromEntries(
        ['@a+axios@1.14.1', '@a+axios@1.14.1_react@1.0.0', '@a+axios@1.14.10', '@a+axios@1.14.0'].map(stored),
      ),
    ),
    [
      'node_modules/.pnpm/@a+axios@1.14.1/node_modules/@a/axios',
      'node_modules/.pnpm/@a+axios@1.14.1_react@1.0.0/node_modules/@a/axios',
      'node_modules/@a/axios',
    ],
  );
});

test('and beside the archives of Yarn, where it unpacks what has scripts', async () => {
  const unpacked = (name: string) => [`.yarn/unplugged/${name}/node_modules/@a/axios/index.js`, ''] as const;
  assert.deepEqual(
    await foldersOf(
      Object.fromEntries(
        [
          '@a-axios-npm-1.14.1-0a974f48cc',
          '@a-axios-virtual-5b1',
          '@a-axios-npm-1.14.10-0a97',
          'axios-npm-1.14.1-0a',
        ].map(unpacked),
      ),
    ),
    [
      '.yarn/unplugged/@a-axios-npm-1.14.1-0a974f48cc/node_modules/@a/axios',
      '.yarn/unplugged/@a-axios-virtual-5b1/node_modules/@a/axios',
      'node_modules/@a/axios',
    ],
  );
});

test('of thousands of copies of one version in a time that grows with their number', async () => {
  await assertLinear(4000, async (copies) => {
    const packages = Object.fromEntries(
      Array.from({ length: copies }, (_, index) => [
        `node_modules/p${index}/node_modules/a`,
        { version: '1.0.0', hasInstallScript: true },
      ]),
    );
    const files = { 'package-lock.json': manifest({ lockfileVersion: 3, packages }) };
    const harness = await loadHarness({ 'package.json': manifest({ name: 'shop' }), ...files });
    const { project } = harness.session.snapshot().projects[0]!;
    const disk = memoryFiles(new Map());
    const start = cpuTime();
    await installedScripts(disk, project, project.lockfile!.entries);
    return cpuTime() - start;
  });
});
