import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import {
  BUN,
  BUN_LOCK,
  commit,
  type Files,
  NPM,
  PNPM,
  PNPM_LOCK,
  reported,
  repository,
  SHOP,
  write,
  YARN,
} from './changed-code.ts';
import { checkJson, lockfileOf, makeProject, runCli } from './run-cli.ts';

interface Case {
  readonly title: string;
  readonly base: Files;
  readonly change: Files;
  readonly found: readonly string[];
  /** The path that `diff` names, where it is not that of the finding. */
  readonly diff?: string;
}

const CASES: readonly Case[] = [
  {
    title: 'a new .pnpmfile.cjs',
    base: PNPM,
    change: { '.pnpmfile.cjs': 'evil()\nmore()\n' },
    found: ['.pnpmfile.cjs evil() warning'],
  },
  {
    title: 'a changed .pnpmfile.mjs',
    base: { ...PNPM, '.pnpmfile.mjs': 'good()\n' },
    change: { '.pnpmfile.mjs': 'evil()\r\n' },
    found: ['.pnpmfile.mjs evil() warning'],
  },
  {
    title: 'a file that pnpmfile= names',
    base: { ...PNPM, '.npmrc': 'pnpmfile=tools/hooks.cjs\n', 'tools/hooks.cjs': 'good()\n' },
    change: { 'tools/hooks.cjs': 'evil()\n' },
    found: ['.npmrc tools/hooks.cjs warning'],
    diff: 'tools/hooks.cjs',
  },
  {
    title: 'a file that pnpm-workspace.yaml names twice',
    base: {
      ...PNPM,
      'pnpm-workspace.yaml': "pnpmfile: './hooks.cjs'\n",
      '.npmrc': 'pnpmfile=hooks.cjs\n',
      'hooks.cjs': 'good()\n',
    },
    change: { 'hooks.cjs': 'evil()\n' },
    found: ['.npmrc hooks.cjs warning'],
    diff: 'hooks.cjs',
  },
  {
    title: 'the release that yarnPath names',
    base: {
      ...YARN,
      '.yarnrc.yml': 'yarnPath: .yarn/releases/yarn-4.0.0.cjs\n',
      '.yarn/releases/yarn-4.0.0.cjs': 'a',
    },
    change: { '.yarn/releases/yarn-4.0.0.cjs': 'evil' },
    found: ['.yarnrc.yml .yarn/releases/yarn-4.0.0.cjs warning'],
    diff: '.yarn/releases/yarn-4.0.0.cjs',
  },
  {
    title: 'the release of Yarn 1',
    base: {
      ...NPM,
      '.yarnrc': 'yarn-path ".yarn/releases/yarn-1.22.22.cjs"\n',
      '.yarn/releases/yarn-1.22.22.cjs': 'a',
    },
    change: { '.yarn/releases/yarn-1.22.22.cjs': 'evil' },
    found: ['.yarnrc ".yarn/releases/yarn-1.22.22.cjs" warning'],
    diff: '.yarn/releases/yarn-1.22.22.cjs',
  },
  {
    title: 'yarn set version, once',
    base: {
      ...YARN,
      '.yarnrc.yml': 'yarnPath: .yarn/releases/yarn-4.0.0.cjs\n',
      '.yarn/releases/yarn-4.0.0.cjs': 'a',
    },
    change: {
      'package.json': { ...SHOP, packageManager: 'yarn@4.1.0' },
      '.yarnrc.yml': 'yarnPath: .yarn/releases/yarn-4.1.0.cjs\n',
      '.yarn/releases/yarn-4.0.0.cjs': null,
      '.yarn/releases/yarn-4.1.0.cjs': 'b',
    },
    found: ['.yarnrc.yml yarnPath warning'],
  },
  {
    title: 'a plugin that .yarnrc.yml names with its origin',
    base: {
      ...YARN,
      '.yarnrc.yml': 'plugins:\n  - path: .yarn/plugins/b.cjs\n    spec: https://files.example.test/b.cjs\n',
      '.yarn/plugins/b.cjs': 'a\n',
    },
    change: { '.yarn/plugins/b.cjs': 'evil\n' },
    found: ['.yarnrc.yml .yarn/plugins/b.cjs warning'],
    diff: '.yarn/plugins/b.cjs',
  },
  {
    title: 'a new plugin that nothing names',
    base: YARN,
    change: { '.yarn/plugins/@yarnpkg/c.cjs': 'evil\n' },
    found: ['.yarn/plugins/@yarnpkg/c.cjs evil warning'],
  },
  {
    title: '.env.yarn',
    base: YARN,
    change: { '.env.yarn': 'NODE_OPTIONS=--require ./evil.cjs\n' },
    found: ['.env.yarn NODE_OPTIONS=--require ./evil.cjs warning'],
  },
  {
    title: 'a patch of Yarn',
    base: { ...YARN, '.yarn/patches/a.patch': 'one\n' },
    change: { '.yarn/patches/a.patch': 'two\n' },
    found: ['.yarn/patches/a.patch two information'],
  },
  {
    title: 'a patch of pnpm with its hash in the lockfile, once',
    base: {
      ...PNPM,
      'pnpm-workspace.yaml': 'patchedDependencies:\n  a@1.0.0: patches/a@1.0.0.patch\n',
      'patches/a@1.0.0.patch': 'one\n',
    },
    change: {
      'patches/a@1.0.0.patch': 'two\n',
      'pnpm-lock.yaml': `${PNPM_LOCK}\npatchedDependencies:\n  a@1.0.0: abc\n`,
    },
    found: ['pnpm-workspace.yaml patches/a@1.0.0.patch information'],
    diff: 'patches/a@1.0.0.patch',
  },
  {
    title: 'a patch of Bun',
    base: {
      ...BUN,
      'package.json': { ...SHOP, patchedDependencies: { 'a@1.0.0': 'patches/a.patch' } },
      'patches/a.patch': 'one\n',
    },
    change: { 'patches/a.patch': 'two\n' },
    found: ['package.json "patches/a.patch" information'],
    diff: 'patches/a.patch',
  },
  {
    title: 'a patch of patch-package',
    base: { ...NPM, 'package.json': { ...SHOP, devDependencies: { 'patch-package': '8.0.0' } } },
    change: { 'patches/a+1.0.0.patch': 'two\n' },
    found: ['patches/a+1.0.0.patch two information'],
  },
  {
    title: 'variables that Bun reads, not those of the application',
    base: { ...BUN, '.env': 'SHOP_URL=a\n' },
    change: { '.env': 'SHOP_URL=b\nBUN_CONFIG_REGISTRY=https://npm.evil.example.test\n' },
    found: ['.env BUN_CONFIG_REGISTRY=https://npm.evil.example.test warning'],
  },
  {
    title: 'a program that Bun hands to the scripts of packages',
    base: { ...BUN, '.env': 'SHOP_URL=a\n' },
    change: { '.env': 'SHOP_URL=a\nBASH_ENV=./docs/x.txt\n', 'docs/x.txt': 'evil\n' },
    found: ['.env BASH_ENV=./docs/x.txt warning'],
  },
  {
    title: 'a variable behind a lone carriage return',
    base: { ...BUN, '.env': 'SHOP_URL=a\n' },
    change: { '.env': 'SHOP_URL=a\rBUN_CONFIG_REGISTRY=https://npm.evil.example.test\n' },
    found: ['.env BUN_CONFIG_REGISTRY=https://npm.evil.example.test warning'],
  },
  {
    title: 'a variable with a colon',
    base: { ...BUN, '.env': 'SHOP_URL=a\n' },
    change: { '.env': 'SHOP_URL=a\nBUN_CONFIG_REGISTRY: https://npm.evil.example.test\n' },
    found: ['.env BUN_CONFIG_REGISTRY: https://npm.evil.example.test warning'],
  },
  {
    title: 'variables that Corepack reads',
    base: YARN,
    change: { '.corepack.env': '# a\nCOREPACK_NPM_REGISTRY=https://npm.evil.example.test\n' },
    found: ['.corepack.env COREPACK_NPM_REGISTRY=https://npm.evil.example.test warning'],
  },
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
    title: 'the hooks that Rush hands to pnpm',
    base: { 'web/package.json': SHOP, 'web/package-lock.json': lockfileOf({ a: '1.0.0' }) },
    change: { 'common/config/rush/.pnpmfile.cjs': 'evil()\n' },
    found: ['common/config/rush/.pnpmfile.cjs evil() warning'],
  },
  {
    title: 'what bunfig.toml loads',
    base: { ...BUN, 'bunfig.toml': 'preload = ["./setup.ts"]\n', 'setup.ts': 'a\n' },
    change: { 'setup.ts': 'evil\n' },
    found: ['bunfig.toml "./setup.ts" warning'],
    diff: 'setup.ts',
  },
  {
    title: 'binding.gyp',
    base: NPM,
    change: { 'binding.gyp': '{ "targets": [] }\n' },
    found: ['binding.gyp { "targets": [] } warning'],
  },
  {
    title: 'node_modules in git, once',
    base: { ...NPM, 'node_modules/b/index.js': 'a\n', 'node_modules/c/index.js': 'a\n' },
    change: { 'node_modules/b/index.js': 'evil\n', 'node_modules/c/index.js': 'evil\n' },
    found: ['node_modules/b/index.js evil warning'],
    diff: 'node_modules/b',
  },
  {
    title: 'other bytes of an archive that a dependency names',
    base: {
      ...NPM,
      'package.json': { ...SHOP, dependencies: { b: 'file:vendor/b.tgz' } },
      'vendor/b.tgz': '\0a',
    },
    change: { 'vendor/b.tgz': '\0evil' },
    found: ['package.json "file:vendor/b.tgz" warning'],
    diff: 'vendor/b.tgz',
  },
  {
    title: 'lifecycle scripts of the root, new and changed',
    base: { ...NPM, 'package.json': { ...SHOP, scripts: { prepare: 'tsc', test: 'a' } } },
    change: { 'package.json': { ...SHOP, scripts: { prepare: 'evil', test: 'b', preinstall: 'evil' } } },
    found: ['package.json "prepare" warning', 'package.json "preinstall" warning'],
  },
  {
    title: 'the file that an unchanged lifecycle script runs',
    base: {
      ...NPM,
      'package.json': { ...SHOP, scripts: { postinstall: 'node tools/setup && echo' } },
      'tools/setup.js': 'a\n',
    },
    change: { 'tools/setup.js': 'evil\n' },
    found: ['package.json "node tools/setup && echo" warning'],
    diff: 'tools/setup.js',
  },
  {
    title: 'a new script with its new file, once',
    base: NPM,
    change: { 'package.json': { ...SHOP, scripts: { postinstall: 'node setup.js' } }, 'setup.js': 'evil\n' },
    found: ['package.json "postinstall" warning'],
  },
  {
    title: 'a lifecycle script of a member',
    base: {
      ...NPM,
      'package.json': { ...SHOP, workspaces: ['packages/*'] },
      'packages/b/package.json': { name: 'b' },
    },
    change: { 'packages/b/package.json': { name: 'b', scripts: { install: 'evil' } } },
    found: ['packages/b/package.json "install" warning'],
  },
  {
    title: 'a lifecycle script of a folder that file: names',
    base: {
      ...NPM,
      'package.json': { ...SHOP, dependencies: { b: 'file:lib/b' } },
      'lib/b/package.json': { name: 'b', scripts: { postinstall: 'node setup.js' } },
      'lib/b/setup.js': 'a\n',
    },
    change: { 'lib/b/setup.js': 'evil\n' },
    found: ['lib/b/package.json "node setup.js" warning'],
    diff: 'lib/b/setup.js',
  },
  {
    title: 'a member that is renamed to a registry package',
    base: {
      ...NPM,
      'package.json': { ...SHOP, workspaces: ['packages/*'] },
      'packages/b/package.json': { name: 'b' },
    },
    change: { 'packages/b/package.json': { name: 'a' } },
    found: ['packages/b/package.json "a" warning'],
  },
];

