import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { newNpmToken, randomText } from '../npm-token.ts';
import { leakedIn, plantSecrets } from '../planted-secrets.ts';
import { makeProject, runCli } from './run-cli.ts';

const PLANTED = plantSecrets();
const DIRECTORY = makeProject(PLANTED.files);
const HOME = makeProject({});
const COLOURS = { FORCE_COLOR: '1' };

const COMMANDS: readonly (readonly string[])[] = [
  ...['sarif', 'github', 'gitlab', 'junit', 'markdown'].map((format) => [
    ...['check', '--format', format, '--severity', 'hint', '--output', `report.${format}`],
  ]),
  ['report', '--output', 'report.html'],
  ['check', '--fix-dry-run'],
  ['check', 'yarn', '--fix'],
  ['baseline', 'write'],
  ['guard', '--dry-run', '--offline', '--format', 'json', '--', 'npm', 'install', 'left-pad@1.0.0'],
  ...['text', 'json', 'compact'].map((format) => [
    ...['check', '--format', format, '--base', 'HEAD~1', '--severity', 'hint', '--verbose'],
  ]),
  ['check', 'yarn', '--verbose', '--severity', 'hint'],
  ...['text', 'json'].flatMap((format) => [
    ['why', 'plain', '--format', format],
    ['diff', '--base', 'HEAD~1', '--format', format],
    ['outdated', '--trust', '--offline', '--format', format],
    ['verify', 'plain', '--offline', '--format', format],
    ['watch', '--once', '--trust', '--offline', '--format', format],
    ['privacy', '--format', format],
    ['scripts', '--format', format],
  ]),
  ...['json', 'dot', 'mermaid', 'svg'].map((format) => ['graph', '--format', format]),
  ...['cyclonedx', 'spdx'].map((format) => ['sbom', '--vex', '--format', format]),
  ['audit', '--verbose', '--offline'],
  ['audit', '--json', '--offline'],
  ['audit', 'fix', '--offline'],
  ['audit', 'signatures', '--trust', '--offline'],
  ['ignores', 'import', 'audit'],
  ['ignores', 'import', 'audit', '--write'],
  ['init'],
  ['init', 'yarn'],
  ['init', 'bun'],
  ['init', 'classic', '--write'],
  ['init', 'yarn', '--write'],
  ['explain', 'plaintext-token'],
];

function git(...args: readonly string[]): void {
  const identity = ['-c', 'user.name=A', '-c', 'user.email=a@acme.test', '-c', 'init.defaultBranch=main'];
  execFileSync('git', [...identity, ...args], { cwd: DIRECTORY, stdio: 'ignore' });
}

/** Yields every file below a folder, without git's own. */
function* filesBelow(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (name === '.git') continue;
    if (statSync(path).isDirectory()) yield* filesBelow(path);
    else yield path;
  }
}

test('git decides how severe a token is', () => {
  const directory = makeProject({
    'package.json': { name: 'shop' },
    '.npmrc': `//npm.acme.test/:_authToken=${newNpmToken()}\n`,
  });
  const inGit = (...args: readonly string[]) =>
    execFileSync('git', args, { cwd: directory, stdio: 'ignore' });
  const severity = () => {
    const { out } = runCli(['check', directory, '--format', 'json', '--severity', 'hint']);
    const { findings } = JSON.parse(out) as {
      findings: { rule: string; severity: string; message: string }[];
    };
    const [found] = findings.filter(({ rule }) => rule === 'plaintext-token');
    return `${found?.severity}: ${/, (?:and|though) (.*?)\. /.exec(found?.message ?? '')?.[1] ?? ''}`;
  };
  assert.equal(severity(), 'error: ', 'no repository');
  inGit('init', '--quiet');
  inGit('add', 'package.json');
  inGit('-c', 'user.name=A', '-c', 'user.email=a@acme.test', 'commit', '--quiet', '--message=one');
  assert.equal(severity(), 'warning: git does not track .npmrc');
  writeFileSync(join(directory, '.gitignore'), '.npmrc\n');
  assert.equal(severity(), 'warning: git ignores .npmrc');
  // Git keeps what it tracks, whatever is ignored later.
  inGit('add', '--force', '.npmrc');
  assert.equal(severity(), 'error: git tracks .npmrc');
});

