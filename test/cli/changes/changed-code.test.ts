import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { checkJson, makeProject, runCli } from '../run-cli.ts';
import {
  BUN,
  commit,
  type Files,
  NPM,
  PNPM,
  reported,
  repository,
  SHOP,
  write,
  YARN,
} from './changed-code.ts';
import { CASES } from './changed-code-cases.ts';
import { CONFIGURATION_CASES } from './changed-configuration-cases.ts';
import { foundTogether } from './found-since.ts';

describe('check --base and diff report what an install runs', () => {
  const cases = [...CASES, ...CONFIGURATION_CASES];
  const foundOf = foundTogether(cases);
  for (const [index, { title, found, diff }] of cases.entries())
    test(title, () => {
      assert.deepEqual(foundOf(index, diff ?? found[0]!.split(' ')[0]!), found);
    });
});

/** `a` is a member, whose folder is not in git, and `b` pulls in an older version of it. */
const WITH_MEMBER = {
  name: 'shop',
  lockfileVersion: 3,
  packages: {
    '': { name: 'shop', dependencies: { a: '1.0.0' }, workspaces: ['*/*'] },
    'node_modules/a': { resolved: 'packages/a', link: true },
    'node_modules/b': { version: '1.0.0', dependencies: { a: '0.1.0' } },
    'node_modules/b/node_modules/a': { version: '0.1.0' },
    'packages/a': { name: 'a' },
  },
};

describe('what is no finding', () => {
  const SILENT: readonly (readonly [title: string, base: Files, change: Files])[] = [
    ['patches that no package manager applies', NPM, { 'patches/electron/a.patch': 'a\n' }],
    [
      'what Yarn does without the settings',
      YARN,
      { '.yarnrc.yml': 'cacheFolder: ./.yarn/cache\ndefaultProtocol: "npm:"\n' },
    ],
    ['variables of an application', { ...BUN, '.env': 'A=1\n' }, { '.env': 'A=2\nNODE_ENV=test\n' }],
    [
      'variables of Corepack that change no program',
      YARN,
      {
        '.corepack.env': 'COREPACK_ENABLE_AUTO_PIN=0\n',
      },
    ],
    [
      'harmless configuration of a member',
      { ...NPM, 'package.json': { ...SHOP, workspaces: ['*'] }, 'b/package.json': { name: 'b' } },
      { 'b/.npmrc': 'fund=false\n//npm.example.test/:_authToken=t\n' },
    ],
    [
      'configuration in a folder of no project',
      NPM,
      {
        'test/data/.npmrc': 'registry=https://npm.evil.example.test\n',
      },
    ],
    ['variables with npm', NPM, { '.env': 'NODE_OPTIONS=--a\n' }],
    ['what Yarn writes in each install', { ...YARN, '.pnp.cjs': 'a\n' }, { '.pnp.cjs': 'b\n' }],
    ['constraints that an install does not check', YARN, { 'yarn.config.cjs': 'a\n' }],
    ['archives of fixtures', { ...NPM, 'test/a.tgz': '\0a' }, { 'test/a.tgz': '\0b' }],
    ['node_modules in a folder of no project', NPM, { 'test/data/node_modules/a/index.js': 'a\n' }],
    [
      'a package that moved to another folder',
      { ...NPM, 'package.json': { ...SHOP, workspaces: ['*/*'] }, 'old/a/package.json': { name: 'a' } },
      { 'old/a/package.json': null, 'new/a/package.json': { name: 'a' } },
    ],
    [
      'a member that the base links, beside an older version of it',
      { ...NPM, 'package.json': { ...SHOP, workspaces: ['*/*'] }, 'package-lock.json': WITH_MEMBER },
      { 'packages/a/package.json': { name: 'a' } },
    ],
    ['a file that is gone', { ...PNPM, '.pnpmfile.cjs': 'a\n' }, { '.pnpmfile.cjs': null }],
    ['other line ends', { ...PNPM, '.pnpmfile.cjs': 'a\nb\n' }, { '.pnpmfile.cjs': 'a\r\nb\r\n' }],
  ];
  const foundOf = foundTogether(SILENT.map(([, base, change]) => ({ base, change })));
  for (const [index, [title]] of SILENT.entries()) test(title, () => assert.deepEqual(foundOf(index), []));

  test('a link that leads to where it did', () => {
    const directory = repository(PNPM);
    mkdirSync(join(directory, 'tools'));
    writeFileSync(join(directory, 'tools/hooks.cjs'), 'a\n');
    symlinkSync('tools/hooks.cjs', join(directory, '.pnpmfile.cjs'));
    commit(directory, {});
    commit(directory, { 'readme.md': 'a\n' });
    assert.deepEqual(reported(directory, '--base', 'HEAD~1'), []);
  });
});

