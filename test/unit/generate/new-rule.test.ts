import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { RULES } from '../../../server/src/core/judge/rules/index.ts';
import { indexWithRule } from '../../../server/tools/generate/rule-skeleton.ts';

const root = join(import.meta.dirname, '../../..');

describe('new-rule', () => {
  const copy = mkdtempSync(join(tmpdir(), 'new-rule-'));
  after(() => rmSync(copy, { recursive: true, force: true }));
  const parts = [
    'package.json',
    '.tsconfig.base.json',
    'server/src/core',
    'server/src/engine',
    'server/data',
    'server/src/node/builtin-on-demand.ts',
    'server/src/node/proofs.ts',
    'server/src/node/verify-signature.ts',
    'test/stub-proofs.ts',
  ];
  for (const path of [...parts, 'server/tools', 'test/workspace.ts']) {
    cpSync(join(root, path), join(copy, path), { recursive: true });
  }
  mkdirSync(join(copy, 'test/unit/judge/rules'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  const run = (...args: string[]) => {
    const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
    return spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8', env });
  };

  test('writes a rule that compiles and whose test passes', () => {
    const made = run('server/tools/new-rule.ts', 'brand-new');
    assert.equal(made.status, 0, made.stderr);
    const typed = run('node_modules/typescript/bin/tsc', '-p', 'server/src/core', '--noEmit');
    assert.equal(
      typed.stdout.split('\n').find((line) => line.includes('brand-new')),
      undefined,
    );
    const tested = run('--test', 'test/unit/judge/rules/brand-new.test.ts');
    assert.match(tested.stdout, /\bpass 2\b/, tested.stdout);
    assert.equal(tested.status, 0);
    assert.match(readFileSync(join(copy, 'server/docs/rules/brand-new.md'), 'utf8'), /brand-new/);
    assert.match(readFileSync(join(copy, 'package.json'), 'utf8'), /brand-new/);
    assert.equal(run('server/tools/generate.ts', '--check').status, 0);
  });

  test('refuses a second rule of that id, and an id that is none', () => {
    const second = run('server/tools/new-rule.ts', 'brand-new');
    assert.equal(second.status, 2);
    assert.match(second.stderr, /^new-rule: The rule brand-new exists already\.\n$/);
    assert.equal(run('server/tools/new-rule.ts', '../x').status, 2);
  });
});

describe('indexWithRule', () => {
  test('leaves the order of the list as it is, and keeps the imports sorted', () => {
    const index = readFileSync(join(root, 'server/src/core/judge/rules/index.ts'), 'utf8');
    const listed = (text: string) => text.match(/^ {2}\w+,$/gm) ?? [];
    const imported = (text: string) => text.match(/'\.\/[\w-]+\.ts'/g) ?? [];
    for (const id of ['aaa-first', 'lockfile-zzz', 'zzz-last']) {
      const next = indexWithRule(index, id);
      assert.equal(listed(index).length, RULES.length);
      assert.deepEqual(listed(next).slice(0, -1), listed(index));
      assert.deepEqual(imported(next), [...imported(index), `'./${id}.ts'`].sort());
    }
  });
});