test('a token among variables counts if git tracks the file', () => {
  const directory = makeProject({
    'package.json': { name: 'shop', workspaces: ['a'] },
    'a/package.json': { name: 'a' },
    'a/.env.ci': `DATABASE=postgres://ana:${randomText(20)}@db.acme.test/shop\nNPM_TOKEN=${newNpmToken()}\n`,
    '.env': `NPM_TOKEN=${newNpmToken()}\nOTHER=npm_${randomText(36)}\n`,
  });
  const inGit = (...args: readonly string[]) =>
    execFileSync('git', args, { cwd: directory, stdio: 'ignore' });
  const found = () => {
    const { out } = runCli(['check', directory, '--format', 'json', '--severity', 'hint']);
    const { findings } = JSON.parse(out) as { findings: { rule: string; path: string; message: string }[] };
    return findings
      .filter(({ rule }) => rule === 'plaintext-token')
      .map(({ path, message }) => `${path}: ${message}`);
  };
  assert.deepEqual(found(), []);
  inGit('init', '--quiet');
  inGit('add', 'package.json', 'a');
  inGit('-c', 'user.name=A', '-c', 'user.email=a@acme.test', 'commit', '--quiet', '--message=one');
  assert.deepEqual(found(), [
    'a/.env.ci: There is an npm token in plain text, and git tracks .env.ci. Revoke it, then remove it here.',
  ]);
  inGit('add', '.env');
  assert.equal(found().length, 2);
});

describe('no secret leaves its file', () => {
  // The base has other secrets in the same places, which a comparison could show.
  const before = plantSecrets();
  git('init', '--quiet');
  for (const [path, text] of Object.entries(before.files)) writeFileSync(join(DIRECTORY, path), text);
  git('add', '--all');
  git('commit', '--quiet', '--message=one');
  for (const [path, text] of Object.entries(PLANTED.files)) writeFileSync(join(DIRECTORY, path), text);
  git('add', '--all');
  git('commit', '--quiet', '--message=two');
  const all = { ...PLANTED, secrets: [...PLANTED.secrets, ...before.secrets] };

  test('all of them are planted, and reported', () => {
    const text = Object.values(PLANTED.files).join('\n');
    for (const secret of PLANTED.secrets)
      if (!/^[A-Za-z\d]{24}$/.test(secret) || text.includes(secret)) assert.ok(text.includes(secret));
    const { out } = runCli(['check', DIRECTORY, '--format', 'json', '--severity', 'hint']);
    const findings = (JSON.parse(out) as { findings: { rule: string; message: string }[] }).findings;
    const found = findings.filter(({ rule }) => rule === 'plaintext-token');
    assert.ok(found.length > 50, `${found.length}`);
    assert.ok(
      found.every(({ message }) => !message.includes('git tracks') || message.includes(', and git tracks')),
    );
  });

  for (const args of COMMANDS)
    test(args.join(' '), () => {
      const env = { HOME, XDG_CACHE_HOME: join(HOME, 'cache'), ...(args.includes('text') ? COLOURS : {}) };
      const { out, error } = runCli(args, { cwd: DIRECTORY, env });
      assert.ok(out.length + error.length > 0);
      assert.doesNotMatch(error, /internal error/);
      assert.deepEqual(leakedIn(out, all), []);
      assert.deepEqual(leakedIn(error, all), []);
    });

  test('written files', () => {
    for (const path of filesBelow(HOME))
      assert.deepEqual(leakedIn(readFileSync(path, 'latin1'), all), [], path);
    for (const path of filesBelow(DIRECTORY)) {
      const planted = PLANTED.files[path.slice(DIRECTORY.length + 1)];
      const text = readFileSync(path, 'utf8');
      if (planted === undefined) assert.deepEqual(leakedIn(text, all), [], path);
      else
        for (const secret of all.secrets)
          assert.ok(text.split(secret).length <= planted.split(secret).length, path);
    }
  });
});

test('the diff of safe fixes covers a secret that only its rule recognizes', () => {
  const secret = randomText(24);
  const directory = makeProject({
    'package.json': { name: 'shop', private: true, packageManager: 'yarn@4.18.1' },
    '.yarnrc.yml': `npmAuthToken:\n  ${secret}\nnpmMinimalAgeGat: 3d\n`,
  });
  const { out } = runCli(['check', directory, '--fix-dry-run']);
  assert.match(out, /^\+npmMinimalAgeGate: /m);
  assert.match(out, /^ {3}\*{24}$/m);
  assert.ok(!out.includes(secret));
});
