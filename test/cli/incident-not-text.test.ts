import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { history, incident, lockfile } from './run-incident.ts';

const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 412345\n`;
const inUtf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
const CLEAN = lockfile({ evil: '6.6.5' });

/** Commits texts of a lockfile in turn, and asks for a version. */
function searched(file: string, texts: readonly (string | Buffer)[]) {
  const own = history();
  for (const text of texts) {
    writeFileSync(join(own.directory, file), text);
    own.commit();
  }
  const { code, repositories } = incident(['evil@6.6.6', own.directory, '--history']);
  return { code, ...repositories[0]! };
}

describe('a text that no package manager reads as a lockfile is listed as not read', () => {
  for (const [name, file, text, reason] of [
    ['UTF-16', 'package-lock.json', inUtf16(lockfile({ evil: '6.6.6' })), /UTF-8/],
    ['encrypted bytes', 'yarn.lock', Buffer.from('\0GITCRYPT\0abc'), /UTF-8/],
    ['a pointer of Git LFS', 'pnpm-lock.yaml', POINTER, /Git LFS/],
    ['a pointer in JSON', 'bun.lock', POINTER, /Git LFS/],
    ['another text', 'package-lock.json', '<html></html>\n', /no lockfile/],
  ] as const) {
    test(`${name}, now`, () => {
      const { code, verdict, notRead } = searched(file, [text]);
      assert.deepEqual([code, verdict], [2, 'unknown']);
      assert.match(notRead[0]!.reason, reason);
    });
  }

  test('in an earlier commit', () => {
    const { code, notRead } = searched('package-lock.json', [CLEAN, POINTER, CLEAN]);
    assert.equal(code, 2);
    assert.equal(notRead.length, 1);
  });
});

for (const [name, file, text] of [
  ['an empty text', 'package-lock.json', ''],
  ['an empty object', 'package-lock.json', '{}\n'],
  ['the first format of npm, without a version', 'npm-shrinkwrap.json', '{ "dependencies": {} }'],
  ['a yarn.lock without its headings', 'yarn.lock', 'good@^1.0.0:\n  version "1.0.0"\n'],
] as const)
  test(`${name} is read`, () => {
    const { code, notRead } = searched(file, [text]);
    assert.deepEqual([code, notRead], [0, []]);
  });
