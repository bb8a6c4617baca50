import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { lockfileOf, makeProject, runCli } from '../run-cli.ts';

/** Tracks files in git under names that a case-insensitive disk could not store beside the others. */
function pullRequest(
  base: Readonly<Record<string, string>>,
  change: Readonly<Record<string, string>>,
): string {
  const directory = makeProject({
    'package.json': { name: 'shop', private: true },
    'package-lock.json': lockfileOf({}),
    '.npmrc': 'fund=false\n',
  });
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.test', ...args], {
      cwd: directory,
      stdio: 'ignore',
    });
  const commit = (files: Readonly<Record<string, string>>) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    git('add', '--all', '--force');
    git('commit', '--quiet', '--allow-empty', '--message=commit');
  };
  git('init', '--quiet');
  commit(base);
  git('tag', 'before');
  commit(change);
  return directory;
}

function variantsIn(directory: string): readonly string[] {
  const { out } = runCli(['check', directory, '--base', 'before', '--format', 'json']);
  const { findings } = JSON.parse(out) as {
    findings: readonly { rule: string; severity: string; path: string; message: string }[];
  };
  return findings
    .filter(({ rule, message }) => rule === 'install-code-changed' && message.includes('macOS'))
    .map(({ path, severity, message }) => `${severity} ${path} ${/read it as (\S+)\./.exec(message)?.[1]}`);
}

describe('a new file whose name macOS and Windows take for a known one', {
  skip: process.platform !== 'linux',
}, () => {
  test('is one warning each in check, and listed by diff', () => {
    const directory = pullRequest(
      {},
      {
        '.NPMRC': 'script-shell=./evil.sh\n',
        'NPM-SHRINKWRAP.JSON': '{}',
        'Package.json': '{}',
        '.Yarnrc.yml': 'yarnPath: ./evil.cjs\n',
        'pac\u212aage.json': '{}',
        'tools/new/Package.JSON': '{}',
      },
    );
    assert.deepEqual([...variantsIn(directory)].sort(), [
      'warning .NPMRC .npmrc',
      'warning .Yarnrc.yml .yarnrc.yml',
      'warning NPM-SHRINKWRAP.JSON npm-shrinkwrap.json',
      'warning Package.json package.json',
      'warning pac\u212aage.json package.json',
      'warning tools/new/Package.JSON package.json',
    ]);
    const { out } = runCli(['diff', directory, '--base', 'before']);
    for (const name of ['.NPMRC', 'NPM-SHRINKWRAP.JSON', 'Package.json', '.Yarnrc.yml'])
      assert.ok(out.includes(`${name}: new`), out);
  });

  test('is silent where the base has it, git does not track it, or the name is only alike', () => {
    const directory = pullRequest(
      { 'Package.json': '{}' },
      { 'package.json.txt': '{}', 'Yarn.md': 'a', 'docs/npmrc': 'a', 'sub/package.json': '{"name":"a"}' },
    );
    writeFileSync(join(directory, '.NPMRC'), 'a=b\n');
    assert.deepEqual(variantsIn(directory), []);
  });
});
