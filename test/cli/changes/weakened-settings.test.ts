import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkJson, runCli } from '../run-cli.ts';
import {
  BUN,
  BUN_LOCK,
  commit,
  type Files,
  NPM,
  PNPM,
  repository,
  SHOP,
  YARN,
  YARN_LOCK,
} from './changed-code.ts';
import { commitTogether } from './found-since.ts';

const SCOPED = 'npmScopes:\n  acme:\n    npmRegistryServer: https://npm.acme.example.test\n';
const TWICE = JSON.stringify({ ...SHOP, allowScripts: { a: false } }).replace(
  /}$/,
  ',"allowScripts":{"b":false}}',
);
const BERRY = {
  ...YARN,
  'package.json': { ...SHOP, packageManager: 'yarn@4.5.0' },
};

describe('check --base reports what protects less', () => {
  const cases: readonly (readonly [title: string, base: Files, change: Files, found: readonly string[]])[] = [
    [
      'scripts that run again',
      { ...NPM, '.npmrc': 'ignore-scripts=true\n' },
      { '.npmrc': '' },
      ['.npmrc warning'],
    ],
    [
      'scripts that a line with brackets lets run',
      { ...NPM, '.npmrc': 'ignore-scripts=true\n' },
      { '.npmrc': 'ignore-scripts=true\nignore-scripts[]=false\n' },
      ['.npmrc warning'],
    ],
    [
      'all scripts of pnpm',
      { ...PNPM, 'pnpm-workspace.yaml': 'packages: []\n' },
      { 'pnpm-workspace.yaml': 'dangerously-allow-all-builds: true\n' },
      ['pnpm-workspace.yaml warning'],
    ],
    [
      'a list of scripts',
      NPM,
      { 'package.json': { ...SHOP, allowScripts: { a: true } } },
      ['package.json information'],
    ],
    [
      'scripts of a package that are no longer denied',
      { ...NPM, 'package.json': { ...SHOP, allowScripts: { a: false, b: false } } },
      { 'package.json': { ...SHOP, allowScripts: { b: false } } },
      ['package.json warning'],
    ],
    [
      'nothing for a denial of another version, or of a package that is not locked',
      { ...NPM, 'package.json': { ...SHOP, allowScripts: { 'a@0.9.0': false, b: false } } },
      { 'package.json': { ...SHOP, allowScripts: { 'a@1.0.0': false } } },
      [],
    ],
    [
      'a list of scripts that is gone, of pnpm up to 9',
      {
        ...PNPM,
        'package.json': { ...SHOP, packageManager: 'pnpm@9.0.0', pnpm: { onlyBuiltDependencies: [] } },
      },
      { 'package.json': { ...SHOP, packageManager: 'pnpm@9.0.0' } },
      ['package.json warning'],
    ],
    [
      'nothing for a list of scripts that moved',
      {
        ...PNPM,
        'package.json': { ...SHOP, packageManager: 'pnpm@9.0.0', pnpm: { onlyBuiltDependencies: ['a'] } },
      },
      {
        'package.json': { ...SHOP, packageManager: 'pnpm@9.0.0' },
        'pnpm-workspace.yaml': 'onlyBuiltDependencies: [a]\n',
      },
      ['pnpm-workspace.yaml information'],
    ],
    [
      'a list of Bun that is gone',
      { ...BUN, 'package.json': { ...SHOP, trustedDependencies: ['a'] } },
      { 'package.json': SHOP },
      ['package.json warning'],
    ],
    [
      'a release age that is off, of pnpm 11',
      { ...PNPM, 'package.json': { ...SHOP, packageManager: 'pnpm@11.0.0' } },
      { 'pnpm-workspace.yaml': 'minimumReleaseAge: 60\n' },
      ['pnpm-workspace.yaml warning'],
    ],
    [
      'nothing for a release age where pnpm has none',
      { ...PNPM, 'package.json': { ...SHOP, packageManager: 'pnpm@10.20.0' } },
      { 'pnpm-workspace.yaml': 'minimumReleaseAge: 60\n' },
      [],
    ],
    [
      'scripts of Yarn, which are off by default',
      { ...BERRY, 'yarn.lock': YARN_LOCK.replace('version: 8', 'version: 10') },
      { '.yarnrc.yml': 'enableScripts: true\nnpmMinimalAgeGate: "0"\n' },
      ['.yarnrc.yml warning', '.yarnrc.yml warning'],
    ],
    [
      'nothing more than a remark on what Yarn writes for an older lockfile',
      BERRY,
      {
        '.yarnrc.yml': 'enableScripts: true\nnpmMinimalAgeGate: "0"\napprovedGitRepositories: ["**"]\n',
        'yarn.lock': YARN_LOCK.replace('version: 8', 'version: 10'),
      },
      ['.yarnrc.yml information'],
    ],
    [
      'nothing for a setting that another file has now',
      { ...PNPM, '.npmrc': 'ignore-scripts=true\n' },
      { '.npmrc': '', 'pnpm-workspace.yaml': 'ignoreScripts: true\n' },
      [],
    ],
    [
      'scripts that only bun.lock allows',
      BUN,
      { 'bun.lock': BUN_LOCK.replace('"packages"', '"trustedDependencies": ["a"], "packages"') },
      ['package.json warning'],
    ],
    [
      'scripts that only bun.lock allows, where the base has an empty one',
      { ...BUN, 'bun.lock': '' },
      { 'bun.lock': BUN_LOCK.replace('"packages"', '"trustedDependencies": ["a"], "packages"') },
      ['package.json warning'],
    ],
    [
      'scripts that package.json and bun.lock allow',
      BUN,
      {
        'package.json': { ...SHOP, trustedDependencies: ['a'] },
        'bun.lock': BUN_LOCK.replace('"packages"', '"trustedDependencies": ["a"], "packages"'),
      },
      ['package.json information'],
    ],
    [
      'scripts in the folder of a member',
      {
        ...PNPM,
        'pnpm-workspace.yaml': 'packages: [packages/*]\n',
        'packages/b/package.json': { name: 'b' },
        'packages/b/.npmrc': 'ignore-scripts=true\n',
      },
      { 'packages/b/.npmrc': 'ignore-scripts=false\n' },
      ['packages/b/.npmrc warning'],
    ],
    [
      'what Rush hands to pnpm',
      { ...PNPM, 'common/config/rush/pnpm-config.json': '{ "minimumReleaseAge": 1440, /* a */ }' },
      {
        'common/config/rush/pnpm-config.json':
          '{ "minimumReleaseAge": 0, "globalOnlyBuiltDependencies": ["a"], "preventManualShrinkwrapChanges": true }',
      },
      ['common/config/rush/pnpm-config.json warning', 'common/config/rush/pnpm-config.json information'],
    ],
    [
      'nothing for another setting of Rush',
      { ...PNPM, 'common/config/rush/pnpm-config.json': '{}' },
      { 'common/config/rush/pnpm-config.json': '{ "useWorkspaces": true, "minimumReleaseAge": 1440 }' },
      [],
    ],
    [
      'a key of package.json that appears twice',
      { ...NPM, 'package.json': { ...SHOP, allowScripts: { a: false } } },
      {
        'package.json': JSON.stringify({ ...SHOP, allowScripts: { a: false } }).replace(
          /}$/,
          ',"allowScripts":{}}',
        ),
      },
      ['package.json warning', 'package.json warning'],
    ],
    [
      'scripts that appear twice, of which only the first has one for installs',
      NPM,
      { 'package.json': `{"scripts":{"postinstall":"x"},"scripts":{},${JSON.stringify(SHOP).slice(1)}` },
      ['package.json warning'],
    ],
    [
      'members of a pattern that is not understood',
      { ...PNPM, 'pnpm-workspace.yaml': 'packages: []\n' },
      { 'pnpm-workspace.yaml': 'packages: ["../evil"]\n' },
      ['pnpm-workspace.yaml warning'],
    ],
    [
      'another value of a key that appeared twice before',
      { ...NPM, 'package.json': TWICE },
      { 'package.json': TWICE.replace('"a":false', '"a":true') },
      ['package.json warning'],
    ],
    [
      'nothing for a key that appeared twice before and stays as it is',
      { ...NPM, 'package.json': TWICE },
      { 'package.json': TWICE.replace('{', '{ "description": "A shop",') },
      [],
    ],
    [
      'a key of .yarnrc.yml that appears twice',
      { ...BERRY, '.yarnrc.yml': SCOPED },
      { '.yarnrc.yml': `${SCOPED}npmScopes: {}\n` },
      ['.yarnrc.yml warning'],
    ],
    [
      'a file that is read only in part',
      { ...BERRY, '.yarnrc.yml': SCOPED },
      { '.yarnrc.yml': `${SCOPED}a: ${'['.repeat(100_000)}\n` },
      ['.yarnrc.yml warning'],
    ],
    [
      'nothing for a file that was read only in part before',
      { ...BERRY, '.yarnrc.yml': `${SCOPED}a: *x\n` },
      { '.yarnrc.yml': `${SCOPED}a: *x\nb: *x\n` },
      [],
    ],
    ['nothing for a stricter setting', NPM, { '.npmrc': 'ignore-scripts=true\n' }, []],
  ];
  const { directory, prefixOf } = commitTogether(cases.map(([, base, change]) => ({ base, change })));
  const { findings } = checkJson(directory, '--base', 'HEAD~1');
  const weakened = findings.filter(({ rule }) => rule === 'protection-weakened');
  for (const [index, [title, , , found]] of cases.entries())
    test(title, () => {
      const own = weakened.filter(({ path }) => path.startsWith(prefixOf(index)));
      assert.deepEqual(
        own.map(({ path, severity }) => `${path.slice(prefixOf(index).length)} ${severity}`),
        found,
      );
    });
});

