import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { managerOfLockfile } from '../../../../server/src/core/read/manager/manager-of-lockfile.ts';
import type { LockfileKind } from '../../../../server/src/core/read/manager/model/files.ts';
import type { ManagerHints } from '../../../../server/src/core/read/manager/model/manager-hints.ts';
import { readPackageManager } from '../../../../server/src/core/read/manager/read-package-manager.ts';
import { readManifest } from '../../../../server/src/core/read/manifest/read-manifest.ts';
import { detectPackageManager } from '../../../../server/src/core/read/project/manager/package-manager.ts';

interface Case {
  readonly manifest?: object;
  readonly lockfiles?: readonly LockfileKind[];
  readonly files?: readonly string[];
  /** Name, version or "-", and its source. */
  readonly expected: string;
}

const CASES: readonly Case[] = [
  { expected: 'npm - default' },
  { manifest: { packageManager: 'npm@11.19.1' }, expected: 'npm 11.19.1 packageManager' },
  { manifest: { packageManager: 'pnpm@10.1.0+sha512.abc' }, expected: 'pnpm 10.1.0 packageManager' },
  { manifest: { packageManager: 'yarn@stable' }, expected: 'yarn - packageManager' },
  { manifest: { packageManager: 'bun' }, expected: 'bun - packageManager' },
  { manifest: { packageManager: 'npm@^11' }, expected: 'npm - packageManager' },
  { manifest: { packageManager: 'npm@11' }, expected: 'npm - packageManager' },
  { manifest: { packageManager: 'cnpm@1.0.0' }, expected: 'npm - default' },
  { manifest: { packageManager: '' }, expected: 'npm - default' },
  { manifest: { packageManager: 7 }, expected: 'npm - default' },
  {
    manifest: { packageManager: 'yarn@4.0.0' },
    lockfiles: ['package-lock'],
    expected: 'yarn 4.0.0 packageManager',
  },
  {
    manifest: { devEngines: { packageManager: { name: 'pnpm', version: '9.1.0' } } },
    lockfiles: ['yarn'],
    expected: 'pnpm 9.1.0 devEngines',
  },
  {
    manifest: { devEngines: { packageManager: [{ name: 'cnpm' }, { name: 'yarn', version: '^4' }] } },
    expected: 'yarn - devEngines',
  },
  {
    manifest: { packageManager: 'npm@11.0.0', devEngines: { packageManager: { name: 'yarn' } } },
    expected: 'npm 11.0.0 packageManager',
  },
  { lockfiles: ['package-lock'], expected: 'npm - lockfile' },
  { lockfiles: ['npm-shrinkwrap', 'package-lock'], expected: 'npm - lockfile' },
  { lockfiles: ['yarn'], files: ['pnpm-workspace.yaml'], expected: 'yarn - lockfile' },
  { lockfiles: ['pnpm'], expected: 'pnpm - lockfile' },
  { lockfiles: ['bun', 'bun'], expected: 'bun - lockfile' },
  { lockfiles: ['package-lock', 'yarn'], expected: 'npm - default' },
  { lockfiles: ['package-lock', 'yarn'], files: ['.yarnrc.yml'], expected: 'yarn - configuration' },
  { files: ['pnpm-workspace.yaml'], expected: 'pnpm - configuration' },
  { files: ['bunfig.toml'], expected: 'bun - configuration' },
  { files: ['.npmrc'], expected: 'npm - default' },
];

describe('which package manager installs a project', () => {
  for (const { manifest, lockfiles = [], files = [], expected } of CASES) {
    const given = [manifest === undefined ? '' : JSON.stringify(manifest), ...lockfiles, ...files];
    test(`${given.filter((part) => part !== '').join(' ') || 'nothing'}: ${expected}`, () => {
      const model =
        manifest === undefined ? undefined : readManifest('file:///package.json', JSON.stringify(manifest));
      const { name, version, because } = detectPackageManager(model, lockfiles, new Set(files));
      assert.equal(`${name} ${version ?? '-'} ${because}`, expected);
    });
  }
});

