import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { LockEntry } from '../../../../server/src/core/read/lockfile/model/lockfile.ts';
import { recordOf } from '../../../../server/src/core/read/lockfile/record/lock-record.ts';
import {
  berryOf,
  bunOf,
  classicOf,
  entryOfA,
  lockfileNamed,
  npmOf,
  npmV1Of,
  oldPnpmOf,
  pnpmOf,
  recordOfA,
} from './one-entry.ts';

const COMMIT = 'a'.repeat(40);
const REGISTRY = 'https://registry.example.test';
const TARBALL = `${REGISTRY}/a/-/a-1.0.0.tgz`;

/** The identity of a source, and the name and version in its text. */
type Row = readonly [text: string, identity: string, said?: string];

function check(rows: readonly Row[], read: (text: string) => LockEntry): void {
  for (const [text, identity, said] of rows) {
    const { source } = recordOf(read(text));
    const named = source.saidName === undefined ? undefined : `${source.saidName}@${source.saidVersion}`;
    assert.deepEqual([source.identity, named], [identity, said], text);
  }
}

const npm = (resolved: string) => entryOfA('package-lock.json', npmOf({ resolved }));
const npmV1 = (resolved: string) => entryOfA('package-lock.json', npmV1Of({ resolved }));
const classic = (resolved: string) =>
  entryOfA('yarn.lock', classicOf([`resolved ${JSON.stringify(resolved)}`]));
const berry = (reference: string) => entryOfA('yarn.lock', berryOf(reference));
const pnpm = (resolution: string) => entryOfA('pnpm-lock.yaml', pnpmOf(resolution));

