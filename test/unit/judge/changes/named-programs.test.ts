import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { installVariables } from '../../../../server/src/core/judge/changes/install-variables.ts';
import { namedPrograms } from '../../../../server/src/core/judge/changes/named-programs.ts';
import { folderOfProgram } from '../../../../server/src/core/judge/changes/program-path.ts';
import { relativeUri } from '../../../../server/src/core/read/text/paths/uri.ts';
import { readConfiguration } from '../../../../server/src/engine/projects/read-configuration.ts';

const ROOT = 'file:///shop';

async function namedIn(path: string, text: string): Promise<readonly string[]> {
  const file = await readConfiguration(`${ROOT}/${path}`, text);
  return namedPrograms(file!).map(
    ({ uri, key, valueSpan }) =>
      `${key} ${relativeUri(ROOT, uri)} ${text.slice(valueSpan.start, valueSpan.end)}`,
  );
}

async function scriptFiles(postinstall: string): Promise<readonly string[]> {
  const text = JSON.stringify({ scripts: { postinstall } });
  const file = await readConfiguration(`${ROOT}/a/package.json`, text);
  return namedPrograms(file!).map(({ uri }) => relativeUri(ROOT, uri));
}

test('a command names the scripts that it runs', async () => {
  assert.deepEqual(await scriptFiles('node ./x.mjs && sh "tools/y.sh"; tsc'), ['a/x.mjs', 'a/tools/y.sh']);
  const tried = await scriptFiles('node ../z');
  for (const path of ['z', 'z.js', 'z.cjs', 'z/index.js']) assert.ok(tried.includes(path), path);
  assert.deepEqual(await scriptFiles('node --run x'), []);
  for (const none of [
    'husky',
    'tsc -p tsconfig.json',
    'node /x.js',
    'node ~/x.js',
    'curl https://a.example.test/x.sh',
  ])
    assert.deepEqual(await scriptFiles(none), [], none);
});

test('settings and dependencies name files by their value', async () => {
  assert.deepEqual(await namedIn('.npmrc', 'script-shell = .\\tools\\x.sh\npnpmfile=/abs.cjs\n'), [
    'script-shell tools/x.sh .\\tools\\x.sh',
  ]);
  assert.deepEqual(
    await namedIn('.yarnrc.yml', 'plugins:\n  - checksum: abc\n    path: .yarn/plugins/x (1).cjs\n'),
    ['plugins .yarn/plugins/x (1).cjs .yarn/plugins/x (1).cjs'],
  );
  for (const [path, text, key, token = 'c'] of [
    ['.npmrc', 'only-built-dependencies-file=c\n', 'only-built-dependencies-file'],
    ['.npmrc', 'cafile=c\n', 'cafile'],
    ['.npmrc', '//npm.example.test/:cafile=c\n', '//npm.example.test/:cafile'],
    ['.npmrc', 'userconfig=c\n', 'userconfig'],
    ['.npmrc', 'globalconfig=c\n', 'globalconfig'],
    ['pnpm-workspace.yaml', 'onlyBuiltDependenciesFile: c\n', 'onlyBuiltDependenciesFile'],
    ['pnpm-workspace.yaml', 'patchedDependencies:\n  a: c\n', 'patchedDependencies.a'],
    ['package.json', '{"pnpm":{"onlyBuiltDependenciesFile":"c"}}', 'pnpm.onlyBuiltDependenciesFile', '"c"'],
    ['.yarnrc.yml', 'httpsCaFilePath: c\n', 'httpsCaFilePath'],
    ['.yarnrc.yml', 'networkSettings: {a: {httpsCaFilePath: c}}\n', 'networkSettings.a.httpsCaFilePath'],
    ['bunfig.toml', '[install]\ncafile = "c"\n', 'install.cafile', '"c"'],
  ] as const)
    assert.deepEqual(await namedIn(path, text), [`${key} c ${token}`], text);
  assert.deepEqual(
    await namedIn('package.json', '{ "dependencies": { "a": "file:v/a.tgz", "b": "file:v/b" } }'),
    ['dependencies.a v/a.tgz "file:v/a.tgz"'],
  );
});

