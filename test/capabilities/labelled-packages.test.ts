import assert from 'node:assert/strict';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { parseSync } from 'oxc-parser';
import { CAPABILITIES, packageNames, readLabelledPackages, writePackage } from './labelled-packages.ts';

const packages = readLabelledPackages();
const attacks = packages.filter(({ label }) => label === 'attack');

const HOSTS = [
  /\b(?:https?|wss?|stratum\+tcp):\/\/([\w.-]+)/g,
  /\b(?:host|hostname)\s*[:=]\s*['"`]([\w-]+(?:\.[\w-]+)+)/g,
  /\b((?:[\w-]+\.)+(?:com|net|org|dev|xyz|ru|cn))\b/g,
  /\.connect\(\s*\d+\s*,\s*['"`]([\w.-]+)/g,
];
/** Hosts of the machine itself, or of the cloud that it runs in. */
const LOCAL = new Set(['localhost', '169.254.169.254', 'metadata.google.internal']);

describe('the labelled packages', () => {
  test('are 40 attacks, half of them at install, and 40 honest packages, each with one label', () => {
    assert.equal(packages.length, 80);
    assert.equal(attacks.length, 40);
    assert.equal(attacks.filter(({ runs }) => runs === 'install').length, 20);
    assert.deepEqual(packages.map(({ name }) => name).sort(), [...packageNames()].sort());
  });

  test('have labels of known words', () => {
    for (const { name, label, runs, description, like, capabilities } of packages) {
      assert.ok(['attack', 'honest'].includes(label), name);
      assert.ok(['install', 'import', 'use'].includes(runs), name);
      assert.ok(description !== '' && like !== '', name);
      const known = Object.keys(CAPABILITIES).filter((each) => (capabilities as string[]).includes(each));
      assert.deepEqual(capabilities, known, name);
    }
  });

  test('have a manifest with their name and one to four other files in their folder', () => {
    for (const { name, files } of packages) {
      const [manifest, ...others] = files.keys();
      assert.equal(manifest, 'package.json', name);
      assert.ok(1 <= others.length && others.length <= 4, `${name} has ${others.length} files`);
      assert.equal(JSON.parse(files.get('package.json')!).name, name);
      for (const file of files.keys()) {
        assert.ok(!path.isAbsolute(file) && !file.split('/').includes('..'), file);
      }
    }
  });

  test('run code at install if their label says so, and only then', () => {
    for (const { name, runs, files } of packages) {
      const scripts = Object.keys(JSON.parse(files.get('package.json')!).scripts ?? {});
      const hooked = scripts.some((each) => /^(?:pre|post)?install$/.test(each)) || files.has('binding.gyp');
      assert.equal(hooked, runs === 'install', name);
    }
  });

  test('parse', () => {
    for (const { name, files } of packages) {
      for (const [file, text] of files) {
        if (file.endsWith('.json')) JSON.parse(text);
        if (!/\.[cm]?[jt]s$/.test(file)) continue;
        assert.deepEqual(parseSync(file, text).errors, [], `${name}/${file}`);
      }
    }
  });

  test('name no host that exists, in plain text or encoded', () => {
    let found = 0;
    for (const { name, files } of packages) {
      for (const text of [...files.values()].flatMap(readings)) {
        for (const host of HOSTS.flatMap((pattern) =>
          [...text.matchAll(pattern)].map((match) => match[1]!),
        )) {
          found++;
          assert.ok(LOCAL.has(host) || /(?:^|\.)example\.test$/.test(host), `${name} names ${host}`);
        }
      }
    }
    assert.ok(found > 60, `${found} hosts`);
  });

  test('are written as they are read', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'labelled-'));
    try {
      for (const { name, files } of packages) {
        const target = path.join(folder, name);
        writePackage(target, name);
        const written = globSync('**/*.*', { cwd: target }).filter((file) => files.has(file));
        assert.equal(written.length, files.size, name);
        for (const [file, text] of files) {
          assert.equal(readFileSync(path.join(target, file), 'utf8'), text);
        }
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** Returns a text as it is, backwards, and with what it holds in base64, hexadecimal digits and escapes. */
function readings(text: string): string[] {
  const decoded = (pattern: RegExp, encoding: BufferEncoding) =>
    (text.match(pattern) ?? []).map((each) =>
      Buffer.from(each.replaceAll('\\x', ''), encoding).toString('utf8'),
    );
  return [
    text,
    [...text].reverse().join(''),
    ...decoded(/[A-Za-z\d+/]{16,}={0,2}/g, 'base64'),
    ...decoded(/(?:[\da-f]{2}){8,}/g, 'hex'),
    ...decoded(/(?:\\x[\da-f]{2})+/g, 'hex'),
  ];
}