test('a link to a file that changed is reported', () => {
  const directory = repository(PNPM);
  mkdirSync(join(directory, 'tools'));
  writeFileSync(join(directory, 'tools/hooks.cjs'), 'a\n');
  symlinkSync('tools/hooks.cjs', join(directory, '.pnpmfile.cjs'));
  commit(directory, {});
  commit(directory, { 'tools/hooks.cjs': 'evil\n' });
  assert.deepEqual(reported(directory, '--base', 'HEAD~1'), ['.pnpmfile.cjs evil warning']);
  assert.match(runCli(['diff', directory, '--base', 'HEAD~1']).out, /^\.pnpmfile\.cjs: changed/m);
});

describe('without --base', () => {
  test('files that git neither tracks nor ignores count as well', () => {
    const scripts = { postinstall: 'node tools/setup.js', prepare: 'node dist/built.js' };
    const directory = repository({
      ...PNPM,
      'package.json': { ...SHOP, scripts },
      '.gitignore': 'dist/\n',
      'tools/setup.js': "require('./lib')\n",
    });
    write(directory, {
      '.pnpmfile.cjs': 'mine\n',
      'tools/lib.js': 'mine\n',
      'tools/other.js': 'mine\n',
      'dist/built.js': 'mine\n',
    });
    const found = ['.pnpmfile.cjs mine information', 'package.json "node tools/setup.js" information'];
    assert.deepEqual(reported(directory), found);
    assert.deepEqual(reported(directory, '--base', 'HEAD'), [], 'the job wrote them');
    const { out } = runCli(['diff', directory]);
    assert.match(out, /^tools\/lib\.js: new since HEAD/m);
    assert.doesNotMatch(out, /other\.js|built\.js/);
  });

  test('changes that are not committed are information', () => {
    const directory = repository({ ...PNPM, '.pnpmfile.cjs': 'a\n' });
    write(directory, {
      '.pnpmfile.cjs': 'mine\n',
      'package.json': { ...SHOP, scripts: { postinstall: 'mine' } },
    });
    const found = ['.pnpmfile.cjs mine information', 'package.json "postinstall" information'];
    assert.deepEqual(reported(directory), found);
    assert.deepEqual(
      reported(directory, '--base', 'HEAD'),
      found.map((one) => one.replace('information', 'warning')),
    );
  });

  test('the scripts of a project that HEAD does not have are none', () => {
    const directory = repository({ 'readme.md': 'a\n' });
    write(directory, { ...NPM, 'package.json': { ...SHOP, scripts: { prepare: 'mine' } } });
    assert.deepEqual(reported(directory), []);
  });

  test('a folder without git has none', () => {
    const directory = makeProject({ 'package.json': { ...SHOP, scripts: { prepare: 'mine' } } });
    assert.deepEqual(reported(directory), []);
  });
});

test('a member of the root above the folder is compared with that root', () => {
  const directory = repository({
    ...PNPM,
    'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
    'packages/b/package.json': { name: 'b' },
  });
  commit(directory, { '.pnpmfile.cjs': 'evil\n' });
  const { findings } = checkJson(join(directory, 'packages/b'), '--base', 'HEAD~1');
  assert.deepEqual(
    findings.filter(({ rule }) => rule === 'install-code-changed').map(({ path }) => path),
    ['../../.pnpmfile.cjs'],
  );
});

test('diff says that a list allows install scripts, and does not run', () => {
  const directory = repository({
    ...PNPM,
    'package.json': { ...SHOP, pnpm: { onlyBuiltDependenciesFile: 'allowed.json' } },
    'allowed.json': '[]\n',
  });
  commit(directory, { 'allowed.json': '["a"]\n' });
  const { out } = runCli(['diff', directory, '--base', 'HEAD~1']);
  assert.match(
    out,
    /^ {2}! contents changed, named by pnpm\.onlyBuiltDependenciesFile\s+\(allows install scripts\)$/m,
  );
});

test('diff lists the variables that decide an install', () => {
  const directory = repository({ ...BUN, '.env': 'SHOP_URL=a\n' });
  commit(directory, {
    '.env':
      'SHOP_URL=b\nBUN_CONFIG_REGISTRY=https://u:s3cret@npm.evil.example.test\nNPM_CONFIG_TOKEN=s3cret\n',
    '.corepack.env': 'COREPACK_INTEGRITY_KEYS=0\n',
  });
  const { out } = runCli(['diff', directory, '--base', 'HEAD~1']);
  assert.match(out, /^\.corepack\.env: new, with 1 setting since HEAD~1\.$/m);
  assert.match(out, /! COREPACK_INTEGRITY_KEYS 0 {2}\(verification, new\)/);
  assert.match(out, /! BUN_CONFIG_REGISTRY https:\/\/\*\*\*@npm\.evil\.example\.test {2}\(registry, new\)/);
  assert.doesNotMatch(out, /s3cret|SHOP_URL/);
});
