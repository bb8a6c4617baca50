import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { checkJson, makeProject, runCli } from '../run-cli.ts';
import { commit, type Files, repository } from './changed-code.ts';

const POLICY = 'dependency-hygiene.json';
const MANIFEST = { name: 'shop', private: true, dependencies: { request: '^2.0.0' } };
const DENY = { deny: [{ name: 'request', reason: 'old' }] };
const PROJECT: Files = { 'package.json': MANIFEST };

const rulesOf = (directory: string, ...args: readonly string[]) =>
  checkJson(directory, ...args).findings.map(({ rule, path }) => `${path} ${rule}`);
const DENIED = 'package.json policy-denied-dependency';

describe('extends', () => {
  test('inherits from a file of the repository and from an installed package', () => {
    const other = { ...DENY, controls: { lockfile: true } };
    for (const files of [
      { [POLICY]: { extends: './policy/base.json' }, 'policy/base.json': DENY },
      { [POLICY]: { extends: '@acme/policy' }, [`node_modules/@acme/policy/${POLICY}`]: other },
    ])
      assert.ok(rulesOf(makeProject({ ...PROJECT, ...files })).includes(DENIED));
  });

  test('what it cannot find is an error at its place', () => {
    const directory = makeProject({ ...PROJECT, [POLICY]: { extends: ['../base.json'] } });
    const { findings, code } = checkJson(directory);
    const [fault] = findings.filter(({ rule }) => rule === 'policy-file-invalid');
    assert.match(fault?.message ?? '', /"\.\.\/base\.json" leads out of the repository/);
    assert.equal(fault?.severity, 'error');
    assert.equal(code, 1);
  });

  test('show prints the file of each line, and lint the faults', () => {
    const directory = makeProject({
      ...PROJECT,
      [POLICY]: { extends: './base.json', overrides: [{ paths: ['a'], rules: { 'insecure-url': 'off' } }] },
      'base.json': { ...DENY, rules: { 'outdated-dependency': 'off' } },
    });
    const shown = runCli(['policy', 'show', directory]).out.replace(/ {2,}/g, '  ');
    assert.match(shown, /^deny {2}request {2}\(base\.json:4\)$/m);
    assert.match(shown, /^rules\.outdated-dependency {2}off {2}\(base\.json:\d+\)$/m);
    assert.match(shown, /^overrides\.a\.rules\.insecure-url {2}off {2}\(dependency-hygiene\.json:\d+\)$/m);
    const broken = makeProject({ ...PROJECT, [POLICY]: '{ "extends": "./none.json" }' });
    const lint = runCli(['policy', 'lint', broken]);
    assert.deepEqual(
      [lint.code, lint.out],
      [1, 'dependency-hygiene.json:1:14: "./none.json" does not exist.\n'],
    );
  });

  test('of --policy is read as well, and has to be there', () => {
    const organisation = makeProject({
      'policy.json': { extends: './base.json' },
      'base.json': DENY,
      'broken.json': { extends: './none.json' },
    });
    const directory = makeProject({
      ...PROJECT,
      [POLICY]: { allow: [{ name: 'request', reason: 'ours' }] },
    });
    assert.ok(rulesOf(directory, '--policy', join(organisation, 'policy.json')).includes(DENIED));
    const broken = runCli(['check', directory, '--policy', join(organisation, 'broken.json')]);
    assert.equal(broken.code, 2);
    assert.match(broken.error, /broken\.json is invalid in line 2: "\.\/none\.json" does not exist/);
  });

  test('a change cannot loosen what the base inherits', () => {
    for (const change of [
      { 'base.json': {} },
      { 'base.json': { ...DENY, allow: [{ name: 'request', reason: 'ours' }] } },
      { [POLICY]: {} },
      { [POLICY]: { extends: './other.json' }, 'other.json': {} },
    ] satisfies Files[]) {
      const directory = repository({ ...PROJECT, [POLICY]: { extends: './base.json' }, 'base.json': DENY });
      commit(directory, change);
      const reviewed = rulesOf(directory, '--base', 'HEAD~1');
      assert.ok(reviewed.includes(DENIED), JSON.stringify(change));
      assert.ok(reviewed.some((one) => one.endsWith(' protection-weakened')));
      assert.ok(rulesOf(directory, '--policy-from', 'HEAD~1').includes(DENIED), JSON.stringify(change));
    }
  });

  test('a change can add to what the base inherits', () => {
    const directory = repository({ ...PROJECT, [POLICY]: { extends: './base.json' }, 'base.json': {} });
    commit(directory, { 'base.json': DENY });
    assert.ok(rulesOf(directory, '--base', 'HEAD~1').includes(DENIED));
    assert.ok(!rulesOf(directory, '--policy-from', 'HEAD~1').includes(DENIED));
  });

  test('--policy-from fails if the commit does not have all of it', () => {
    const installed = { 'node_modules/policy/dependency-hygiene.json': DENY };
    for (const [files, later, why] of [
      [{ [POLICY]: { extends: './base.json' } }, { 'base.json': DENY }, /"\.\/base\.json" does not exist/],
      [{ [POLICY]: { extends: 'policy' } }, installed, /"policy" is not installed/],
    ] as const) {
      const directory = repository({ ...PROJECT, ...files });
      commit(directory, later);
      const run = runCli(['check', directory, '--policy-from', 'HEAD~1']);
      assert.equal(run.code, 2, run.out);
      assert.match(run.error, why);
      assert.match(run.error, /give the policy with --policy/);
    }
  });
});

