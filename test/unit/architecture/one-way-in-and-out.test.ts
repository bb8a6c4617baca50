import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const ROOT = join(import.meta.dirname, '../../..');

/** Returns the product's files whose code matches, without the permitted ones. */
function usersOf(pattern: RegExp, own: readonly string[]): readonly string[] {
  return globSync('{server,client}/src/**/*.ts', { cwd: ROOT })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => pattern.test(readFileSync(join(ROOT, file), 'utf8')))
    .filter((file) => !own.some((each) => file.startsWith(each)))
    .sort();
}

test('files are opened, read and written by the functions of node/files', () => {
  const readers = /\b(?:readFile|readFileSync|createReadStream|openSync|open)\b[^;]*\bfrom 'node:fs/;
  assert.deepEqual(usersOf(readers, ['server/src/node/files/']), [
    // The package's own data, whose path nobody else determines.
    'server/src/node/bundled-data.ts',
    // A resumable download, and the lock file of a running update, both in the user's cache.
    'server/src/node/database/download.ts',
    'server/src/node/database/lock-update.ts',
    // Within the program of `monitor`, with the functions that it does not observe.
    'server/src/node/monitor/record-file.ts',
  ]);
  const writers =
    /\b(?:writeFile|writeFileSync|appendFile|appendFileSync|createWriteStream|rename|renameSync|copyFile)\b[^;]*\bfrom 'node:fs/;
  assert.deepEqual(usersOf(writers, ['server/src/node/files/']), []);
});

test('processes are started for git, for the command given to guard or monitor, and for our own command line', () => {
  assert.deepEqual(
    usersOf(/\bchildProcess\(\)|node:child_process'/, [
      'server/src/node/builtin-on-demand.ts',
      // Observes it in the program of `monitor`, and starts nothing.
      'server/src/node/monitor/observe-processes.ts',
      // Ends what git-run.ts started.
      'server/src/node/git/time-limit.ts',
    ]),
    [
      'client/src/incident-search.ts',
      'server/src/node/cli/guard/run-program.ts',
      'server/src/node/git/git-run.ts',
    ],
  );
});

test('text leaves through the terminal, the connection and its own functions', () => {
  assert.deepEqual(usersOf(/\b(?:stdout|stderr)\.write\(/, []), [
    // The text printed before the program loads is a constant.
    'server/src/node/cli/launcher.ts',
    'server/src/node/cli/terminal.ts',
    'server/src/node/main.ts',
  ]);
  assert.deepEqual(usersOf(/\bconsole\.(?:log|warn|error|info)\(/, ['client/']), [
    'server/src/lsp/handlers/watch.ts',
    'server/src/lsp/running-log.ts',
    'server/src/lsp/server.ts',
  ]);
  assert.deepEqual(usersOf(/workspace\.applyEdit\(/, ['client/']), ['server/src/lsp/allowed-edits.ts']);
});
