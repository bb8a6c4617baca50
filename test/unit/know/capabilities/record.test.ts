import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newCapabilities } from '../../../../server/src/core/know/capabilities/record.ts';
import { capabilities, scan, signs } from './package-code.ts';

describe('the record of a version', () => {
  test('lists what code does, with the place', () => {
    const record = scan({
      'lib/a.js': `const fs = require('fs');\n\nexports.save = (text) => fs.writeFileSync(require('os').homedir() + '/a', text);\nexports.get = () => fetch('https://api.example.com/v1');`,
    });
    assert.deepEqual(
      record.entries.map(({ capability, detail, file, line }) => `${capability}: ${detail} ${file}:${line}`),
      [
        'files: writes home lib/a.js:3',
        'network: api.example.com lib/a.js:4',
        'network: requests lib/a.js:4',
      ],
    );
  });

  test('knows an earlier version by what it does, and not by where', () => {
    const before = scan(`exports.get = () => fetch('https://api.example.com');`);
    const moved = scan({ 'other.js': `const b = 1;\nexports.get = () => fetch('https://api.example.com');` });
    assert.deepEqual(newCapabilities(before, moved), { entries: [], signs: [] });
    const after = scan(
      `exports.get = () => fetch('https://api.example.com'); require('child_process').exec('tool');`,
    );
    const { entries, signs: found } = newCapabilities(before, after);
    assert.deepEqual(
      entries.map(({ capability }) => capability),
      ['processes'],
    );
    assert.deepEqual(
      found.map(({ sign }) => sign),
      ['processes-at-start'],
    );
  });

  test('skips tests and examples that nothing loads', () => {
    const text = `require('child_process').exec('tool');`;
    assert.deepEqual(capabilities(scan({ 'test/a.js': text })), []);
    assert.deepEqual(capabilities(scan({ 'test/a.js': text, 'index.js': `require('./test/a');` })), [
      'processes: commands',
    ]);
  });

  test('names the scripts that a page is made to load', () => {
    const text = `const s = document.createElement('script'); s.src = 'https://cdn.example/a.js'; document.head.append(s);`;
    assert.deepEqual(capabilities(scan(text)), ['dynamic-code: remote scripts', 'network: cdn.example']);
    assert.deepEqual(capabilities(scan(text.replace('https://cdn.example', '.'))), []);
  });

  test('says which files could not be read', () => {
    assert.deepEqual(scan(`require('child_process'); let a = ;`).gaps, [
      { file: 'index.js', reason: 'it is not valid JavaScript or TypeScript' },
    ]);
  });

  test('counts what runs in an install, also in files that it loads', () => {
    const record = scan(
      { 'a.js': `require('./lib/b');`, 'lib/b.js': `fetch('https://host.example');` },
      { scripts: { install: 'node a' } },
    );
    assert.ok(capabilities(record).includes('install: network'));
    assert.ok(signs(record).includes('install-network'));
  });

  test('takes programs that people start for what they are', () => {
    const text = `#!/usr/bin/env node\nfetch('https://host.example');`;
    assert.deepEqual(signs(scan({ 'cli.js': text })), []);
    assert.deepEqual(signs(scan({ 'cli.js': text.replace(/^.*\n/, '') })), ['network-at-start']);
  });
});
