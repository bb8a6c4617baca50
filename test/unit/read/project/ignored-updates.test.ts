import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ignoredUpdates } from '../../../../server/src/core/read/project/manager/ignored-updates.ts';
import { openWorkspace } from '../../../workspace.ts';

const NAMES = ['react', 'react-dom', '@babel/core', '@babel/preset-env', 'vue'];

async function ignored(manager: string, pnpm: object, workspace: string): Promise<readonly string[]> {
  const manifest = JSON.stringify({ packageManager: manager, pnpm });
  const file = workspace === '' ? '' : `-- pnpm-workspace.yaml --\n${workspace}`;
  const { snapshot } = await openWorkspace(`-- package.json --\n${manifest}\n${file}`);
  return NAMES.filter(ignoredUpdates(snapshot.projects[0]!.project));
}

const inManifest = (...patterns: string[]) => ({ updateConfig: { ignoreDependencies: patterns } });
const inWorkspace = (...patterns: string[]) =>
  `updateConfig:\n  ignoreDependencies: ${JSON.stringify(patterns)}\n`;

describe('what pnpm leaves alone when it updates everything', () => {
  const cases: readonly (readonly [manager: string, pnpm: object, workspace: string, names: string[]])[] = [
    ['pnpm@10.30.0', {}, '', []],
    ['pnpm@10.30.0', inManifest('react'), '', ['react']],
    ['pnpm@10.30.0', inManifest('react*', 'vue'), '', ['react', 'react-dom', 'vue']],
    ['pnpm@10.30.0', {}, inWorkspace('@babel/*'), ['@babel/core', '@babel/preset-env']],
    ['pnpm@10.30.0', inManifest('vue'), inWorkspace('react'), ['react']],
    ['pnpm@11.2.0', inManifest('vue'), '', []],
    ['pnpm@12.21.0', {}, `update: { ignoreDeps: [vue] }\n${inWorkspace('react')}`, ['vue']],
    ['pnpm@11.2.0', {}, inWorkspace('*', '!@babel/*'), ['react', 'react-dom', 'vue']],
    ['pnpm@11.2.0', {}, inWorkspace('!vue'), ['react', 'react-dom', '@babel/core', '@babel/preset-env']],
    [
      'pnpm@11.2.0',
      {},
      inWorkspace('*', '!react*', 'react-dom'),
      ['react-dom', '@babel/core', '@babel/preset-env', 'vue'],
    ],
    ['pnpm@11.2.0', {}, inWorkspace('*'), NAMES],
    ['pnpm@11.2.0', {}, 'updateConfig: react\n', []],
    ['pnpm@11.2.0', {}, 'updateConfig:\n  ignoreDependencies:\n', []],
    ['npm@11.21.0', inManifest('react'), inWorkspace('react'), []],
    ['yarn@4.18.1', inManifest('react'), inWorkspace('react'), []],
  ];
  for (const [manager, pnpm, workspace, names] of cases) {
    test(`${manager} ${JSON.stringify(pnpm)} ${JSON.stringify(workspace)}`, async () => {
      assert.deepEqual(await ignored(manager, pnpm, workspace), names);
    });
  }
});
