import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { CLI, lockfileOf, MIRROR, makeProject, runCli } from './run-cli.ts';

const skip = process.platform === 'win32';
const RECORD = {
  id: 'GHSA-aaaa-bbbb-cccc',
  modified: '2026-11-20T00:00:00Z',
  summary: 's',
  affected: [{ package: { ecosystem: 'npm', name: 'it' }, versions: ['1.0.0'] }],
};

/** Asserts one line that names the limit of the machine, and no internal error. */
function assertSaid(ended: { code: number | null; out: string; error: string }, said: RegExp): void {
  assert.equal(ended.code, 2, ended.error);
  assert.match(ended.error, said);
  assert.match(ended.error, /^dephygiene: [^\n]+[.?]\n$/);
  assert.doesNotMatch(ended.error, /internal error|fault/);
}

describe('what the machine cannot do is said', { skip }, () => {
  const project = makeProject({
    'package.json': { name: 'shop', private: true, dependencies: { 'left-pad': '1.3.0' } },
    'package-lock.json': lockfileOf({ 'left-pad': '1.3.0' }),
    'dependency-hygiene.json': MIRROR,
    'records.ndjson': `${JSON.stringify(RECORD)}\n`,
    file: '',
  });

  test('files that are named and have no end are refused at once', { timeout: 20_000 }, () => {
    const pipes = makeProject({});
    execFileSync(
      'mkfifo',
      ['package-lock.json', '.nsprc', 'policy.json'].map((name) => join(pipes, name)),
    );
    const pipe = (name: string) => join(pipes, name);
    assertSaid(
      runCli(['check', project, '--config', pipe('policy.json')]),
      / is not a regular file; give the path/,
    );
    assertSaid(runCli(['check', project, '--config', '/dev/zero']), / \/dev\/zero is not a regular file/);
    assertSaid(
      runCli(['diff', project, '--base', pipe('package-lock.json')]),
      / is not a regular file; give a commit/,
    );
    assertSaid(runCli(['ignores', 'import', project, '--from', pipe('.nsprc')]), / is not a regular file/);
    assertSaid(
      runCli(['db', 'build', pipe('.nsprc'), '--out', join(pipes, 'x')]),
      /\.nsprc is not a regular file/,
    );
    assertSaid(
      runCli(['db', 'build', join(project, 'records.ndjson'), '--out', '/dev/null']),
      /not a regular file/,
    );
  });

  test('a lockfile or a manifest that is a pipe is not read, and reported', { timeout: 20_000 }, () => {
    const folder = makeProject({ 'package.json': { name: 'shop', private: true } });
    execFileSync('mkfifo', [join(folder, 'package-lock.json')]);
    const { code, error } = runCli(['check', folder]);
    assert.equal(code, 2);
    assert.match(error, /package-lock\.json \(it is not a regular file\)/);
  });

  test('output that is not written as a whole is no result', { skip: !existsSync('/dev/full') }, () => {
    const command = '"$0" "$1" check "$2" --format json > /dev/full';
    const ended = spawnSync('sh', ['-c', command, process.execPath, CLI, project], { encoding: 'utf8' });
    assertSaid(
      { code: ended.status, out: ended.stdout, error: ended.stderr },
      /no space is left on the disk/,
    );
  });

  test('a folder for the cache that is none', () => {
    const env = { XDG_CACHE_HOME: join(project, 'file') };
    const from = join(project, 'records.ndjson');
    assertSaid(
      runCli(['db', 'update', '--from', from], { env }),
      /file\S* (?:exists already|lies below something)/,
    );
    assert.equal(runCli(['check', project, '--trust', '--offline'], { env }).code, 0);
  });

  test('a file system that takes no more', () => {
    const records = Array.from({ length: 3_000 }, (_, at) => ({
      ...RECORD,
      id: `GHSA-${at}`,
      affected: [{ package: { ecosystem: 'npm', name: `package-${at}` }, versions: ['1.0.0'] }],
    }));
    const folder = makeProject({ 'many.json': records });
    mkdirSync(join(folder, 'out'));
    writeFileSync(join(folder, 'out/index'), 'before');
    const command = 'ulimit -f 32; exec "$0" "$1" db build "$2/many.json" --out "$2/out/index"';
    const ended = spawnSync('sh', ['-c', command, process.execPath, CLI, folder], { encoding: 'utf8' });
    assertSaid(
      { code: ended.status, out: ended.stdout, error: ended.stderr },
      /out\/index cannot be written: it is too large for the file system/,
    );
    assert.deepEqual(readdirSync(join(folder, 'out')), ['index']);
  });
});
