import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { RULES } from '../../../server/src/core/rules/index.ts';
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
  for (const path of [...parts, 'server/tools/new-rule.ts', 'server/tools/generate', 'test/workspace.ts']) {
    cpSync(join(root, path), join(copy, path), { recursive: true });
  }
  mkdirSync(join(copy, 'test/unit/rules'), { recursive: true });
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
    const tested = run('--test', 'test/unit/rules/brand-new.test.ts');
    assert.match(tested.stdout, /\bpass 3\b/, tested.stdout);
    assert.equal(tested.status, 0);
  });

  test('refuses a second rule of that id, and an id that is none', () => {
    const second = run('server/tools/new-rule.ts', 'brand-new');
    assert.equal(second.status, 2);
    assert.match(second.stderr, /^new-rule: there is a rule brand-new already\.\n$/);
    assert.equal(run('server/tools/new-rule.ts', '../x').status, 2);
  });
});

describe('indexWithRule', () => {
  test('keeps the list of rules complete and sorted', () => {
    const index = readFileSync(join(root, 'server/src/core/rules/index.ts'), 'utf8');
    const next = indexWithRule(index, 'aaa-first');
    for (const { id } of RULES) assert.ok(next.includes(`from './${id}.ts';`), id);
    assert.ok(next.startsWith("import { aaaFirst } from './aaa-first.ts';\n"));
    assert.equal(next.match(/^import \{/gm)?.length, RULES.length + 1);
    assert.equal(next.match(/^ {2}\w+,$/gm)?.length, RULES.length + 1);
  });
});
