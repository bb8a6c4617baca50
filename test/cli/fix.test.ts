import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { checkJson, lockfileOf, MIRROR, makeProject, runCli } from './run-cli.ts';

const project = () =>
  makeProject({
    'package.json': {
      name: 'shop',
      packageManager: 'npm@11.19.1',
      dependencies: { a: 'git+http://github.com/acme/a.git#0123456789012345678901234567890123456789' },
    },
    'web/package.json': { name: 'web', packageManager: 'npm@11.19.1', dependencies: { b: '^1.0.0' } },
    'web/package-lock.json': lockfileOf({ b: '^1.0.0' }),
    'dependency-hygiene.json': MIRROR,
  });

/** Returns how many findings of a project have a safe fix. */
function safeIn(directory: string): number {
  return checkJson(directory).findings.filter(({ fixes }) =>
    fixes.some(({ applicability }) => applicability === 'safe'),
  ).length;
}

describe('check --fix', () => {
  test('writes the safe fixes and reports what is left', () => {
    const directory = project();
    assert.ok(safeIn(directory) > 0);
    const before = readFileSync(join(directory, 'package.json'), 'utf8');
    const { out, error } = runCli(['check', directory, '--fix', '--fail-on', 'never']);
    assert.match(error, /^dephygiene: fixed \d+ findings? in package\.json\.$/m);
    assert.notEqual(readFileSync(join(directory, 'package.json'), 'utf8'), before);
    assert.equal(safeIn(directory), 0);
    assert.doesNotMatch(out, /insecure-url/);
    assert.match(runCli(['check', directory, '--fix']).error, /fixed 0 findings\./);
  });

  test('as a diff that git applies to the same result, and writes nothing', () => {
    const directory = project();
    const before = readFileSync(join(directory, 'package.json'), 'utf8');
    const { code, out } = runCli(['check', directory, '--fix-dry-run']);
    assert.equal(code, 0);
    assert.equal(readFileSync(join(directory, 'package.json'), 'utf8'), before);
    execFileSync('git', ['apply', '-'], { cwd: directory, input: out });
    const applied = readFileSync(join(directory, 'package.json'), 'utf8');
    writeFileSync(join(directory, 'package.json'), before);
    runCli(['check', directory, '--fix']);
    assert.equal(readFileSync(join(directory, 'package.json'), 'utf8'), applied);
  });
});
