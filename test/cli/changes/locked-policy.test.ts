import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { makeProject, runCli } from '../run-cli.ts';

const POLICY = 'dependency-hygiene.json';
const MANIFEST = { name: 'shop', private: true, dependencies: { loadsh: '^1.0.0', request: '^2.0.0' } };
const DENY = { deny: [{ name: 'request', reason: 'old', contact: 'Ada' }] };

function check(directory: string, ...args: readonly string[]) {
  const run = runCli(['check', directory, '--format', 'json', ...args]);
  const findings = run.code === 2 ? [] : (JSON.parse(run.out) as { findings: readonly Finding[] }).findings;
  return { ...run, findings, rules: findings.map(({ rule }) => rule) };
}

interface Finding {
  readonly rule: string;
  readonly path: string;
  readonly message: string;
  readonly related?: readonly object[];
}

describe('--policy', () => {
  const organisation = join(makeProject({ 'policy.json': DENY }), 'policy.json');

  test('a project cannot turn off, ignore, exclude or allow what it denies', () => {
    for (const own of [
      { rules: { 'policy-denied-dependency': 'off' } },
      { allow: [{ name: 'request', reason: 'ours' }] },
      { exclude: ['**'] },
      {
        ignores: [
          { rule: 'policy-denied-dependency', package: 'request', reason: 'ours', expires: '2999-01-01' },
        ],
      },
    ]) {
      const directory = makeProject({ 'package.json': MANIFEST, [POLICY]: own });
      const { findings, rules } = check(directory, '--policy', organisation);
      assert.ok(rules.includes('policy-denied-dependency'), JSON.stringify(own));
      const overruled = findings.filter(({ message }) => message.includes('has no effect'));
      assert.deepEqual(
        overruled.map(({ path, rule }) => [path, rule]),
        [[POLICY, 'policy-file-invalid']],
      );
      assert.ok(!check(directory).rules.includes('policy-denied-dependency'));
    }
  });

  test('a file that is missing or invalid is a usage error', () => {
    const directory = makeProject({ 'package.json': MANIFEST, 'policy.json': { denny: [] } });
    const missing = check(directory, '--policy', join(directory, 'other.json'));
    assert.equal(missing.code, 2);
    const invalid = check(directory, '--policy', join(directory, 'policy.json'));
    assert.equal(invalid.code, 2);
    assert.match(invalid.error, /policy\.json is invalid in line \d+: unknown key "denny"/i);
  });
});

describe('--policy-from', () => {
  function pullRequest(base: object, change: object | undefined): string {
    const directory = makeProject({ 'package.json': MANIFEST, [POLICY]: base });
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.test', ...args], {
        cwd: directory,
        stdio: 'ignore',
      });
    const commit = () => {
      git('add', '--all', '--force');
      git('commit', '--quiet', '--message=commit');
    };
    git('init', '--quiet');
    commit();
    git('tag', 'before');
    if (change === undefined) rmSync(join(directory, POLICY));
    else writeFileSync(join(directory, POLICY), JSON.stringify(change));
    commit();
    return directory;
  }

  test('the policy of the commit counts, whatever the change does to it', () => {
    const base = { ...DENY, rules: { 'typosquat-name': 'off' } };
    for (const change of [
      undefined,
      {},
      { allow: [{ name: 'request', reason: 'ours' }] },
      { preset: 'security', rules: { 'typosquat-name': 'error', 'policy-denied-dependency': 'off' } },
    ]) {
      const { findings, rules } = check(pullRequest(base, change), '--policy-from', 'before');
      assert.ok(rules.includes('policy-denied-dependency'), JSON.stringify(change));
      assert.ok(!rules.includes('typosquat-name'), JSON.stringify(change));
      // The entry is in the text of the commit, not in that of the file.
      const denied = findings.find(({ rule }) => rule === 'policy-denied-dependency');
      assert.deepEqual(denied?.related ?? [], []);
    }
  });

  test('a commit that is not there is a usage error with the command that fetches it', () => {
    const directory = pullRequest(DENY, {});
    const { code, error } = check(directory, '--policy-from', 'origin/main');
    assert.equal(code, 2);
    assert.match(error, /--policy-from origin\/main cannot be used: /);
    assert.match(error, /git fetch --depth=1 origin main:refs\/remotes\/origin\/main/);
  });

  test('contradicting options are a usage error', () => {
    const directory = pullRequest(DENY, {});
    assert.equal(check(directory, '--policy-from', 'before', '--base', 'HEAD').code, 2);
    assert.equal(check(directory, '--policy-from', 'before', '--config', join(directory, POLICY)).code, 2);
  });
});
