import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runCli } from '../run-cli.ts';
import { commit, type Files, NPM, PNPM, repository, SHOP, YARN } from './changed-code.ts';
import { foundSince, foundTogether } from './found-since.ts';

/** Returns a workspace with two members with the same scripts, and a folder whose manifest is not a member's. */
function workspace(prepare: string, other: Files = {}, lockfile: Files = NPM): Files {
  const member = (name: string) => ({ name, scripts: { build: 'tsc', test: 'a' } });
  return {
    ...lockfile,
    'package.json': { ...SHOP, workspaces: ['packages/*'], scripts: { prepare, build: 'a' } },
    'packages/b/package.json': member('@acme/b'),
    'packages/c/package.json': member('@acme/c'),
    'tools/package.json': { name: 'tools', scripts: { build: 'tsc', test: 'a' } },
    ...(lockfile === PNPM ? { 'pnpm-workspace.yaml': 'packages: [packages/*]\n' } : {}),
    ...other,
  };
}

const changed = (name: string) => ({ name, scripts: { build: 'evil', test: 'b' } });
/** Changes all three, and the root's own script of that name. */
const CHANGE = (prepare: string): Files => ({
  'package.json': { ...SHOP, workspaces: ['packages/*'], scripts: { prepare, build: 'b' } },
  'packages/b/package.json': changed('@acme/b'),
  'packages/c/package.json': changed('@acme/c'),
  'tools/package.json': changed('tools'),
});

const B = 'packages/b/package.json "build" warning';
const C = 'packages/c/package.json "build" warning';
const TOOLS = 'tools/package.json "build" warning';

const CALLS: readonly (readonly [command: string, lockfile: Files, found: readonly string[]])[] = [
  ['npm run build -w @acme/b', NPM, [B]],
  ['npm --workspace=packages/c run build', NPM, [C]],
  ['npm run build --workspaces --if-present', NPM, [B, C]],
  ['npm --prefix tools run build', NPM, [TOOLS]],
  ['cd tools && npm run build', NPM, [TOOLS]],
  ['pnpm --filter @acme/b build', PNPM, [B]],
  ['pnpm --filter "./packages/*" run build', PNPM, [B, C]],
  ['pnpm -C tools build', PNPM, [TOOLS]],
  ['yarn workspace @acme/c build', YARN, [C]],
  ['yarn workspaces foreach -A run build', YARN, [B, C]],
  ['yarn --cwd tools build', YARN, [TOOLS]],
  ['bun run --filter "@acme/b" build', NPM, [B]],
  ['bun run --cwd=tools build', NPM, [TOOLS]],
  ['turbo run build --filter=...', NPM, [B, C]],
  ['npx nx run b:build:production', NPM, [B]],
  ['nx run-many -t build,lint', NPM, [B, C]],
  ['lerna run build --scope "@acme/{b,x}"', NPM, [B]],
];

