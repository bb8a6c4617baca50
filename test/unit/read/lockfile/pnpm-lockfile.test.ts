import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cutOf, readPnpm, VERSION_9 } from './pnpm-lock.ts';

describe('readPnpmLockfile, version 9.0', () => {
  const lock = readPnpm(VERSION_9);

  test('is checked, and knows its entries by key', () => {
    assert.deepEqual([lock.status, lock.problems], ['checked', []]);
    assert.equal(lock.formatVersion?.value, '9.0');
    assert.equal(cutOf(lock, lock.formatVersion?.span), "'9.0'");
    assert.deepEqual([lock.entries.length, lock.entriesTotal], [6, 6]);
    assert.equal(lock.entry('react@17.0.2')?.version?.value, '17.0.2');
    assert.equal(lock.entry('react@16.0.0'), undefined);
    assert.equal(lock.recordsInstallScripts, false);
  });

  test('an entry has its values with their tokens', () => {
    const entry = lock.entry('@s/ui@1.0.0')!;
    assert.deepEqual([entry.name, entry.alias, entry.source], ['@s/ui', undefined, 'registry']);
    assert.equal(cutOf(lock, entry.keySpan), "'@s/ui@1.0.0'");
    assert.equal(cutOf(lock, entry.version?.span), '1.0.0');
    assert.equal(entry.integrity?.value, 'sha512-uiuiui==');
    assert.equal(cutOf(lock, entry.integrity?.span), 'sha512-uiuiui==');
    assert.equal(cutOf(lock, entry.resolved?.span), 'https://registry.example.test/@s/ui/-/ui-1.0.0.tgz');
    assert.match(cutOf(lock, entry.span) ?? '', /^'@s\/ui@1\.0\.0':[\s\S]*react: '>=17'$/);
    assert.deepEqual([entry.os, entry.cpu, entry.libc], [['!win32'], ['x64', 'arm64'], ['glibc']]);
    assert.deepEqual([entry.hasBin, entry.deprecated], [true, "It's old"]);
    assert.deepEqual(
      [entry.peer, entry.bundled, entry.hasInstallScript, entry.license],
      [false, false, false, undefined],
    );
  });

  test('its edges are those of its snapshots, each target once, and its peers', () => {
    const entry = lock.entry('@s/ui@1.0.0')!;
    assert.deepEqual(
      entry.edges.map(({ section, name, specifier, version }) => [
        section,
        name,
        specifier.value,
        version?.value,
      ]),
      [
        ['peerDependencies', 'react', '>=17', undefined],
        ['dependencies', 'react', '17.0.2', '17.0.2'],
        ['dependencies', 'zod', '3.23.8(patch_hash=abc123)', '3.23.8(patch_hash=abc123)'],
        ['dependencies', 'react', '18.3.1', '18.3.1'],
        ['optionalDependencies', 'fsevents', '2.3.3', '2.3.3'],
      ],
    );
    assert.deepEqual(
      entry.snapshots.map(({ key, edges }) => [key, edges.length]),
      [
        ['@s/ui@1.0.0(react@17.0.2)', 2],
        ['@s/ui@1.0.0(react@18.3.1)', 2],
      ],
    );
    assert.deepEqual(
      entry.edges.map((edge) => lock.follow(entry, edge)?.key),
      [undefined, 'react@17.0.2', 'zod@3.23.8', 'react@18.3.1', 'fsevents@2.3.3'],
    );
  });

  test('dev and optional come from what leads to an entry', () => {
    const flags = lock.entries.map(({ name, version, dev, optional }) => [
      name,
      version?.value,
      dev,
      optional,
    ]);
    assert.deepEqual(flags, [
      ['@s/ui', '1.0.0', false, false],
      ['fsevents', '2.3.3', false, true],
      ['react', '17.0.2', false, false],
      ['react', '18.3.1', false, false],
      ['tool', '2.0.0', false, false],
      ['zod', '3.23.8', true, false],
    ]);
  });

  test('a git package has its commit, and the version that the file states', () => {
    const tool = lock.resolve('packages/member', 'tool')!;
    assert.deepEqual([tool.source, tool.name, tool.version?.value], ['git', 'tool', '2.0.0']);
    assert.equal(cutOf(lock, tool.version?.span), '2.0.0');
    assert.equal(lock.entry(tool.key)?.commit, '0123456789abcdef0123456789abcdef01234567');
  });

  test('importers are kept apart', () => {
    assert.deepEqual([...lock.importers.keys()], ['', 'packages/member']);
    assert.equal(lock.importers.get('')?.key, '.');
    assert.equal(lock.importers.get('')?.source, 'root');
    assert.equal(lock.resolve('packages/member', 'react')?.version?.value, '18.3.1');
    assert.equal(lock.resolve('', 'react'), undefined);
    assert.equal(lock.resolve('elsewhere', 'react'), undefined);
    assert.deepEqual(
      lock.importers
        .get('packages/member')
        ?.edges.map(({ section, name, specifier }) => [section, name, specifier.value]),
      [
        ['dependencies', 'react', '^18.0.0'],
        ['dependencies', 'tool', 'github:o/tool'],
        ['devDependencies', 'root', 'workspace:*'],
      ],
    );
  });

  test('aliases and links lead where they lead', () => {
    const alias = lock.resolve('', 'r17')!;
    assert.deepEqual([alias.name, alias.version?.value], ['react', '17.0.2']);
    assert.equal(lock.resolve('', '@s/ui-test')?.key, '@s/ui@1.0.0');
    assert.equal(lock.resolve('', 'member'), lock.importers.get('packages/member'));
    assert.equal(lock.resolve('packages/member', 'root'), lock.importers.get(''));
    const outside = lock.resolve('', 'outside')!;
    assert.deepEqual(
      [outside.source, outside.name, outside.resolved?.value],
      ['link', 'outside', '../outside'],
    );
    assert.equal(cutOf(lock, outside.resolved?.span), '../outside');
  });

  test('the settings that it was written with', () => {
    const { settings } = lock.main!;
    assert.deepEqual(
      settings.settings.map(({ key, value }) => [key.value, value.value]),
      [
        ['autoInstallPeers', 'true'],
        ['excludeLinksFromLockfile', 'false'],
      ],
    );
    assert.deepEqual(
      settings.catalogs.map(({ catalog, name, specifier, version }) => [
        catalog,
        name.value,
        specifier?.value,
        version?.value,
      ]),
      [['default', 'zod', '^3.23.0', '3.23.8']],
    );
    assert.equal(cutOf(lock, settings.overrides[0]?.value.span), "'>=1.2.6'");
    assert.deepEqual(
      settings.patchedDependencies.map(({ key, hash, path }) => [key.value, hash?.value, path?.value]),
      [['zod@3.23.8', 'abc123', 'patches/zod@3.23.8.patch']],
    );
    assert.deepEqual([settings.time, settings.ignoredOptionalDependencies], [[], []]);
  });

  test('its spans hold for CRLF, a byte order mark and what Prettier makes of it', () => {
    const texts = [
      VERSION_9.replaceAll('\n', '\r\n'),
      `\ufeff${VERSION_9}`,
      VERSION_9.replaceAll("'", '"')
        .replace('"s old', "'s old")
        .replaceAll(/resolution: \{(.*)\}/g, 'resolution:\n      {\n        $1,\n      }'),
    ];
    for (const text of texts) {
      const other = readPnpm(text);
      assert.deepEqual([other.status, other.problems], ['checked', []]);
      assert.deepEqual(
        other.entries.map(({ key, version, integrity, dev }) => [key, version?.value, integrity?.value, dev]),
        lock.entries.map(({ key, version, integrity, dev }) => [key, version?.value, integrity?.value, dev]),
      );
      for (const entry of other.entries) {
        assert.equal(cutOf(other, entry.version?.span), entry.version?.value);
        assert.equal(cutOf(other, entry.integrity?.span), entry.integrity?.value);
        assert.equal(cutOf(other, entry.keySpan)?.replaceAll(/["']/g, ''), entry.key);
      }
    }
  });
});
