import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { lockfileOf, MIRROR, makeProject, runCli } from './run-cli.ts';

const PROJECT = {
  'package.json': { name: 'shop', dependencies: { expresss: '^4.0.0' } },
  'package-lock.json': lockfileOf({ expresss: '^4.0.0' }),
  'dependency-hygiene.json': MIRROR,
};

describe('check for CI', () => {
  test('writes a format to a file and prints the text', () => {
    const directory = makeProject(PROJECT);
    const file = join(directory, 'out.sarif');
    const { code, out } = runCli(['check', directory, '--format', 'sarif', '--output', file]);
    assert.equal(code, 0);
    assert.match(out, /^Passed: /);
    const { runs } = JSON.parse(readFileSync(file, 'utf8'));
    const rules = runs[0].results.map(({ ruleId }: { ruleId: string }) => ruleId);
    assert.ok(rules.includes('typosquat-name'), rules.join());
  });

  test('says that a file cannot be written', () => {
    const directory = makeProject(PROJECT);
    const { code, error } = runCli(['check', directory, '--output', join(directory, 'no/such/folder')]);
    assert.equal(code, 2);
    assert.match(error, /--output .* give another file\./);
  });

  test('annotates and summarizes in a job of GitHub Actions, with paths from the repository', () => {
    const repository = makeProject(
      Object.fromEntries(Object.entries(PROJECT).map(([path, content]) => [`web/${path}`, content])),
    );
    mkdirSync(join(repository, '.git'));
    const summary = join(repository, 'summary.md');
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
    const { out } = runCli(['check', join(repository, 'web')], { env });
    assert.match(out, /^Passed: [\s\S]*\n::warning file=web\/package\.json,line=4,.*title=typosquat-name::/);
    assert.match(readFileSync(summary, 'utf8'), /^## Dependency Hygiene\n[\s\S]*web\/package\.json:4/);
    const { out: json } = runCli(['check', join(repository, 'web'), '--format', 'json'], { env });
    JSON.parse(json);
  });

  test('marks what the configuration accepts, with its reason', () => {
    const ignores = [
      { rule: 'typosquat-name', package: 'expresss', reason: 'our own fork', expires: '2099-01-01' },
    ];
    const directory = makeProject({ ...PROJECT, 'dependency-hygiene.json': { ...MIRROR, ignores } });
    const { out } = runCli(['check', directory, '--format', 'sarif']);
    const { results } = JSON.parse(out).runs[0];
    const accepted = results.filter(({ ruleId }: { ruleId: string }) => ruleId === 'typosquat-name');
    assert.deepEqual(
      accepted.map(({ suppressions }: { suppressions: readonly object[] }) => suppressions),
      [[{ kind: 'external', status: 'accepted', justification: 'our own fork' }]],
    );
  });
});

describe('a baseline', () => {
  test('leaves only what is new', () => {
    const directory = makeProject(PROJECT);
    const file = join(directory, 'baseline.json');
    const written = runCli(['baseline', 'write', directory, '--output', file]);
    assert.equal(written.code, 0, written.error);
    const before = runCli(['check', directory, '--baseline', file, '--fail-on', 'information']);
    assert.equal(before.code, 0);
    assert.match(before.out, /Baseline: \d+ known findings? left out\./);
    // One line further down, and another one.
    writeFileSync(
      join(directory, 'package.json'),
      JSON.stringify(
        { name: 'shop', license: 'MIT', dependencies: { expresss: '^4.0.0', momentt: '^2.0.0' } },
        undefined,
        2,
      ),
    );
    const after = runCli(['check', directory, '--baseline', file, '--format', 'json']);
    const { findings, baseline } = JSON.parse(after.out);
    const names = findings.map(({ package: name }: { package: string }) => name);
    assert.ok(names.length > 0 && names.every((name: string) => name === 'momentt'), names.join());
    assert.ok(baseline.known > 0);
  });

  test('that is none is wrong use', () => {
    const directory = makeProject({ ...PROJECT, 'b.json': '{"version":1}' });
    const { code, error } = runCli(['check', directory, '--baseline', join(directory, 'b.json')]);
    assert.equal(code, 2);
    assert.match(error, /is not a baseline; write it with "dephygiene baseline write"/);
  });

  test('is not written where a file cannot be read', () => {
    const directory = makeProject({ ...PROJECT, 'package-lock.json': '{' });
    const { code, error } = runCli(['baseline', 'write', directory]);
    assert.equal(code, 2);
    assert.match(error, /could not be read completely/);
  });
});
