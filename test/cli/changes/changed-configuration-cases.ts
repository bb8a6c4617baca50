import { lockfileOf } from '../run-cli.ts';
import { PNPM, SHOP, YARN } from './changed-code.ts';
import type { Case } from './changed-code-cases.ts';

/** Returns the file as Rush writes it, with comments. */
function rush(settings: object): string {
  return `// Of Rush.\n${JSON.stringify(settings, undefined, 2)}\n`;
}

/** Changes of configuration of members, above the project and of Rush. */
export const CONFIGURATION_CASES: readonly Case[] = [
  {
    title: 'the registry in .npmrc of a member',
    base: {
      ...PNPM,
      'pnpm-workspace.yaml': 'packages: [packages/*]\n',
      'packages/b/package.json': { name: 'b' },
    },
    change: { 'packages/b/.npmrc': 'fund=false\nregistry=https://npm.evil.example.test\n' },
    found: ['packages/b/.npmrc registry=https://npm.evil.example.test warning'],
  },
  {
    title: 'the program in .yarnrc of a member',
    base: {
      'package.json': { ...SHOP, workspaces: ['packages/*'] },
      'yarn.lock': '# yarn lockfile v1\n',
      'packages/b/package.json': { name: 'b' },
    },
    change: { 'packages/b/.yarnrc': 'save-prefix, yarn-path "./y.js"\n', 'packages/b/y.js': 'evil\n' },
    found: ['packages/b/.yarnrc yarn-path warning'],
  },
  {
    title: 'the program that an unchanged .yarnrc of a member names',
    base: {
      'package.json': { ...SHOP, workspaces: ['packages/*'] },
      'yarn.lock': '# yarn lockfile v1\n',
      'packages/b/package.json': { name: 'b' },
      'packages/b/.yarnrc': 'yarn-path "./y.js"\n',
      'packages/b/y.js': 'good\n',
    },
    change: { 'packages/b/y.js': 'evil\n' },
    found: ['packages/b/y.js evil warning'],
  },
  {
    title: 'the program in .yarnrc.yml of a member',
    base: {
      ...YARN,
      'package.json': { ...SHOP, workspaces: ['packages/*'] },
      'packages/b/package.json': { name: 'b' },
    },
    change: { 'packages/b/.yarnrc.yml': 'yarnPath: ./y.js\n', 'packages/b/y.js': 'evil\n' },
    found: ['packages/b/.yarnrc.yml yarnPath warning'],
  },
  {
    title: 'the registry in .npmrc above the project',
    base: { 'web/package.json': SHOP, 'web/yarn.lock': '# yarn lockfile v1\n', '.npmrc': 'fund=false\n' },
    change: { '.npmrc': 'registry=https://npm.evil.example.test\n' },
    found: ['.npmrc registry=https://npm.evil.example.test warning'],
  },
  {
    title: 'the registry that Rush hands to pnpm',
    base: {
      'web/package.json': SHOP,
      'web/package-lock.json': lockfileOf({ a: '1.0.0' }),
      'common/config/rush/.npmrc': 'registry=https://npm.acme.example.test\n',
    },
    change: { 'common/config/rush/.npmrc': 'registry=https://npm.evil.example.test\n' },
    found: ['common/config/rush/.npmrc registry=https://npm.evil.example.test warning'],
  },
  {
    title: 'an older pnpm, a hook and a program of it in rush.json',
    base: {
      ...PNPM,
      'rush.json': rush({ pnpmVersion: '9.15.0', eventHooks: { postRushInstall: ['node tools/a.js'] } }),
      'tools/a.js': 'good()\n',
    },
    change: {
      'rush.json': rush({
        pnpmVersion: '5.0.0',
        eventHooks: { postRushInstall: ['node tools/a.js'], preRushInstall: ['node tools/evil.js'] },
      }),
    },
    found: ['rush.json "pnpmVersion" warning', 'rush.json "node tools/evil.js" warning'],
  },
  {
    title: 'a file that a hook of Rush runs',
    base: {
      ...PNPM,
      'rush.json': rush({ eventHooks: { postRushInstall: ['node tools/a.js'] } }),
      'tools/a.js': 'good()\n',
    },
    change: { 'tools/a.js': 'evil()\n' },
    found: ['tools/a.js evil() warning'],
  },
  {
    title: 'a newer pnpm, and a project of Rush',
    base: { ...PNPM, 'rush.json': rush({ pnpmVersion: '9.15.0', projects: [] }) },
    change: {
      'rush.json': rush({ pnpmVersion: '10.20.0', projects: [{ packageName: 'b', projectFolder: 'b' }] }),
    },
    found: [],
    diff: 'rush.json',
  },
  {
    title: 'what Rush hands to pnpm, by its settings',
    base: { ...PNPM, 'common/config/rush/pnpm-config.json': rush({ strictPeerDependencies: true }) },
    change: {
      'common/config/rush/pnpm-config.json': rush({
        strictPeerDependencies: false,
        environmentVariables: { NODE_OPTIONS: { value: '--require ./evil.js' } },
      }),
    },
    found: ['common/config/rush/pnpm-config.json "value" warning'],
  },
  {
    title: 'the hooks that Rush hands to pnpm',
    base: { 'web/package.json': SHOP, 'web/package-lock.json': lockfileOf({ a: '1.0.0' }) },
    change: { 'common/config/rush/.pnpmfile.cjs': 'evil()\n' },
    found: ['common/config/rush/.pnpmfile.cjs evil() warning'],
  },
];
