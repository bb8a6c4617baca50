import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { makeProject, runCli } from '../run-cli.ts';

const HONEST =
  'sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA==';
const OTHER =
  'sha512-wmeiSMxkZCSc+PM2w2VRsOYAZC8GdipNFRTsLSfodVqI9mbejKeXEGr8SckuLnrQPGe3oJN5c3K0vpoU9q/wCQ==';

function lockfile(integrity: string): string {
  const packages = {
    '': { name: 'shop', dependencies: { minimist: '^1.2.8' } },
    'node_modules/minimist': { version: '1.2.8', integrity },
  };
  return JSON.stringify({ name: 'shop', lockfileVersion: 3, requires: true, packages }, null, 2);
}

describe('check --base', () => {
  let directory: string;
  const git = (...args: readonly string[]) => {
    const identity = [
      '-c',
      'user.name=A',
      '-c',
      'user.email=a@example.test',
      '-c',
      'init.defaultBranch=main',
    ];
    execFileSync('git', [...identity, ...args], { cwd: directory, stdio: 'ignore' });
  };
  const write = (integrity: string) =>
    writeFileSync(join(directory, 'package-lock.json'), lockfile(integrity));
  const rulesOf = ({ out }: { readonly out: string }) =>
    (JSON.parse(out) as { findings: readonly { rule: string }[] }).findings.map(({ rule }) => rule);

  before(() => {
    directory = makeProject({ 'package.json': { name: 'shop', dependencies: { minimist: '^1.2.8' } } });
    git('init', '--quiet');
    write(HONEST);
    git('add', '--all');
    git('commit', '--quiet', '--message=one');
  });
  after(() => rmSync(directory, { recursive: true }));

  test('compares with HEAD, or with the commit that is given', async () => {
    const check = (...args: readonly string[]) => runCli(['check', directory, '--format', 'json', ...args]);
    assert.ok(!rulesOf(await check()).includes('lockfile-integrity-mismatch'));
    write(OTHER);
    const changed = await check();
    assert.deepEqual([changed.code, rulesOf(changed).includes('lockfile-integrity-mismatch')], [1, true]);
    git('commit', '--quiet', '--all', '--message=two');
    assert.ok(!rulesOf(await check()).includes('lockfile-integrity-mismatch'));
    assert.ok(rulesOf(await check('--base', 'HEAD~1')).includes('lockfile-integrity-mismatch'));
  });

  test('names the base in messages, and prints a command that restores the lockfile', async () => {
    const { out } = await runCli(['check', directory, '--base', 'HEAD~1']);
    assert.match(
      out.replaceAll(/\s+/g, ' '),
      /different sha512 hash here than in HEAD~1 for the same version/,
    );
    const command = 'git restore --source=HEAD~1 package-lock.json';
    assert.ok(out.includes(`Run: ${command}`), out);
    git(...command.split(' ').slice(1));
    assert.equal(readFileSync(join(directory, 'package-lock.json'), 'utf8'), lockfile(HONEST));
    write(OTHER);
  });

  test('prints a command that restores a change that is staged', async () => {
    write(HONEST);
    git('add', '--all');
    const { out } = await runCli(['check', directory]);
    const command = /Run: (git restore .*)/.exec(out)?.[1] ?? '';
    git(...command.split(' ').slice(1));
    assert.equal(readFileSync(join(directory, 'package-lock.json'), 'utf8'), lockfile(OTHER));
  });

  test('reports a version with the hash that the base has for another one', async () => {
    write(HONEST);
    git('commit', '--quiet', '--all', '--allow-empty', '--message=three');
    const path = join(directory, 'package-lock.json');
    writeFileSync(path, lockfile(HONEST).replace('"version": "1.2.8"', '"version": "1.9.9"'));
    const { code, out } = await runCli(['check', directory]);
    assert.equal(code, 1);
    const plain = (text: string) => text.replace(/\s+/g, ' ');
    assert.match(plain(out), /error minimist 1\.9\.9 has the hash of minimist 1\.2\.8 in /);
    writeFileSync(path, lockfile(OTHER).replace('"version": "1.2.8"', '"version": "2.0.0"'));
    const unfit = await runCli(['check', directory]);
    assert.match(
      plain(unfit.out),
      /error The entry "node_modules\/minimist" installs minimist 2\.0\.0, which is not in "\^1\.2\.8"/,
    );
  });

  test('ends with 2 where git does not know the commit', async () => {
    const { code, error } = await runCli(['check', directory, '--base', 'no-such-branch']);
    assert.equal(code, 2);
    assert.match(
      error,
      /--base no-such-branch cannot be used: the repository has no commit no-such-branch; give a commit/,
    );
  });
});