test('diff marks a setting that protects less, and an older package manager', () => {
  const pinned = (packageManager: string) => ({ ...SHOP, packageManager });
  const directory = repository({
    ...NPM,
    'package.json': pinned('npm@11.0.0'),
    '.npmrc': 'ignore-scripts=true\n',
  });
  commit(directory, { '.npmrc': 'ignore-scripts=false\n', 'package.json': pinned('npm@6.0.0') });
  const { out } = runCli(['diff', directory, '--base', 'HEAD~1']);
  assert.match(out, /! line 1: ignore-scripts true → false {2}\(scripts\)/);
  assert.match(out, /! line \d+: packageManager npm@11\.0\.0 → npm@6\.0\.0/);
});

test('diff says that a file can be read only in part', () => {
  const directory = repository({ ...BERRY, '.yarnrc.yml': SCOPED });
  commit(directory, { '.yarnrc.yml': aliases(12) });
  const { error, code } = runCli(['diff', directory, '--base', 'HEAD~1']);
  assert.match(error, /\.yarnrc\.yml: some of its settings were not compared: line \d+: the aliases/);
  assert.equal(code, 2);
});

/** Returns lists of nine aliases each of the previous list. */
function aliases(levels: number): string {
  const nine = (item: string) => `[${Array(9).fill(item).join(', ')}]`;
  const lines = Array.from({ length: levels }, (_, at) => `a${at + 1}: &a${at + 1} ${nine(`*a${at}`)}`);
  return `a0: &a0 ${nine('x')}\n${lines.join('\n')}\n`;
}