describe('scripts of other manifests that a lifecycle script runs', () => {
  const ofCalls = foundTogether(
    CALLS.map(([command, lockfile]) => ({
      base: workspace(command, {}, lockfile),
      change: CHANGE(command),
    })),
  );
  for (const [index, [command, , found]] of CALLS.entries())
    test(command, () => {
      const findings = ofCalls(index, found[0]!.split(' ')[0]);
      // A filter, and a folder that may be missing, can refer to the root as well.
      const isOpen = /filter |^cd /.test(command);
      assert.deepEqual(isOpen ? findings.filter((one) => !one.startsWith('package.json ')) : findings, found);
    });

  test('the same scripts are silent where no lifecycle script runs them', () => {
    assert.deepEqual(foundSince(workspace('tsc'), CHANGE('tsc')), []);
    const prepare = 'npm run test -w @acme/b';
    const change = { 'packages/b/package.json': { name: '@acme/b', scripts: { build: 'b', test: 'a' } } };
    assert.deepEqual(foundSince(workspace(prepare), change), []);
  });

  test('what runs before it, and the file that it runs', () => {
    const base = workspace('npm run build -w @acme/b', {
      'packages/b/package.json': { name: '@acme/b', scripts: { prebuild: 'node gen.js', build: 'tsc' } },
      'packages/b/gen.js': "require('./lib')\n",
      'packages/b/lib.js': 'a\n',
    });
    assert.deepEqual(foundSince(base, { 'packages/b/lib.js': 'evil\n' }, 'packages/b/lib.js'), [
      'packages/b/package.json "node gen.js" warning',
    ]);
  });

  const READ: readonly (readonly [command: string, path: string])[] = [
    ['turbo run build', 'turbo.json'],
    ['turbo build', 'packages/b/turbo.json'],
    ['nx run-many -t build', 'nx.json'],
    ['nx run b:build', 'packages/b/project.json'],
    ['lerna run build', 'lerna.json'],
    ['make all', 'Makefile'],
    ['make -C tools', 'tools/Makefile'],
    ['make -f build.mk', 'build.mk'],
  ];
  const ofFiles = foundTogether(
    READ.map(([command, path]) => ({
      base: workspace(command, { [path]: '{}\n' }),
      change: { [path]: '{ }\n' },
    })),
  );
  for (const [index, [command, path]] of READ.entries())
    test(`${path}, which ${command} reads`, () => {
      assert.deepEqual(ofFiles(index, path), [`package.json "${command}" warning`]);
    });

  test('what turbo and Nx run before it', () => {
    const tasks = { build: { dependsOn: ['^build', '@acme/c#test'] }, lint: { dependsOn: ['x'] } };
    const turbo = workspace('turbo run build --filter=...', { 'turbo.json': { tasks } });
    const change = {
      'packages/c/package.json': { name: '@acme/c', scripts: { build: 'tsc', test: 'evil' } },
    };
    const token = 'packages/c/package.json "test" warning';
    assert.deepEqual(foundSince(turbo, change, 'packages/c/package.json'), [token]);
    const targets = { build: { dependsOn: [{ target: 'test', projects: 'dependencies' }] } };
    const nx = workspace('nx run b:build', { 'nx.json': { targetDefaults: targets } });
    assert.deepEqual(foundSince(nx, change, 'packages/c/package.json'), [token]);
    const other = workspace('turbo run lint', { 'turbo.json': { tasks } });
    assert.deepEqual(foundSince(other, change), []);
  });

  test('the configuration of a runner that no install runs is silent', () => {
    const base = workspace('tsc', { 'turbo.json': '{}\n', 'nx.json': '{}\n', Makefile: 'a:\n' });
    assert.deepEqual(foundSince(base, { 'turbo.json': '{ }\n', 'nx.json': '{ }\n', Makefile: 'b:\n' }), []);
  });
});

describe('commands of members that a lifecycle script runs', () => {
  const tool = (manifest: object, prepare = 'npx gen --all'): Files =>
    workspace(prepare, {
      'packages/b/package.json': { name: '@acme/b', ...manifest },
      'packages/b/bin/gen': '#!/usr/bin/env node\nrequire("./lib")\n',
      'packages/b/bin/lib.js': 'a\n',
    });
  const TOKEN = 'package.json "npx gen --all" warning';

  test('by bin, and what it loads', () => {
    const base = tool({ bin: { gen: 'bin/gen' } });
    assert.deepEqual(foundSince(base, { 'packages/b/bin/gen': 'evil\n' }, 'packages/b/bin/gen'), [TOKEN]);
    assert.deepEqual(foundSince(base, { 'packages/b/bin/lib.js': 'evil\n' }, 'packages/b/bin/lib.js'), [
      TOKEN,
    ]);
  });

  test('by directories.bin, also one that is new', () => {
    const base = tool({ directories: { bin: './bin' } });
    assert.deepEqual(foundSince(base, { 'packages/b/bin/gen': 'evil\n' }, 'packages/b/bin/gen'), [TOKEN]);
    const other = tool({ directories: { bin: './bin' } }, 'tsc');
    assert.deepEqual(foundSince(other, { 'packages/b/bin/tsc': 'evil\n' }, 'packages/b/bin/tsc'), [
      'package.json "tsc" warning',
    ]);
  });

  test('by a folder that directories.bin names now', () => {
    const base = tool({}, 'gen');
    const manifest = { name: '@acme/b', directories: { bin: 'bin' } };
    const directory = repository(base);
    commit(directory, { 'packages/b/package.json': manifest });
    const { out } = runCli(['diff', directory, '--base', 'HEAD~1']);
    assert.match(out, /^ {2}\+ line 4: directories\.bin bin/m);
  });

  test('by a folder that a dependency names', () => {
    const base = {
      ...NPM,
      'package.json': { ...SHOP, dependencies: { b: 'file:lib/b' }, scripts: { prepare: 'gen' } },
      'lib/b/package.json': { name: 'b', bin: { gen: './gen.js' } },
      'lib/b/gen.js': 'a\n',
    };
    assert.deepEqual(foundSince(base, { 'lib/b/gen.js': 'evil\n' }, 'lib/b/gen.js'), [
      'package.json "gen" warning',
    ]);
  });

  test('are silent where no lifecycle script runs them', () => {
    const base = tool({ bin: { gen: 'bin/gen' } }, 'tsc');
    assert.deepEqual(foundSince(base, { 'packages/b/bin/gen': 'b\n', 'packages/b/bin/lib.js': 'b\n' }), []);
  });
});