describe('overrides', () => {
  const WORKSPACE: Files = {
    'package.json': { ...MANIFEST, workspaces: ['packages/*'] },
    'packages/old/package.json': { name: 'old', private: true, dependencies: { request: '^2.0.0' } },
    'packages/new/package.json': { name: 'new', private: true, dependencies: { request: '^2.0.0' } },
  };
  const OLD = { paths: ['packages/old'], rules: { 'policy-denied-dependency': 'off' } };
  const denied = (directory: string, ...args: readonly string[]) =>
    rulesOf(directory, ...args)
      .filter((one) => one.endsWith(' policy-denied-dependency'))
      .map((one) => one.split('/')[1] ?? 'root');

  test('hold for the files that they name', () => {
    const directory = makeProject({ ...WORKSPACE, [POLICY]: { ...DENY, overrides: [OLD] } });
    assert.deepEqual(denied(directory).sort(), ['new', 'root']);
    const only = { overrides: [{ paths: ['packages/new/**'], ...DENY }] };
    assert.deepEqual(denied(makeProject({ ...WORKSPACE, [POLICY]: only })), ['new']);
  });

  test('cannot loosen a locked policy, and those of a change nothing', () => {
    const organisation = join(makeProject({ 'policy.json': DENY }), 'policy.json');
    const directory = makeProject({ ...WORKSPACE, [POLICY]: { overrides: [OLD] } });
    assert.equal(denied(directory, '--policy', organisation).length, 3);
    const { findings } = checkJson(directory, '--policy', organisation);
    assert.match(
      findings.find(({ rule }) => rule === 'policy-file-invalid')?.message ?? '',
      /"rules\.policy-denied-dependency: off" has no effect/,
    );
    const changed = repository({ ...WORKSPACE, [POLICY]: DENY });
    commit(changed, { [POLICY]: { ...DENY, overrides: [OLD] } });
    assert.equal(denied(changed, '--base', 'HEAD~1').length, 3);
    assert.equal(denied(changed, '--policy-from', 'HEAD~1').length, 3);
    assert.equal(denied(changed).length, 2);
  });

  test('unknown rules and keys are faults', () => {
    const overrides = [
      { paths: ['a'], rules: { 'insecure-urll': 'off' } },
      { paths: ['a'], preset: 'all' },
      {},
    ];
    const directory = makeProject({ ...WORKSPACE, [POLICY]: { overrides } });
    const { out } = runCli(['policy', 'lint', directory]);
    assert.match(out, /Unknown rule id "insecure-urll"/);
    assert.match(out, /Unknown key "preset"/);
    assert.match(out, /An entry of "overrides" needs a glob in "paths"/);
  });
});

test('a hostile change gains nothing from a file that it adds', () => {
  const scope = { scope: '@acme', registry: 'https://npm.acme.example.test/' };
  const base = { ...DENY, privateScopes: [scope] };
  const hostile = {
    allow: [{ name: 'request', reason: 'ours' }],
    rules: { 'policy-denied-dependency': 'off', 'protection-weakened': 'off', 'typosquat-name': 'off' },
    ignores: [
      { rule: 'policy-denied-dependency', package: 'request', reason: 'ours', expires: '2999-01-01' },
    ],
    privateScopes: [{ ...scope, registry: 'https://evil.example.test/' }],
    mirrors: ['https://evil.example.test/'],
    allowedHosts: ['evil.example.test'],
  };
  const directory = repository({ ...PROJECT, [POLICY]: base });
  commit(directory, { [POLICY]: { ...base, extends: './evil.json' }, 'evil.json': hostile });
  const shown = JSON.stringify(checkJson(directory, '--base', 'HEAD~1').findings);
  for (const key of ['allow: request', 'rules.policy-denied-dependency', 'mirrors', 'allowedHosts'])
    assert.ok(shown.includes(key), key);
  for (const option of ['--base', '--policy-from'])
    assert.ok(rulesOf(directory, option, 'HEAD~1').includes(DENIED), option);
});
