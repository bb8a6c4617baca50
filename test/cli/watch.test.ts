import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { makeProject, runCli } from './run-cli.ts';

const PROJECT = { 'package.json': { name: 'shop', dependencies: { 'left-pad': '1.3.0' } } };

describe('dephygiene watch', () => {
  test('says what is wrong with its use', () => {
    const directory = makeProject(PROJECT);
    for (const [args, said] of [
      [[], /^dephygiene: watch checks once per run, for cron; run "dephygiene watch --once"\.\n$/],
      [['--once', '--trsut'], /watch has no option --trsut; did you mean --trust\?/],
      [['--once', '--format', 'xml'], /--format cannot be "xml"/],
      [
        ['--once', '--state', 'no/such/folder/state.json'],
        /--state \S+ is in a folder that does not exist; make it/,
      ],
      [['--once', '--advisories', 'npm'], /--advisories cannot be "npm"/],
    ] as const) {
      const { code, out, error } = runCli(['watch', directory, ...args]);
      assert.deepEqual([code, out], [2, '']);
      assert.match(error, said);
    }
    assert.match(runCli(['watch', '--once', makeProject({})]).error, /no package\.json was found in/);
    assert.match(runCli(['wacth']).error, /did you mean "watch"\?/);
  });

  test('says where it has no place to note anything', () => {
    const { code, error } = runCli(['watch', '--once', makeProject(PROJECT)], {
      env: { HOME: '', XDG_CACHE_HOME: '' },
    });
    assert.deepEqual(
      [code, error],
      [
        2,
        'dephygiene: no folder for the recorded state: set HOME to your home directory, or give --state.\n',
      ],
    );
  });

  test('continues with its state, whatever names a lockfile has', () => {
    const dependencies = { 'left-pad': '1.3.0' };
    const names = [...Object.keys(dependencies), 'x'.repeat(501)];
    const locked = names.map((name) => [`node_modules/${name}`, { version: '1.3.0' }]);
    const packages = { '': { name: 'shop', dependencies }, ...Object.fromEntries(locked) };
    const lockfile = { name: 'shop', lockfileVersion: 3, packages };
    const directory = makeProject({ ...PROJECT, 'package-lock.json': lockfile });
    const state = join(makeProject({}), 'state.json');
    const args = ['watch', '--once', directory, '--transitive', '--state', state];
    assert.match(runCli(args).out, /^First run/);
    assert.match(runCli(args).out, /^No news/);
  });

  test('does not begin anew with a state that is damaged or of a later program', () => {
    const directory = makeProject(PROJECT);
    const state = join(makeProject({}), 'state.json');
    const args = ['watch', '--once', directory, '--state', state];
    runCli(args);
    const text = readFileSync(state, 'utf8');
    for (const other of [
      text.replace('\\"takenAt\\":', '\\"taken\\":'),
      text.replace('{\\"form\\":2', '{\\"form\\":99'),
      text.slice(0, -20),
    ]) {
      assert.notEqual(other, text);
      writeFileSync(state, other);
      const { code, out, error } = runCli(args);
      assert.deepEqual([code, out], [2, '']);
      assert.match(
        error,
        /^dephygiene: --state \S+ (?:has a record of \. that cannot be read|is not a state)/,
      );
      assert.equal(readFileSync(state, 'utf8'), other);
    }
  });

  test('says when what was seen could not be noted', () => {
    const directory = makeProject(PROJECT);
    const { code, out, error } = runCli(['watch', '--once', directory, '--offline', '--trust'], {
      env: { HOME: join(directory, 'package.json') },
    });
    assert.equal(code, 2);
    assert.match(out, /^First run: recorded 1 dependency \(1 by local advisories only\)\./);
    assert.match(
      error,
      /^dephygiene: the state could not be recorded, .*; check permissions and room of .+\.\n/,
    );
  });
});