describe('check --base and diff report what an install runs', () => {
  for (const { title, base, change, found, diff } of CASES) {
    test(title, () => {
      const directory = repository(base);
      commit(directory, change);
      assert.deepEqual(reported(directory, '--base', 'HEAD~1'), found);
      assert.deepEqual(reported(directory, '--base', 'HEAD'), [], 'part of the base');
      const { code, out } = runCli(['diff', directory, '--base', 'HEAD~1']);
      assert.equal(code, 0);
      const path = diff ?? found[0]!.split(' ')[0]!;
      assert.ok(out.includes(`\n${path}: `), out);
    });
  }
});

/** `a` is a member, whose folder git does not have, and `b` brings an older version of it. */
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
  const silent = (title: string, base: Files, change: Files) =>
    test(title, () => {
      const directory = repository(base);
      commit(directory, change);
      assert.deepEqual(reported(directory, '--base', 'HEAD~1'), []);
    });

  silent('patches that no package manager applies', NPM, { 'patches/electron/a.patch': 'a\n' });
  silent('variables of an application', { ...BUN, '.env': 'A=1\n' }, { '.env': 'A=2\nNODE_ENV=test\n' });
  silent('variables of Corepack that change no program', YARN, {
    '.corepack.env': 'COREPACK_ENABLE_AUTO_PIN=0\n',
  });
  silent(
    'harmless configuration of a member',
    { ...NPM, 'package.json': { ...SHOP, workspaces: ['*'] }, 'b/package.json': { name: 'b' } },
    { 'b/.npmrc': 'fund=false\n//npm.example.test/:_authToken=t\n' },
  );
  silent('configuration in a folder of no project', NPM, {
    'test/data/.npmrc': 'registry=https://npm.evil.example.test\n',
  });
  silent('variables with npm', NPM, { '.env': 'NODE_OPTIONS=--a\n' });
  silent('what Yarn writes in each install', { ...YARN, '.pnp.cjs': 'a\n' }, { '.pnp.cjs': 'b\n' });
  silent('constraints that an install does not check', YARN, { 'yarn.config.cjs': 'a\n' });
  silent('archives of fixtures', { ...NPM, 'test/a.tgz': '\0a' }, { 'test/a.tgz': '\0b' });
  silent('node_modules in a folder of no project', NPM, { 'test/data/node_modules/a/index.js': 'a\n' });
  silent(
    'a package that moved to another folder',
    { ...NPM, 'package.json': { ...SHOP, workspaces: ['*/*'] }, 'old/a/package.json': { name: 'a' } },
    { 'old/a/package.json': null, 'new/a/package.json': { name: 'a' } },
  );
  silent(
    'a member that the base links, beside an older version of it',
    { ...NPM, 'package.json': { ...SHOP, workspaces: ['*/*'] }, 'package-lock.json': WITH_MEMBER },
    { 'packages/a/package.json': { name: 'a' } },
  );
  silent('a file that is gone', { ...PNPM, '.pnpmfile.cjs': 'a\n' }, { '.pnpmfile.cjs': null });
  silent('other line ends', { ...PNPM, '.pnpmfile.cjs': 'a\nb\n' }, { '.pnpmfile.cjs': 'a\r\nb\r\n' });

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

describe('without --base', () => {
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

describe('check --base reports what protects less', () => {
  const weakened = (directory: string) =>
    checkJson(directory, '--base', 'HEAD~1')
      .findings.filter(({ rule }) => rule === 'protection-weakened')
      .map(({ path, severity }) => `${path} ${severity}`);
  const cases: readonly (readonly [title: string, base: Files, change: Files, found: readonly string[]])[] = [
    [
      'scripts that run again',
      { ...NPM, '.npmrc': 'ignore-scripts=true\n' },
      { '.npmrc': '' },
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
      'scripts that only bun.lock allows',
      BUN,
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
    ['nothing for a stricter setting', NPM, { '.npmrc': 'ignore-scripts=true\n' }, []],
  ];
  for (const [title, base, change, found] of cases)
    test(title, () => {
      const directory = repository(base);
      commit(directory, change);
      assert.deepEqual(weakened(directory), found);
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
  assert.match(out, /! line 1: ignore-scripts true -> false {2}\(scripts\)/);
  assert.match(out, /! line \d+: packageManager npm@11\.0\.0 -> npm@6\.0\.0/);
});
