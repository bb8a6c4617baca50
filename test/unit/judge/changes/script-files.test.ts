import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { scriptFiles } from '../../../../server/src/core/judge/changes/script-files.ts';
import { joinUri, relativeUri } from '../../../../server/src/core/read/text/paths/uri.ts';

const ROOT = 'file:///shop';

/** Returns the paths that a script may run, with `main of` and `patches in` before those of folders. */
function filesOf(script: string): readonly string[] {
  return scriptFiles(script).map(({ path, kind }) => {
    const whole = relativeUri(ROOT, joinUri(ROOT, path));
    return kind === 'file' ? whole : kind === 'main' ? `main of ${whole}` : `patches in ${whole}`;
  });
}

const RUN: readonly (readonly [script: string, ...paths: string[]])[] = [
  ['sh scripts/setup', 'scripts/setup'],
  ['cd tools && node gen.js', 'tools/gen.js'],
  ['cd tools; cd deep; node gen', 'tools/deep/gen.mjs'],
  ['cd tools && node .', 'tools/index.js', 'main of tools/package.json'],
  ["node 'my scripts/setup.js'", 'my scripts/setup.js'],
  ['node my\\ scripts/setup.js', 'my scripts/setup.js'],
  ['node -r ./hook ./a', 'hook.js', 'a.cjs'],
  ['node --import=./hook.mjs a', 'hook.mjs', 'a.js'],
  ['tsx --loader ./hook a', 'hook.ts', 'a.ts'],
  ['NODE_OPTIONS="--require ./hook" tsc', 'hook.js'],
  ['./tool.exe && ./bin/setup --all', 'tool.exe', 'bin/setup'],
  ['tools\\setup.cmd', 'tools/setup.cmd'],
  ['npx tsx setup', 'setup.ts'],
  ['cross-env A=1 node --max-old-space-size 4096 setup', 'setup.js'],
  ['(cd a && true) && node b', 'b.js', 'a/b.js'],
  ['true || . ./env', 'env'],
  ['sh < setup', 'setup'],
  ['node -e "require(\'./setup\')"', 'setup.js'],
  ['bash -c "cd tools && sh gen"', 'tools/gen'],
  ['echo $(node gen)', 'gen.js'],
  ['make all', 'Makefile'],
  ['node ./tools', 'tools/index.js', 'main of tools/package.json'],
  ['rollup -c build/rollup.js src/index.js', 'build/rollup.js'],
  ['mytool ./x.js', 'x.js'],
  ['patch-package --patch-dir fixes/', 'patches in fixes'],
  ['patch-package --patch-dir=fixes', 'patches in fixes'],
];

const READ: readonly (readonly [script: string, path: string])[] = [
  ['esbuild src/index.ts --bundle', 'src/index.ts'],
  ['npx tsc -p tsconfig.json src/index.ts', 'src/index.ts'],
  ['npx tsc -p tsconfig.json src/index.ts', 'tsconfig.json'],
  ['rollup -c build/rollup.js src/index.js', 'src/index.js'],
  ['cp src/a.js dist', 'src/a.js'],
  ['node build README.md', 'README.md'],
  ['ts-node -P tsconfig.json build', 'tsconfig.json'],
  ['bun build src/index.ts', 'src/index.ts'],
  ['husky install .husky', '.husky'],
  ['echo setup.js', 'setup.js'],
  ['node a > out.js', 'out.js'],
  ['node /x.js', 'x.js'],
  ['node --run build', 'build.js'],
  ['curl https://files.example.test/x.sh', 'x.sh'],
];

describe('files that a script runs', () => {
  for (const [script, ...paths] of RUN)
    test(script, () => {
      const files = filesOf(script);
      for (const path of paths) assert.ok(files.includes(path), `${path} is not among ${files.join(', ')}`);
    });
});

describe('files that a script only reads or writes', () => {
  for (const [script, path] of READ)
    test(`${path} of ${script}`, () => assert.ok(!filesOf(script).includes(path)));
});

test('a hostile script costs no more than its length', () => {
  const started = process.cpuUsage().user;
  for (const part of ['node ', 'cd a;', '"', "'\\", '$(', 'A=', '"node a" ', '`(', "'./", '> <', 'npx '])
    scriptFiles(part.repeat(100_000));
  assert.ok(process.cpuUsage().user - started < 5_000_000);
});
