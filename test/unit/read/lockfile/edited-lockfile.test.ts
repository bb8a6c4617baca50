import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, test } from 'node:test';
import {
  type LockfileName,
  lockfileKindOf,
  readLockfile,
} from '../../../../server/src/core/read/lockfile/detect.ts';
import type { LockEntry, Lockfile } from '../../../../server/src/core/read/lockfile/model/lockfile.ts';
import { copyDifferences } from '../../../../server/src/core/read/lockfile/npm/copy-differences.ts';
import { changeOf } from '../../../../server/src/core/read/text/text-change.ts';
import { randomSource } from '../text/random-source.ts';
import { BUN_LOCK } from './bun-lock.ts';
import { printLock } from './npm-lock.ts';
import { V1_LOCK } from './npm-v1-lock.ts';
import { BERRY, CLASSIC } from './yarn-lock.ts';

const CORPUS = join(import.meta.dirname, '../../../../../shared/corpus');

const resolved = 'https://registry.public.example.test/a/-/a-1.0.0.tgz';
const PACKAGES = {
  '': { name: 'shop', dependencies: { a: '^1.0.0', '@s/b': '2', gone: '1' }, workspaces: ['w'] },
  w: { version: '0.1.0', dependencies: { a: '^2.0.0' } },
  'node_modules/w': { resolved: 'w', link: true },
  'node_modules/a': {
    version: '1.0.0',
    resolved,
    integrity: 'sha512-AA==',
    dev: true,
    dependencies: { '@s/b': '^2.0.0', lost: '^1.0.0' },
    os: ['linux'],
  },
  'node_modules/@s/b': { name: 'real', version: '2.0.0', hasInstallScript: true, dependencies: { c: '1' } },
  'node_modules/a/node_modules/c': { version: '1.0.0', resolved, dependencies: { d: '1' } },
  'w/node_modules/a': { version: '2.0.0' },
};
const NPM_LOCK = printLock(PACKAGES);
/** With the copy that npm up to 6 reads. */
const NPM_LOCK_2 = printLock(PACKAGES, {
  lockfileVersion: 2,
  dependencies: {
    a: {
      version: '1.0.0',
      resolved,
      integrity: 'sha512-AA==',
      dependencies: { c: { version: '1.0.0', resolved } },
    },
    '@s/b': { version: 'npm:real@2.0.0' },
  },
});

/** Typical typed texts in a lockfile, and texts that break one. */
const PIECES = [
  '"',
  '1',
  '.',
  ',',
  '{',
  '}',
  '[',
  ']',
  ':',
  '\\',
  '\n',
  ' ',
  '//',
  'true',
  '"dev": true,',
  'a',
  '',
];

/** Returns all content of a lockfile, its entries and edges with their targets, as plain values. */
function said(lockfile: Lockfile): object {
  const { uri, text, format, formatVersion, status, reason, problems, entriesTotal, entries, links } =
    lockfile;
  const importers = [...lockfile.importers].map(([path, entry]) => [path, saidOf(lockfile, entry)]);
  return {
    ...{ uri, text, format, formatVersion, status, reason, problems, entriesTotal, importers },
    entries: entries.map((entry) => saidOf(lockfile, entry)),
    links: links.map((entry) => saidOf(lockfile, entry)),
    copies: copyDifferences(lockfile).map(({ entry, copy, ...what }) => ({
      ...what,
      keys: [entry.key, copy.key],
    })),
    flags: [lockfile.recordsEdges, lockfile.recordsInstallScripts],
    found: entries.map(({ key }) => lockfile.entry(key)?.span),
    resolved: [...lockfile.importers.keys(), ''].map((path) => lockfile.resolve(path, 'a', '^1.0.0')?.key),
  };
}

function saidOf(lockfile: Lockfile, entry: LockEntry): object {
  const { key, keySpan, span, name, alias, source, version, resolved, integrity, checksum, edges } = entry;
  const { dev, optional, peer, bundled, hasInstallScript, deprecated, license, os, cpu, libc } = entry;
  return {
    ...{ key, keySpan, span, name, alias, source, version, resolved, integrity, checksum },
    ...{ dev, optional, peer, bundled, hasInstallScript, deprecated, license, os, cpu, libc },
    edges: edges.map((edge) => ({ ...edge, to: lockfile.follow(entry, edge)?.key })),
  };
}

/** Returns how many of the edits were applied without reparsing everything. Each starts from the previous result. */
function editAtRandom(kind: LockfileName, whole: string, rounds: number, seed: number): number {
  const random = randomSource(seed);
  let text = whole;
  let lockfile = readLockfile('file:///lock', text, kind);
  let taken = 0;
  for (let round = 0; round < rounds; round++) {
    const at = random.below(text.length + 1);
    const end = Math.min(at + random.below(4), text.length);
    const added = random.pick(PIECES);
    const next = text.slice(0, at) + added + text.slice(end);
    const edited = lockfile.edited?.(next, changeOf({ start: at, end }, added));
    if (edited === undefined) continue;
    taken++;
    assert.deepEqual(said(edited), said(readLockfile('file:///lock', next, kind)));
    lockfile = edited;
    text = next;
  }
  return taken;
}

describe('a lockfile that is edited is what it is when it is read', () => {
  const cases: readonly [string, LockfileName, string][] = [
    ['npm 7 and later', 'package-lock', NPM_LOCK],
    ['npm 7 and later, with a copy for npm 6', 'package-lock', NPM_LOCK_2],
    ['npm up to 6', 'package-lock', V1_LOCK],
    ['Bun', 'bun', BUN_LOCK],
    ['Yarn 1', 'yarn', CLASSIC],
    ['Yarn 2 and later', 'yarn', BERRY],
  ];
  for (const [what, kind, text] of cases) {
    test(what, () => {
      let taken = 0;
      for (let seed = 1; seed <= 6; seed++) taken += editAtRandom(kind, text, 100, seed);
      assert.ok(taken > 60, String(taken));
    });
  }

  test('from one version of the format to another', () => {
    const at = V1_LOCK.indexOf('"lockfileVersion": 1') + '"lockfileVersion": '.length;
    const next = `${V1_LOCK.slice(0, at)}9${V1_LOCK.slice(at + 1)}`;
    const edited = readLockfile('file:///lock', V1_LOCK, 'package-lock').edited!(
      next,
      changeOf({ start: at, end: at + 1 }, '9'),
    );
    assert.equal(edited?.status, 'unsupported');
  });
});

const files = existsSync(CORPUS)
  ? globSync('*/{package-lock.json,npm-shrinkwrap.json,bun.lock,yarn.lock}', { cwd: CORPUS }).sort()
  : [];
if (files.length === 0) console.log('no corpus');
else {
  test('real lockfiles that are edited are what they are when they are read', () => {
    let taken = 0;
    for (const [at, file] of files.entries()) {
      const text = readFileSync(join(CORPUS, file), 'utf8');
      const kind = lockfileKindOf(basename(file))!;
      if (text.length < 500_000) taken += editAtRandom(kind, text, 8, at + 1);
    }
    assert.ok(taken > 10, String(taken));
  });
}