describe('the source in a record', () => {
  test('of npm is what npm reads in "resolved"', () => {
    const rows: readonly Row[] = [
      [TARBALL, TARBALL, 'a@1.0.0'],
      [` ${TARBALL}`, `file: ${TARBALL.replace('//', '/')}`],
      [`${TARBALL} `, TARBALL, 'a@1.0.0'],
      [TARBALL.replace('https', 'HTTPS'), TARBALL, 'a@1.0.0'],
      [`${REGISTRY}/@evil/./a/-/a-1.0.0.tgz`, `${REGISTRY}/@evil/a/-/a-1.0.0.tgz`, '@evil/a@1.0.0'],
      [`${REGISTRY}/@evil/x/../a/-/a-1.0.0.tgz`, `${REGISTRY}/@evil/a/-/a-1.0.0.tgz`, '@evil/a@1.0.0'],
      [`${REGISTRY}/@evil/%2e/a/-/a-1.0.0.tgz`, `${REGISTRY}/@evil/a/-/a-1.0.0.tgz`, '@evil/a@1.0.0'],
      [`${REGISTRY}/@evil\\a/-/a-1.0.0.tgz`, `${REGISTRY}/@evil/a/-/a-1.0.0.tgz`, '@evil/a@1.0.0'],
      [`${REGISTRY}/a/-/../-/b-1.0.0.tgz`, `${REGISTRY}/a/-/b-1.0.0.tgz`, 'a@undefined'],
      [`${REGISTRY}/a/-/a-1.0.0.tar.gz`, `${REGISTRY}/a/-/a-1.0.0.tar.gz`],
      ['./evil.tgz', 'file:evil.tgz'],
      ['/abs/evil.tgz', 'file:/abs/evil.tgz'],
      ['~/evil.tgz', 'file:~/evil.tgz'],
      ['..\\evil', 'directory:../evil'],
      ['C:\\evil\\a.tgz', 'file:C:/evil/a.tgz'],
      ['file:lib/../evil.tgz', 'file:evil.tgz'],
      ['file:///abs/evil', 'directory:/abs/evil'],
      ['evil/a', 'git:github.com/evil/a#'],
      [`git+ssh://git@github.com/o/a.git#${COMMIT}`, `git:github.com/o/a#${COMMIT}`],
      [`git+https://github.com/O/a#${COMMIT.toUpperCase()}`, `git:github.com/o/a#${COMMIT}`],
      [`git@github.com:o/a.git#${COMMIT}`, `git:github.com/o/a#${COMMIT}`],
      [`https://github.com/o/a.git#${COMMIT}`, `git:github.com/o/a#${COMMIT}`],
      [`git+ssh://git@host.example.test/o/a.git#${COMMIT}`, `git:ssh://host.example.test/o/a.git#${COMMIT}`],
      [`ssh://git@host.example.test:22/o/a.git#v1`, 'unknown:ssh://git@host.example.test:22/o/a.git#v1'],
      [`git+ssh://eve@host.example.test/o/a.git#v1`, 'git:ssh://eve@host.example.test/o/a.git#&v1'],
      [`git+http://github.com/o/a.git#${COMMIT}`, `git:http://github.com/o/a.git#${COMMIT}`],
      [`git+ssh://git@github.com/o/a.git#${COMMIT}::path:/b`, `git:github.com/o/a#${COMMIT}&path:/b`],
      ['npm:@evil/a@1.0.0', 'registry:@evil/a@1.0.0', '@evil/a@1.0.0'],
      ['2.0.0', 'registry:@2.0.0'],
      ['latest', 'registry:@latest'],
      ['ftp://host.example.test/-/a.tgz', 'unknown:ftp://host.example.test/-/a.tgz'],
      ['data:application/gzip;base64,AAAA', 'unknown:data:application/gzip;base64,AAAA'],
      ['', 'registry'],
    ];
    check(rows, npm);
    check(
      rows.filter(([text]) => !text.startsWith('ssh:')),
      npmV1,
    );
    assert.equal(recordOf(entryOfA('package-lock.json', npmOf({}))).source.identity, 'registry');
  });

  test('of npm 6 is what stands in "version" too', () => {
    const rows: readonly Row[] = [
      [`git+ssh://git@github.com/o/a.git#${COMMIT}`, `git:github.com/o/a#${COMMIT}`],
      ['file:../a', 'directory:../a'],
      ['./a.tgz', 'file:a.tgz'],
      [`github:o/a#${COMMIT}`, `git:github.com/o/a#${COMMIT}`],
      ['npm:b@1.0.0', 'registry'],
    ];
    check(rows, (version) => entryOfA('package-lock.json', npmV1Of({ version })));
    const both = npmV1Of({ version: 'https://evil.example.test/a.tgz', resolved: TARBALL });
    assert.equal(
      recordOfA('package-lock.json', both).source.identity,
      `https://evil.example.test/a.tgz or ${TARBALL}`,
    );
  });

  test('of Yarn 1 is what its fetchers make of "resolved"', () => {
    const archive = `https://codeload.github.com/o/a/tar.gz/${COMMIT}`;
    check(
      [
        [`${TARBALL}#${'b'.repeat(40)}`, TARBALL, 'a@1.0.0'],
        [`${TARBALL}#other`, `${TARBALL}#other`, 'a@1.0.0'],
        [TARBALL.replace('https', 'HTTPS'), TARBALL, 'a@1.0.0'],
        [`git+ssh://git@github.com/o/a.git#${COMMIT}`, `git:github.com/o/a#${COMMIT}`],
        [
          `git+https://host.example.test/o/a.git#${COMMIT}`,
          `git:https://host.example.test/o/a.git#${COMMIT}`,
        ],
        [archive, `git:github.com/o/a#${COMMIT}`],
        [`${archive}#${'b'.repeat(40)}`, `git:github.com/o/a#${COMMIT}`],
        ['./evil.tgz', 'file:evil.tgz'],
        ['/abs/-/evil.tgz', 'file:/abs/-/evil.tgz'],
        ['..\\evil', 'directory:../evil'],
        ['C:\\evil\\-\\a.tgz', 'file:C:/evil/-/a.tgz'],
        ['file:./evil.tgz', 'file:evil.tgz'],
        ['a/-/a-1.0.0.tgz', 'registry:a/-/a-1.0.0.tgz', 'a@1.0.0'],
        ['//evil.example.test/a/-/a-1.0.0.tgz', '//evil.example.test/a/-/a-1.0.0.tgz', 'a@1.0.0'],
        ['a-1.0.0.tgz', 'file:a-1.0.0.tgz'],
        ['ftp://host.example.test/a.tgz', 'unknown:ftp://host.example.test/a.tgz'],
      ],
      classic,
    );
    const link = classicOf([], 'a@link:../evil/./a');
    assert.equal(recordOfA('yarn.lock', link).source.identity, 'link:../evil/a');
    const folder = classicOf([], 'a@file:../a');
    assert.equal(recordOfA('yarn.lock', folder).source.identity, 'directory:../a');
  });

  test('of Yarn 2 and later is that of the locator', () => {
    const archive = (url: string) => `npm:1.0.0::__archiveUrl=${encodeURIComponent(url)}`;
    check(
      [
        ['npm:1.0.0', 'registry'],
        ['npm:1.0.1', 'registry:a@1.0.1', 'a@1.0.1'],
        [archive(`${REGISTRY}/evil/./-/evil-1.0.0.tgz`), `${REGISTRY}/evil/-/evil-1.0.0.tgz`, 'evil@1.0.0'],
        [`https://files.example.test/a.tgz`, 'https://files.example.test/a.tgz'],
        [`https://github.com/o/a.git#commit=${COMMIT}`, `git:github.com/o/a#${COMMIT}`],
        [`git@github.com:o/a.git#workspace=b&commit=${COMMIT}`, `git:github.com/o/a#${COMMIT}&workspace=b`],
        ['file:./a.tgz::locator=shop%40workspace%3A.', 'file:a.tgz locator=shop@workspace:.'],
        [
          'npm:1.0.0::__archiveUrl=https%3A%2F%2Fa.example.test%2Fa.tgz&__archiveUrl=https%3A%2F%2Fevil.example.test%2Fa.tgz',
          'https://a.example.test/a.tgz __archiveUrl=https://evil.example.test/a.tgz',
        ],
        ['link:../a::locator=shop%40workspace%3A.', 'link:../a locator=shop@workspace:.'],
        ['portal:../a', 'link:../a portal'],
        ['exec:./make.js', 'exec:exec:./make.js'],
        ['patch:a@npm%3A1.0.0#./a.patch::version=1.0.0&hash=abc', 'registry'],
        [
          `patch:a@npm%3A1.0.0%3A%3A__archiveUrl=${encodeURIComponent(encodeURIComponent('https://evil.example.test/a.tgz'))}#./a.patch`,
          'https://evil.example.test/a.tgz',
        ],
        ['condition:X?1:2', 'choice:condition:X?1:2'],
        ['strange:1', 'unknown:a@strange:1'],
      ],
      berry,
    );
    const { patches } = recordOfA(
      'yarn.lock',
      berryOf('patch:a@npm%3A1.0.0#./a.patch::version=1.0.0&hash=abc'),
    ).details;
    assert.deepEqual(
      patches.map(({ path, hash }) => [path, hash]),
      [['./a.patch', 'abc']],
    );
  });

  test('of pnpm is that of the resolution', () => {
    const hash = 'integrity: sha512-AAAA';
    check(
      [
        [`{${hash}}`, 'registry'],
        [`{${hash}, tarball: ${TARBALL}}`, TARBALL, 'a@1.0.0'],
        [`{${hash}, tarball: '//evil.example.test/a.tgz'}`, '//evil.example.test/a.tgz'],
        [`{${hash}, tarball: a/-/a-1.0.0.tgz}`, 'registry:a/-/a-1.0.0.tgz', 'a@1.0.0'],
        [`{${hash}, tarball: ../evil/a/-/a-1.0.0.tgz}`, 'file:../evil/a/-/a-1.0.0.tgz'],
        [`{${hash}, tarball: /evil/a.tgz}`, 'registry:/evil/a.tgz'],
        [`{${hash}, tarball: 'file:a.tgz'}`, 'file:a.tgz'],
        [`{${hash}, tarball: ./a.tgz}`, 'file:a.tgz'],
        [
          `{tarball: https://codeload.github.com/o/a/tar.gz/${COMMIT}, gitHosted: true}`,
          `git:github.com/o/a#${COMMIT}`,
        ],
        [`{type: git, repo: 'git@github.com:o/a.git', commit: ${COMMIT}}`, `git:github.com/o/a#${COMMIT}`],
        [
          `{type: git, repo: https://github.com/o/a, commit: ${COMMIT}, path: b}`,
          `git:github.com/o/a#${COMMIT} path=b`,
        ],
        ['{type: directory, directory: ../a}', 'directory:../a'],
        [
          `{type: binary, url: https://files.example.test/./a.zip, ${hash}, archive: zip, bin: a}`,
          'binary:archive=zip bin=a url=https://files.example.test/a.zip',
        ],
        [`{type: custom:x, ${hash}, at: y}`, 'unknown:at=y type=custom:x'],
        [`{${hash}, tarball: 'ftp://host.example.test/a.tgz'}`, 'unknown:ftp://host.example.test/a.tgz'],
      ],
      pnpm,
    );
    for (const version of ['5.4', '6.0'] as const) {
      check(
        [
          [`{${hash}}`, 'registry'],
          [`{${hash}, tarball: ${TARBALL}}`, TARBALL, 'a@1.0.0'],
        ],
        (resolution) => entryOfA('pnpm-lock.yaml', oldPnpmOf(version, resolution)),
      );
    }
    const variations = lockfileNamed(
      'pnpm-lock.yaml',
      `lockfileVersion: '9.0'

importers:

  .: {}

packages:

  a@1.0.0:
    resolution:
      type: variations
      variants:
        - resolution:
            type: binary
            url: https://files.example.test/linux.tar.gz
            integrity: sha256-AAAA
          targets:
            - os: linux
              cpu: x64

snapshots:

  a@1.0.0: {}
`,
    ).entries[0]!;
    const { source, hashes } = recordOf(variations);
    assert.equal(
      source.identity,
      'variations:variants=(=(resolution=(type=binary url=https://files.example.test/linux.tar.gz) targets=(=(cpu=x64 os=linux))))',
    );
    assert.deepEqual(
      hashes.map(({ text }) => text),
      ['sha256-AAAA'],
    );
  });

  test('of Bun is that of the tuple', () => {
    const rows: readonly (readonly [readonly unknown[], string, string])[] = [
      [['a@1.0.0', '', {}, 'sha512-AAAA'], 'registry', 'registry'],
      [['a@1.0.0', TARBALL, {}, 'sha512-AAAA'], TARBALL, 'registry'],
      [['a@1.0.0', `${REGISTRY}/`, {}, 'sha512-AAAA'], `${REGISTRY}/`, 'registry'],
      [['a@1.0.0', './evil.tgz', {}, 'sha512-AAAA'], 'unknown:./evil.tgz', 'unknown'],
      [['a@https://files.example.test/a.tgz', {}], 'https://files.example.test/a.tgz', 'tarball'],
      [
        [`a@github:o/a#${COMMIT.slice(0, 7)}`, {}, 'tag'],
        `git:github.com/o/a#&${COMMIT.slice(0, 7)} tag`,
        'git',
      ],
      [[`a@git+ssh://git@github.com/o/a.git#${COMMIT}`, {}, ''], `git:github.com/o/a#${COMMIT}`, 'git'],
      [['a@file:../a', {}], 'directory:../a', 'directory'],
      [['a@./a.tgz', {}], 'file:a.tgz', 'file'],
      [['a@link:../a', {}], 'link:../a', 'link'],
    ];
    for (const [tuple, identity, kind] of rows) {
      const { source } = recordOfA('bun.lock', bunOf(...tuple));
      assert.deepEqual([source.identity, source.kind], [identity, kind]);
    }
  });

  test('says where its text stands', () => {
    const text = npmOf({ resolved: './evil.tgz' });
    const { source } = recordOfA('package-lock.json', text);
    assert.equal(text.slice(source.text?.span.start, source.text?.span.end), '"./evil.tgz"');
  });

  test('agrees with the entry on paths and addresses', () => {
    for (const [entry, source] of [
      [npm('./evil.tgz'), 'file'],
      [npm('~/x.tgz'), 'file'],
      [npm('..\\x'), 'directory'],
      [npm('C:\\x\\-\\y'), 'directory'],
      [npm('HTTPS://files.example.test/a.tgz'), 'tarball'],
      [npm('git@github.com:o/a.git#main'), 'git'],
      [npm('npm:b@1.0.0'), 'registry'],
      [npmV1('./evil/-/evil.tgz'), 'file'],
      [classic('./evil/-/evil.tgz'), 'file'],
      [classic('HTTPS://files.example.test/a.tgz'), 'tarball'],
      [pnpm('{tarball: ./evil.tgz}'), 'file'],
    ] as const) {
      assert.equal(entry.source, source, entry.resolved?.value);
    }
  });
});