test('a hostile value costs no more than its length', async () => {
  const started = process.cpuUsage().user;
  await namedIn('.npmrc', `script-shell=${' (a '.repeat(100_000)}\n`);
  await scriptFiles('node '.repeat(100_000));
  folderOfProgram('patches/'.repeat(500));
  installVariables('.env', `${' '.repeat(100_000)}BUN_${'A'.repeat(100_000)}`);
  assert.ok(process.cpuUsage().user - started < 5_000_000);
});

test('the folder that a program counts for is that of the project', () => {
  const folders: Readonly<Record<string, string>> = {
    '.pnpmfile.cjs': '',
    'a/.pnpmfile.cjs': 'a',
    '.yarn/releases/x.cjs': '',
    'a/.yarn/plugins/@yarnpkg/x.cjs': 'a',
    'patches/x.patch': '',
    'a/b/patches/c/x.patch': 'a/b',
    'node_modules/a/node_modules/b/x.js': '',
    'a/node_modules/b/x.js': 'a',
    'a/binding.gyp': 'a',
  };
  for (const [path, folder] of Object.entries(folders)) assert.equal(folderOfProgram(path), folder, path);
});

test('variables of applications decide no install', () => {
  const text =
    'A=1\nNODE_ENV=test\nexport NPM_CONFIG_REGISTRY=x\n  https_proxy = y\n# BUN_X=1\nNODE_OPTIONS=z';
  assert.equal(
    installVariables('.env', text),
    'export NPM_CONFIG_REGISTRY=x\n  https_proxy = y\nNODE_OPTIONS=z',
  );
});

describe('variables that decide an install', () => {
  const counted: readonly (readonly [path: string, text: string, lines: string])[] = [
    ['.env', 'A=1\rBUN_CONFIG_REGISTRY=x', 'BUN_CONFIG_REGISTRY=x'],
    ['.env', 'BUN_CONFIG_REGISTRY: x', 'BUN_CONFIG_REGISTRY: x'],
    ['.env', '\ufeffexport  BASH_ENV=./x', '\ufeffexport  BASH_ENV=./x'],
    ['.env', 'ENV=./x.sh\nLD_PRELOAD=x', 'ENV=./x.sh\nLD_PRELOAD=x'],
    [
      '.env',
      'HOME=./c\nXDG_CONFIG_HOME=./c\nGIT_SSH_COMMAND=x',
      'HOME=./c\nXDG_CONFIG_HOME=./c\nGIT_SSH_COMMAND=x',
    ],
    ['.env', 'ENV=production\nGIT_SHA=abc\nGIT_BRANCH=a\nPATH_PREFIX=/a\nHOMEPAGE=x\nSHELL_COLOR=1', ''],
    ['.env', 'BUN_X:x\nset BUN_X=1\nA=BUN_X=1', ''],
    ['.env', 'A=1\nNODE_OPTIONS=$A', 'A=1\nNODE_OPTIONS=$A'],
    ['.env', 'NODE_OPTIONS="\nA=1"', 'NODE_OPTIONS="\nA=1"'],
    ['.corepack.env', 'COREPACK_NPM_REGISTRY=x\nNODE_OPTIONS=y', 'COREPACK_NPM_REGISTRY=x'],
    ['.corepack.env', 'COREPACK_INTEGRITY_KEYS=0', 'COREPACK_INTEGRITY_KEYS=0'],
    ['.corepack.env', 'COREPACK_ENABLE_AUTO_PIN=0\nCOREPACK_ENABLE_DOWNLOAD_PROMPT=0', ''],
  ];
  for (const [path, text, lines] of counted)
    test(`${path}: ${JSON.stringify(text)}`, () => assert.equal(installVariables(path, text), lines));
});