describe('which version of it, and what says so', () => {
  const cases: readonly {
    readonly manifest?: object;
    readonly lockfiles?: readonly LockfileKind[];
    readonly files?: readonly string[];
    readonly hints?: ManagerHints;
    /** Name, version or "-", the source of the version or "-", the generation of Yarn or "-". */
    readonly expected: string;
  }[] = [
    { manifest: { packageManager: 'pnpm@10.1.0' }, expected: 'pnpm 10.1.0 packageManager -' },
    { manifest: { packageManager: 'yarn@4.18.1' }, expected: 'yarn 4.18.1 packageManager berry' },
    { manifest: { packageManager: 'yarn@1.22.22' }, expected: 'yarn 1.22.22 packageManager classic' },
    {
      manifest: {
        packageManager: 'pnpm@latest',
        devEngines: { packageManager: { name: 'pnpm', version: '9.1.0' } },
      },
      expected: 'pnpm 9.1.0 devEngines -',
    },
    { manifest: { volta: { pnpm: '9.2.0' } }, lockfiles: ['pnpm'], expected: 'pnpm 9.2.0 volta -' },
    { manifest: { volta: { yarn: '9.2.0' } }, lockfiles: ['pnpm'], expected: 'pnpm - - -' },
    { lockfiles: ['pnpm'], hints: { lockedPnpm: '12.0.0-rc.8' }, expected: 'pnpm 12.0.0-rc.8 lockfile -' },
    { lockfiles: ['package-lock'], hints: { lockedPnpm: '12.0.0' }, expected: 'npm - - -' },
    {
      lockfiles: ['yarn'],
      hints: { yarnPath: '.yarn/releases/yarn-4.18.0.cjs', yarnLockfile: 'berry' },
      expected: 'yarn 4.18.0 yarnPath berry',
    },
    {
      lockfiles: ['yarn'],
      hints: { yarnPath: '.yarn/releases/yarn-1.22.19.js' },
      expected: 'yarn 1.22.19 yarnPath classic',
    },
    { lockfiles: ['yarn'], hints: { yarnPath: 'scripts/yarn-berry.cjs' }, expected: 'yarn - - -' },
    {
      lockfiles: ['yarn'],
      hints: { yarnLockfile: 'classic' },
      files: ['.yarnrc.yml'],
      expected: 'yarn - - classic',
    },
    { lockfiles: ['yarn'], hints: { yarnLockfile: 'berry' }, files: ['.yarnrc'], expected: 'yarn - - berry' },
    { lockfiles: ['yarn'], files: ['.yarnrc.yml', '.yarnrc'], expected: 'yarn - - berry' },
    { lockfiles: ['yarn'], files: ['.yarnrc'], expected: 'yarn - - classic' },
    { files: ['.yarnrc.yml'], expected: 'yarn - - berry' },
    { lockfiles: ['yarn'], hints: { yarnrc: 'berry' }, expected: 'yarn - - berry' },
    { lockfiles: ['yarn'], hints: { yarnrc: 'berry' }, files: ['.yarnrc'], expected: 'yarn - - classic' },
    { lockfiles: ['yarn'], expected: 'yarn - - -' },
  ];
  for (const { manifest, lockfiles = [], files = [], hints, expected } of cases) {
    test(`${JSON.stringify({ ...manifest, ...hints })} ${[...lockfiles, ...files].join(' ')}: ${expected}`, () => {
      const model =
        manifest === undefined ? undefined : readManifest('file:///package.json', JSON.stringify(manifest));
      const found = detectPackageManager(model, lockfiles, new Set(files), hints);
      const { name, version, versionFrom, generation: yarn } = found;
      assert.equal([name, version ?? '-', versionFrom ?? '-', yarn ?? '-'].join(' '), expected);
    });
  }
});

test('a manager is one of those that are known', () => {
  assert.equal(readPackageManager(undefined), undefined);
  assert.equal(readPackageManager('@npm'), undefined);
  assert.equal(readPackageManager('NPM@1.0.0'), undefined);
  assert.deepEqual(readPackageManager('npm@'), { name: 'npm', version: undefined });
});

test('each lockfile is written by one manager', () => {
  const kinds: readonly LockfileKind[] = ['package-lock', 'npm-shrinkwrap', 'yarn', 'pnpm', 'bun'];
  assert.deepEqual(kinds.map(managerOfLockfile), ['npm', 'npm', 'yarn', 'pnpm', 'bun']);
});
