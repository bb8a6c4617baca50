import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { BUN, type Files, NPM, PNPM, SHOP, YARN } from './changed-code.ts';
import { foundSince, foundTogether } from './found-since.ts';

const withScripts = (scripts: object, other: object = {}): Files => ({
  'package.json': { ...SHOP, ...other, scripts },
});
const CLASSIC: Files = {
  'package.json': SHOP,
  'yarn.lock': '# yarn lockfile v1\n\n\n"a@1.0.0":\n  version "1.0.0"\n',
};

describe('lifecycle scripts of each package manager', () => {
  const ADDED: readonly (readonly [string, string, Files, boolean])[] = [
    ['prepublish', 'npm', NPM, true],
    ['prepublish', 'Yarn 1', CLASSIC, true],
    ['prepublish', 'Yarn 4', YARN, false],
    ['prepublish', 'pnpm', PNPM, false],
    ['prepublish', 'Bun', BUN, false],
    ['predependencies', 'npm', NPM, true],
    ['dependencies', 'npm', NPM, true],
    ['postdependencies', 'npm', NPM, true],
    ['dependencies', 'pnpm', PNPM, false],
    ['postdependencies', 'Bun', BUN, false],
    ['prepublishOnly', 'npm', NPM, false],
    ['pnpm:devPreinstall', 'pnpm', PNPM, true],
    ['pnpm:devPreinstall', 'npm', NPM, false],
  ];
  const ofAdded = foundTogether(
    ADDED.map(([name, , base]) => ({ base, change: withScripts({ [name]: 'evil' }) })),
  );
  for (const [index, [name, manager, , isRun]] of ADDED.entries())
    test(`a new ${name} is ${isRun ? '' : 'not '}reported with ${manager}`, () => {
      const findings = ofAdded(index, isRun ? 'package.json' : undefined);
      assert.deepEqual(findings, isRun ? [`package.json "${name}" warning`] : []);
    });

  test('npm runs prepublish in the root alone', () => {
    const base = {
      ...NPM,
      'package.json': { ...SHOP, workspaces: ['packages/*'] },
      'packages/b/package.json': { name: 'b' },
    };
    assert.deepEqual(
      foundSince(base, { 'packages/b/package.json': { name: 'b', scripts: { prepublish: 'tsc' } } }),
      [],
    );
  });
});

describe('scripts that lifecycle scripts name', () => {
  test('a script of a script', () => {
    const scripts = { prepare: 'run-s one', one: 'cross-env A=1 npm run build', build: 'tsc', other: 'a' };
    assert.deepEqual(
      foundSince(
        { ...NPM, ...withScripts(scripts) },
        withScripts({ ...scripts, build: 'evil', other: 'b' }),
        'package.json',
      ),
      ['package.json "build" warning'],
    );
  });

  test('what runs before and after them, not with --run', () => {
    const scripts = { prepare: 'npm run build', build: 'tsc' };
    const hooks = { prebuild: 'evil', postbuild: 'evil' };
    assert.deepEqual(
      foundSince({ ...NPM, ...withScripts(scripts) }, withScripts({ ...scripts, ...hooks }), 'package.json'),
      ['package.json "prebuild" warning', 'package.json "postbuild" warning'],
    );
    const plain = { prepare: 'node --run build', build: 'tsc' };
    assert.deepEqual(foundSince({ ...NPM, ...withScripts(plain) }, withScripts({ ...plain, ...hooks })), []);
    const berry = { postinstall: 'yarn build', build: 'tsc' };
    assert.deepEqual(foundSince({ ...YARN, ...withScripts(berry) }, withScripts({ ...berry, ...hooks })), []);
  });

  test('scripts that no install runs are silent', () => {
    const scripts = { prepare: 'yarn tsc build && echo test', build: 'a', test: 'npm run lint', lint: 'a' };
    assert.deepEqual(
      foundSince(
        { ...NPM, ...withScripts(scripts) },
        withScripts({ ...scripts, build: 'b', test: 'b', lint: 'b', pretest: 'b' }),
      ),
      [],
    );
  });

  test('a script that is run now and was there before is no change', () => {
    assert.deepEqual(
      foundSince(
        { ...NPM, ...withScripts({ prepare: 'tsc', build: 'tsc' }) },
        withScripts({ prepare: 'npm run build', build: 'tsc' }),
      ),
      ['package.json "prepare" warning'],
    );
    assert.deepEqual(
      foundSince(
        { ...NPM, ...withScripts({ prepare: 'npm run build', build: 'tsc' }) },
        withScripts({ build: 'evil' }),
      ),
      [],
    );
  });

  test('those of a new manifest go with its lifecycle script', () => {
    const base = { ...NPM, 'package.json': { ...SHOP, workspaces: ['packages/*'] } };
    const manifest = { name: 'b', scripts: { prepare: 'npm run build', build: 'tsc' } };
    assert.deepEqual(foundSince(base, { 'packages/b/package.json': manifest }), [
      'packages/b/package.json "prepare" warning',
    ]);
  });

  test('scripts that name each other', () => {
    const scripts = { prepare: 'npm run a', a: 'npm run b', b: 'npm run a && npm run prepare' };
    assert.deepEqual(
      foundSince({ ...NPM, ...withScripts(scripts) }, withScripts({ ...scripts, b: 'evil' })),
      ['package.json "b" warning'],
    );
  });
});

