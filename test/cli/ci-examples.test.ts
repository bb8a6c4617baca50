import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { commit, repository } from './changes/changed-code.ts';
import { CLI, lockfileOf, MIRROR, makeProject } from './run-cli.ts';

const ROOT = join(import.meta.dirname, '../..');
const PAGE = readFileSync(join(ROOT, 'server/docs/ci.md'), 'utf8');
const ACTION = readFileSync(join(ROOT, '.github/actions/check/action.yml'), 'utf8');

/** A repository whose origin/main lacks the last commit. */
function pullRequest(): string {
  const directory = repository({
    'package.json': { name: 'shop', dependencies: {} },
    'package-lock.json': lockfileOf({}),
    'dependency-hygiene.json': MIRROR,
    'dephygiene-baseline.json': '{ "version": 1, "findings": [] }\n',
  });
  execFileSync('git', ['update-ref', 'refs/remotes/origin/main', 'HEAD'], { cwd: directory });
  const dependencies = { expresss: '1.0.0' };
  commit(directory, {
    'package.json': { name: 'shop', dependencies },
    'package-lock.json': lockfileOf(dependencies),
  });
  return directory;
}

/** Returns a folder with an npx and a dephygiene that run the built command line, whatever version is asked for. */
function programs(): string {
  const folder = makeProject({
    dephygiene: `#!/bin/sh\nexec "${process.execPath}" "${CLI}" "$@"\n`,
    npx: `#!/bin/sh\nwhile [ $# -gt 0 ]; do case "$1" in dephygiene@*) shift; break;; *) shift;; esac; done\nexec "${process.execPath}" "${CLI}" "$@"\n`,
  });
  for (const name of ['dephygiene', 'npx']) chmodSync(join(folder, name), 0o755);
  return folder;
}

const PATH = `${programs()}:${process.env.PATH}`;

describe('the commands on the page about CI', () => {
  const lines = [
    ...PAGE.matchAll(/^(?:\s*(?:-\s+(?:run:\s+)?|entry:\s+))?((?:npx --yes )?dephygiene(?:@\S+)? .*)$/gm),
  ];
  const commands = new Set(lines.map(([, command]) => command!));

  test('are all found', () => assert.ok(commands.size >= 7, [...commands].join('\n')));

  for (const command of commands)
    test(command, () => {
      const cwd = pullRequest();
      // Tests talk to nobody.
      const given = command.replace('/path/to/your/', '').replace('--trust', '--trust --offline');
      const { status, stderr } = spawnSync('sh', ['-c', given], {
        cwd,
        env: { PATH, HOME: cwd },
        encoding: 'utf8',
      });
      assert.ok(status === 0 || status === 1, `${status}: ${stderr}`);
    });
});

test('the action annotates, writes SARIF and fails as asked', () => {
  const script = ACTION.slice(ACTION.indexOf('run: |') + 'run: |'.length).replaceAll(/^ {8}/gm, '');
  const cwd = pullRequest();
  writeFileSync(join(cwd, 'run.sh'), script);
  const inputs = {
    DIRECTORY: '.',
    SINCE: 'origin/main',
    FAIL_ON: 'warning',
    SARIF: 'out.sarif',
    VERSION: '0.1.0',
  };
  const env = { PATH, HOME: cwd, GITHUB_ACTIONS: 'true', ...inputs };
  const { status, stdout, stderr } = spawnSync('bash', ['-e', 'run.sh'], { cwd, env, encoding: 'utf8' });
  assert.equal(status, 1, stderr);
  assert.match(stdout, /^::warning file=package\.json,.*title=typosquat-name::/m);
  assert.ok(existsSync(join(cwd, 'out.sarif')));
});
