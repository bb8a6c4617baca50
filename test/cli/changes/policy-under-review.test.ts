import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { lockfileOf, MIRROR, makeProject, runCli } from '../run-cli.ts';

type Files = Readonly<Record<string, string | object | null>>;
const POLICY = 'dependency-hygiene.json';
const DEPENDENCIES = { 'acme-internal-x': '1.0.0', '@acme/ui': '1.0.0', a: '1.0.0' };
const PROJECT = {
  'package.json': { name: 'shop', private: true, dependencies: DEPENDENCIES },
  'package-lock.json': lockfileOf(DEPENDENCIES),
};

/** Creates a pull request over the tag `before`: null deletes the file. */
function pullRequest(base: Files, change: Files): string {
  const directory = makeProject({});
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.test', ...args], {
      cwd: directory,
      stdio: 'ignore',
    });
  const commit = (files: Files) => {
    for (const [path, content] of Object.entries(files)) {
      const file = join(directory, path);
      mkdirSync(dirname(file), { recursive: true });
      if (content === null) rmSync(file);
      else writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    }
    git('add', '--all', '--force');
    git('commit', '--quiet', '--allow-empty', '--message=commit');
  };
  git('init', '--quiet');
  commit({ ...PROJECT, ...base });
  git('tag', 'before');
  commit(change);
  return directory;
}

function check(directory: string, ...args: readonly string[]) {
  const { out } = runCli(['check', directory, '--base', 'before', '--format', 'json', ...args]);
  const report = JSON.parse(out) as {
    findings: readonly { rule: string; path: string; message: string }[];
    excluded: readonly { path: string }[];
  };
  const weakened = report.findings.filter(({ rule }) => rule === 'protection-weakened');
  return { ...report, weakened: weakened.map(({ path, message }) => `${path}: ${message}`) };
}

const diff = (directory: string) => runCli(['diff', directory, '--base', 'before']).out;

const PRIVATE = {
  ...MIRROR,
  privateScopes: [{ scope: '@acme', registry: 'https://npm.acme.example.test/' }],
  internalNames: ['acme-internal-x'],
};

describe('private names that a change takes away', () => {
  test('are reported, and listed by diff', () => {
    const directory = pullRequest({ [POLICY]: PRIVATE }, { [POLICY]: { ...MIRROR, internalNames: [] } });
    assert.deepEqual(
      check(directory).weakened.map((line) => line.slice(0, 80)),
      [
        `${POLICY}: "privateScopes: @acme" is gone since before, in depende`,
        `${POLICY}: "internalNames: acme-internal-x" is gone since before, `,
      ],
    );
    const listed = diff(directory);
    assert.match(listed, /internalNames acme-internal-x {2}\(private names\)/);
    assert.match(listed, /privateScopes .*@acme/);
  });

  test('are reported at the manifest where the file is gone', () => {
    const directory = pullRequest({ [POLICY]: PRIVATE }, { [POLICY]: null });
    const { weakened } = check(directory);
    assert.equal(weakened.length, 2);
    assert.ok(weakened.every((line) => line.startsWith('package.json: ')));
    assert.match(weakened.join('\n'), /is gone since before, as dependency-hygiene\.json is gone/);
  });

  test('are silent where they are moved, extended or written another way', () => {
    const change = {
      internalNames: ['acme-other', 'ACME-internal-x'],
      privateScopes: ['@acme'],
      ...MIRROR,
      'x-note': 'ours',
    };
    const directory = pullRequest({ [POLICY]: PRIVATE }, { [POLICY]: change });
    assert.deepEqual(check(directory).weakened, []);
    assert.deepEqual(check(directory, '--severity', 'hint').weakened, []);
  });

  test('are silent without --base, as most likely work in progress', () => {
    const directory = pullRequest({ [POLICY]: PRIVATE }, {});
    writeFileSync(join(directory, POLICY), JSON.stringify(MIRROR));
    assert.doesNotMatch(runCli(['check', directory]).out, /protection-weakened/);
  });
});

describe('globs that a change adds', () => {
  const NESTED = {
    'api/package.json': { name: 'api', dependencies: { 'event-stream': '3.3.6' } },
    'api/package-lock.json': {
      name: 'api',
      lockfileVersion: 3,
      packages: {
        '': { name: 'api', dependencies: { 'event-stream': '3.3.6' } },
        'node_modules/event-stream': { version: '3.3.6' },
      },
    },
  };

  test('to "exclude" leave nothing out, and are reported', () => {
    const directory = pullRequest(
      { [POLICY]: MIRROR },
      { ...NESTED, [POLICY]: { ...MIRROR, exclude: ['api'] } },
    );
    const { findings, excluded, weakened } = check(directory);
    assert.ok(findings.some(({ rule, path }) => rule === 'malicious-version' && path.startsWith('api/')));
    assert.deepEqual(excluded, []);
    assert.match(weakened.join('\n'), /"exclude: api" is new since before/);
    assert.match(diff(directory), /^api\/package-lock\.json: new/m);
  });

  test('to "exclude" do not hide a changed script from diff', () => {
    const scripts = { prepare: 'node evil.js' };
    const change = {
      'package.json': { ...PROJECT['package.json'], scripts },
      [POLICY]: { exclude: ['package.json'] },
    };
    assert.match(diff(pullRequest({}, change)), /scripts\.prepare node evil\.js/);
  });

  test('to "fixtures" lower no severity, and are reported', () => {
    const broken = { 'api/package.json': { name: 'api' }, 'api/package-lock.json': 'none' };
    const directory = pullRequest(
      { [POLICY]: MIRROR },
      { ...broken, [POLICY]: { ...MIRROR, fixtures: ['api/**'] } },
    );
    // An unreadable file in a fixture is not a failure.
    assert.notEqual(runCli(['check', directory]).code, 2);
    assert.equal(runCli(['check', directory, '--base', 'before']).code, 2);
    assert.match(check(directory).weakened.join('\n'), /"fixtures: api\/\*\*" is new since before/);
    assert.match(diff(directory), /fixtures api\/\*\*/);
  });

  test('are silent where the base has them, and where a narrower glob takes the place of one', () => {
    const same = pullRequest({ ...NESTED, [POLICY]: { ...MIRROR, exclude: ['api'] } }, { 'b.txt': 'b' });
    assert.equal(check(same).excluded.length, 2);
    assert.deepEqual(check(same).weakened, []);
  });

  test('count where git does not track the file, as the job itself wrote it', () => {
    const directory = pullRequest(NESTED, {});
    writeFileSync(join(directory, POLICY), JSON.stringify({ ...MIRROR, exclude: ['api'] }));
    assert.equal(check(directory).excluded.length, 2);
  });
});

test('diff lists every key of dependency-hygiene.json but those without an effect', () => {
  const policy = {
    $schema: './schema.json',
    'x-team': 'web',
    preset: 'recommended',
    ignores: [{ rule: 'new-package', package: 'a', reason: 'ours', expires: '2027-01-01' }],
    allowedHosts: ['cdn.example.test'],
    mirrors: ['https://registry.example.test/'],
    later: { names: ['value'] },
  };
  const listed = diff(pullRequest({}, { [POLICY]: policy }));
  for (const key of [
    'preset recommended',
    'ignores',
    'allowedHosts cdn',
    'mirrors https',
    'later.names value',
  ])
    assert.ok(listed.includes(key), `${key}: ${listed}`);
  assert.doesNotMatch(listed, /schema|x-team/);
});
