import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lockfileOf, makeProject, runCli } from './run-cli.ts';

const COMMANDS = [
  ...['check', 'audit', 'audit fix', 'audit signatures --trust', 'outdated', 'unused', 'scripts', 'why a'],
  ...[
    'inspect a',
    'verify a',
    'guard',
    'monitor',
    'watch --once',
    'incident a@1',
    'inventory --out a',
    'diff',
    'graph',
    'privacy',
    'names',
  ],
  ...['db status', 'policy show'],
];

describe('--json', () => {
  test('is known to every command that prints JSON, and cannot be combined with another format', () => {
    for (const command of COMMANDS) {
      const words = command.split(' ');
      const { code, error } = runCli([...words, '--json', '--format', 'text']);
      assert.equal(code, 2, command);
      assert.match(error, /--json cannot be combined with --format text/, command);
      assert.match(runCli([...words, '--help']).out, /^ +--json /m, command);
    }
  });

  test('prints the same as --format json', () => {
    const directory = makeProject({ 'package.json': { name: 'shop' }, 'package-lock.json': lockfileOf({}) });
    for (const command of ['graph', 'privacy', 'unused', 'scripts', 'audit']) {
      const [short, long] = [['--json'], ['--format', 'json']].map(
        (options) => runCli([command, directory, ...options]).out,
      );
      assert.equal(short, long, command);
      JSON.parse(short!);
    }
  });
});
