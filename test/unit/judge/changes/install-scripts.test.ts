import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { reachedScripts } from '../../../../server/src/core/judge/changes/script-references.ts';

function reached(scripts: Readonly<Record<string, string>>, hooks = true): readonly string[] {
  const named = new Map(Object.entries(scripts).map(([name, value]) => [name, { value }]));
  return [...reachedScripts(named, ['prepare'], hooks)].sort();
}

describe('scripts that a script names', () => {
  const CALLS: readonly string[] = [
    'npm run build',
    'npm run-script --silent build && husky',
    'npm --prefix . run build',
    'pnpm --filter shop build',
    'pnpm run "/^build$/"',
    'yarn build --all',
    'yarn run build',
    'bun run build',
    'bun --silent run build',
    'node --run build',
    'node --run=build -- --all',
    'run-s clean build',
    'npm-run-all --parallel "build*"',
    'npx npm-run-all "bu*"',
    'concurrently "npm:build" "npm run other"',
    'concurrently npm:bu*',
    "cross-env A=1 sh -c 'npm run build'",
    'is-ci || npm run build',
    'cd . && (npm run build)',
    'npm.cmd run build',
    '"$npm_execpath" run build',
  ];
  for (const call of CALLS)
    test(call, () => assert.ok(reached({ prepare: call, build: 'a', other: 'b' }).includes('build')));

  const OTHERS: readonly string[] = [
    'echo build',
    'yarn tsc build',
    'npm build',
    'bun build src/index.ts',
    'npm exec build',
    'npm run other build',
    'turbo run build',
  ];
  for (const call of OTHERS)
    test(`not ${call}`, () =>
      assert.ok(!reached({ prepare: call, build: 'a', other: 'b' }).includes('build')));

  test('npm runs some without "run"', () => {
    assert.deepEqual(reached({ prepare: 'npm t && npm start', test: 'a', start: 'a', stop: 'a' }), [
      'prepare',
      'start',
      'test',
    ]);
  });

  test('those that run before and after them, where the package manager does', () => {
    const scripts = { build: 'a', prebuild: 'a', postbuild: 'npm run late', late: 'a', prelate: 'a' };
    const all = ['build', 'late', 'postbuild', 'prebuild', 'prelate', 'prepare'];
    assert.deepEqual(reached({ ...scripts, prepare: 'npm run build' }), all);
    assert.deepEqual(reached({ ...scripts, prepare: 'node --run build' }), ['build', 'prepare']);
    assert.deepEqual(reached({ ...scripts, prepare: 'yarn build' }, false), ['build', 'prepare']);
  });

  test('through others, and in a circle', () => {
    const scripts = { prepare: 'npm run a', a: 'npm run b', b: 'npm run a && npm run c', c: 'x', d: 'x' };
    assert.deepEqual(reached(scripts), ['a', 'b', 'c', 'prepare']);
  });

  test('names like those of objects are no scripts', () => {
    assert.deepEqual(reached({ prepare: 'npm run constructor && npm run __proto__' }), ['prepare']);
  });
});

test('hostile scripts cost no more than their length', () => {
  const started = process.cpuUsage().user;
  const names = Object.fromEntries([...Array(2000).keys()].map((at) => [`a:${at}`, 'run-s a:*']));
  for (const part of ['run-s "a:*" ', 'npm run ', 'npm -', 'node ', '"npm run a" ', 'npm:{a,b}* ', '/^a '])
    reached({ prepare: part.repeat(100_000), ...names });
  assert.ok(process.cpuUsage().user - started < 30_000_000);
});