describe('the rest of a record', () => {
  const BIN = { node: 'i.js' };
  const ENGINES = { node: '>=18' };

  test('has all hashes, in the order of the text', () => {
    const hashes = (name: string, text: string) =>
      recordOfA(name, text).hashes.map(({ algorithm, digest }) => `${algorithm} ${digest}`);
    assert.deepEqual(
      hashes('package-lock.json', npmOf({ integrity: 'sha512-AAAA sha512-BBBB  sha1-CCCC nonsense' })),
      ['sha512 000000', 'sha512 041041', 'sha1 082082', 'unknown nonsense'],
    );
    const sha1 = 'b'.repeat(40);
    assert.deepEqual(
      hashes('yarn.lock', classicOf([`resolved "${TARBALL}#${sha1}"`, 'integrity sha384-AAAA'])),
      ['sha384 000000', `sha1 ${sha1}`],
    );
    const zip = 'c'.repeat(128);
    assert.deepEqual(hashes('yarn.lock', berryOf('npm:1.0.0', [`checksum: 10c0/${zip}`])), [
      `zip 10c0/ ${zip}`,
    ]);
  });

  test('has commands, engines, patches and what comes along', () => {
    const npmRecord = recordOfA(
      'package-lock.json',
      npmOf({
        bin: BIN,
        engines: ENGINES,
        patched: { path: 'a.patch', integrity: 'sha512-AAAA' },
        bundleDependencies: ['b'],
        hasShrinkwrap: true,
      }),
    ).details;
    assert.deepEqual([...npmRecord.bin!], [['node', 'i.js']]);
    assert.deepEqual([...npmRecord.engines!], [['node', '>=18']]);
    assert.deepEqual(
      npmRecord.patches.map(({ path, hash }) => [path, hash]),
      [['a.patch', 'sha512-AAAA']],
    );
    assert.deepEqual([npmRecord.bundles, npmRecord.hasShrinkwrap], [['b'], true]);
    const one = recordOfA('package-lock.json', npmOf({ name: '@evil/b', bin: './i.js' }));
    assert.deepEqual(
      [[...one.details.bin!], one.folder, one.entry.name],
      [[['b', './i.js']], 'a', '@evil/b'],
    );
    const berryBin = recordOfA('yarn.lock', berryOf('npm:1.0.0', ['bin:', '  node: i.js'])).details.bin;
    assert.deepEqual([...berryBin!], [['node', 'i.js']]);
    const bun = recordOfA('bun.lock', bunOf('a@1.0.0', '', { bin: BIN }, 'sha512-AAAA')).details;
    assert.deepEqual([[...bun.bin!], bun.engines], [[['node', 'i.js']], undefined]);
    const pnpmRecord = recordOfA(
      'pnpm-lock.yaml',
      `${pnpmOf('{integrity: sha512-AAAA}', ["engines: {node: '>=18'}", 'hasBin: true'])}
patchedDependencies:
  a: abc
  a@^1.0.0:
    hash: def
    path: a.patch
  a@2.0.0: ghi
`,
    ).details;
    assert.deepEqual([[...pnpmRecord.bin!], [...pnpmRecord.engines!]], [[['', 'true']], [['node', '>=18']]]);
    assert.deepEqual(
      pnpmRecord.patches.map(({ path, hash }) => [path, hash]),
      [
        [undefined, 'abc'],
        ['a.patch', 'def'],
      ],
    );
    assert.equal(recordOfA('yarn.lock', classicOf([])).details.bin, undefined);
  });

  test('is the same object for an entry, and its parts are made once', () => {
    const entry = npm(TARBALL);
    assert.equal(recordOf(entry), recordOf(entry));
    assert.equal(recordOf(entry).source, recordOf(entry).source);
  });
});