describe('files that lifecycle scripts run', () => {
  const RUN: readonly (readonly [string, string])[] = [
    ['cd tools && sh setup', 'tools/setup'],
    ["node 'my scripts/setup.js'", 'my scripts/setup.js'],
    ['node -r ./hook ./a', 'hook.js'],
    ['./tool.exe', 'tool.exe'],
    ['patch-package --patch-dir fixes', 'fixes/a+1.0.0.patch'],
  ];
  const runs = ([command, path]: readonly [string, string]) => ({
    base: { ...NPM, ...withScripts({ prepare: command }), [path]: 'a\n' },
    change: { [path]: 'evil\n' },
  });
  const ofRun = foundTogether(RUN.map(runs));
  for (const [index, [command, path]] of RUN.entries())
    test(`${path} by ${command}`, () => {
      const findings = ofRun(index, path);
      assert.equal(findings.length, 1);
      const severity = path.endsWith('.patch') ? 'information' : 'warning';
      assert.match(findings[0]!, new RegExp(`^package.json ".*" ${severity}$`));
    });

  test('the main of the folder that Node is given', () => {
    const base = {
      ...NPM,
      ...withScripts({ prepare: 'node . && cd tools && node .' }, { main: './lib/shop' }),
      'lib/shop.js': 'a\n',
      'tools/package.json': { main: 'main.js' },
      'tools/main.js': 'a\n',
    };
    const token = 'package.json "node . && cd tools && node ." warning';
    assert.deepEqual(foundSince(base, { 'tools/main.js': 'evil\n' }, 'tools/main.js'), [token]);
    assert.deepEqual(foundSince(base, { 'lib/shop.js': 'evil\n' }, 'lib/shop.js'), [token]);
  });

  test('a file that a named script runs', () => {
    const base = {
      ...NPM,
      ...withScripts({ prepare: 'npm run build', build: 'node build' }),
      'build.js': 'a\n',
    };
    assert.deepEqual(foundSince(base, { 'build.js': 'evil\n' }, 'build.js'), [
      'package.json "node build" warning',
    ]);
  });

  const SILENT: readonly (readonly [string, string])[] = [
    ['esbuild src/index.ts --bundle', 'src/index.ts'],
    ['node build README.md', 'README.md'],
  ];
  const ofSilent = foundTogether(SILENT.map(runs));
  for (const [index, [command, path]] of SILENT.entries())
    test(`${path} is only read by ${command}`, () => assert.deepEqual(ofSilent(index), []));
});
