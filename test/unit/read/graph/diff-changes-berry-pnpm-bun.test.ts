import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { berryOf, bunOf, oldPnpmOf, pnpmOf } from '../lockfile/one-entry.ts';
import { describeDiff } from './describe-diff.ts';

const REGISTRY = 'https://registry.example.test';
const TARBALL = `${REGISTRY}/a/-/a-1.0.0.tgz`;
const [ONE, TWO] = ['1'.repeat(40), '2'.repeat(40)];
const HASH = `sha512-${'A'.repeat(86)}==`;
const EVIL = `sha512-${'B'.repeat(86)}==`;

type Row = readonly [title: string, before: string, after: string, ...words: readonly string[]];

/** Checks the differences from the first text to the second. */
function check(file: string, rows: readonly Row[]): void {
  for (const [title, before, after, ...expected] of rows) {
    assert.deepEqual(describeDiff(file, before, after), expected, title);
  }
}

describe('the same version in two lockfiles of Yarn 2 and later', () => {
  const zip = (digit: string, key = '10c0/') => [`checksum: ${key}${digit.repeat(128)}`];
  const archive = (url: string) => `npm:1.0.0::__archiveUrl=${encodeURIComponent(url)}`;

  test('comes from elsewhere, or has another hash', () => {
    check('yarn.lock', [
      [
        'an archive',
        berryOf('npm:1.0.0', zip('1')),
        berryOf(archive('https://evil.example.test/a.tgz'), zip('2')),
        '! a 1.0.0 source undefined -> https://evil.example.test/a.tgz',
        `! a 1.0.0 integrity (other) 10c0/${'1'.repeat(128)} -> 10c0/${'2'.repeat(128)}`,
      ],
      [
        'another archive',
        berryOf(archive(TARBALL)),
        berryOf(archive(`${REGISTRY}/evil/./-/evil-1.0.0.tgz`)),
        `! a 1.0.0 source ${TARBALL} -> ${REGISTRY}/evil/-/evil-1.0.0.tgz`,
      ],
      [
        'another version',
        berryOf('npm:1.0.0'),
        berryOf('npm:1.0.1'),
        '! a 1.0.0 source undefined -> a@npm:1.0.1',
      ],
      [
        'a commit',
        berryOf(`https://github.com/o/a.git#commit=${ONE}`),
        berryOf(`https://github.com/o/a.git#commit=${TWO}`),
        `! a 1.0.0 source a@https://github.com/o/a.git#commit=${ONE} -> a@https://github.com/o/a.git#commit=${TWO}`,
      ],
      [
        'the key of a cache that is not used',
        berryOf('npm:1.0.0', zip('1')),
        berryOf('npm:1.0.0', zip('2', '8/')),
        `! a 1.0.0 integrity (algorithm) 10c0/${'1'.repeat(128)} -> 8/${'2'.repeat(128)}`,
      ],
      [
        'the cache of a newer Yarn',
        berryOf('npm:1.0.0', zip('1', '8/')).replace('cacheKey: 10c0', 'cacheKey: 8'),
        berryOf('npm:1.0.0', zip('2')),
        '* cacheKey 8 -> 10c0',
      ],
    ]);
  });

  test('says something else of the package', () => {
    check('yarn.lock', [
      [
        'commands',
        berryOf('npm:1.0.0'),
        berryOf('npm:1.0.0', ['bin:', '  node: i.js']),
        '! a 1.0.0 bin undefined -> node: i.js',
      ],
      [
        'an unknown field',
        berryOf('npm:1.0.0'),
        berryOf('npm:1.0.0', ['x: y']),
        '! a 1.0.0 other undefined -> x y',
      ],
      [
        'a patch',
        berryOf(
          'patch:a@npm%3A1.0.0#./a.patch::version=1.0.0&hash=abc',
          [],
          'a@patch:a@npm%3A1.0.0#./a.patch',
        ),
        berryOf(
          'patch:a@npm%3A1.0.0#./evil.patch::version=1.0.0&hash=def',
          [],
          'a@patch:a@npm%3A1.0.0#./a.patch',
        ),
        '! a 1.0.0 patch ./a.patch abc -> ./evil.patch def',
      ],
      [
        'a soft link',
        berryOf('npm:1.0.0'),
        berryOf('npm:1.0.0').replace('linkType: hard', 'linkType: soft'),
        '! a 1.0.0 source undefined -> undefined',
      ],
      [
        'a libc that the older package manager did not write',
        berryOf('npm:1.0.0', ['conditions: os=linux']),
        berryOf('npm:1.0.0', ['conditions: os=linux & libc=glibc']),
      ],
      [
        'another libc',
        berryOf('npm:1.0.0', ['conditions: libc=musl']),
        berryOf('npm:1.0.0', ['conditions: libc=glibc']),
        '! a 1.0.0 platform libc musl -> libc glibc',
      ],
      [
        'dependencies with the protocol that newer versions write',
        berryOf('npm:1.0.0', ['dependencies:', '  b: ^1.0.0', '  c: latest']),
        berryOf('npm:1.0.0', ['dependencies:', '  b: "npm:^1.0.0"', '  c: "npm:latest"']),
      ],
      [
        'another dependency',
        berryOf('npm:1.0.0', ['dependencies:', '  b: "npm:^1.0.0"']),
        berryOf('npm:1.0.0', ['dependencies:', '  b: "npm:@evil/b@^1.0.0"']),
        '! a 1.0.0 dependencies b ^1.0.0 -> b npm:@evil/b@^1.0.0',
      ],
    ]);
  });

  test('is another package, or a link', () => {
    const link = (path: string) =>
      berryOf(
        `link:${path}::locator=shop%40workspace%3A.`,
        [],
        `a@link:${path}::locator=shop%40workspace%3A.`,
      );
    check('yarn.lock', [
      [
        'an alias',
        berryOf('npm:1.0.0'),
        berryOf('npm:1.0.0').replace('"a@npm:1.0.0"', '"@evil/a@npm:1.0.0"'),
        '+ @evil/a 1.0.0 as a',
        '- a 1.0.0',
        '! a alias a -> @evil/a',
      ],
      ['a link', berryOf('npm:1.0.0'), link('./evil'), '- a 1.0.0', '! a link a -> evil'],
      ['another link', link('./a'), link('./evil'), '! a link a -> evil'],
    ]);
  });
});

describe('the same version in two lockfiles of pnpm', () => {
  const of = (more: string) => pnpmOf(`{integrity: ${HASH}${more}}`);

  test('comes from elsewhere, or has another hash', () => {
    const moved = (resolution: string, before: string | undefined, after: string): Row => [
      resolution,
      pnpmOf(before === undefined ? `{integrity: ${HASH}}` : before),
      pnpmOf(resolution),
      after,
    ];
    check('pnpm-lock.yaml', [
      moved(
        `{integrity: ${HASH}, tarball: https://evil.example.test/a.tgz}`,
        undefined,
        '! a 1.0.0 source undefined -> https://evil.example.test/a.tgz',
      ),
      moved(
        `{integrity: ${HASH}, tarball: '//evil.example.test/a.tgz'}`,
        undefined,
        '! a 1.0.0 source undefined -> //evil.example.test/a.tgz',
      ),
      moved(
        `{integrity: ${HASH}, tarball: '../evil/a/-/a-1.0.0.tgz'}`,
        undefined,
        '! a 1.0.0 source undefined -> ../evil/a/-/a-1.0.0.tgz',
      ),
      moved(
        `{type: git, repo: https://github.com/o/a, commit: '${TWO}'}`,
        `{type: git, repo: https://github.com/o/a, commit: '${ONE}'}`,
        `! a 1.0.0 source https://github.com/o/a#${ONE} -> https://github.com/o/a#${TWO}`,
      ),
      moved(
        `{type: git, repo: https://github.com/evil/a, commit: '${ONE}'}`,
        `{type: git, repo: https://github.com/o/a, commit: '${ONE}'}`,
        `! a 1.0.0 source https://github.com/o/a#${ONE} -> https://github.com/evil/a#${ONE}`,
      ),
      moved(
        `{type: directory, directory: evil}`,
        `{type: directory, directory: a}`,
        '! a 1.0.0 source a -> evil',
      ),
      moved(
        `{type: binary, url: https://evil.example.test/a.zip, integrity: ${HASH}, archive: zip, bin: a}`,
        `{type: binary, url: https://files.example.test/a.zip, integrity: ${HASH}, archive: zip, bin: a}`,
        '! a 1.0.0 source https://files.example.test/a.zip -> https://evil.example.test/a.zip',
      ),
      [
        'another hash',
        of(''),
        pnpmOf(`{integrity: ${EVIL}}`),
        `! a 1.0.0 integrity (other) ${HASH} -> ${EVIL}`,
      ],
      [
        'the order of members',
        of(`, tarball: ${TARBALL}`),
        pnpmOf(`{tarball: ${TARBALL}, integrity: ${HASH}}`),
      ],
      ['the style of the text', of(''), pnpmOf(`\n      integrity: '${HASH}'`)],
      ['CRLF', of(''), of('').replaceAll('\n', '\r\n')],
    ]);
    for (const version of ['5.4', '6.0'] as const) {
      const old = (resolution: string) => oldPnpmOf(version, resolution);
      check('pnpm-lock.yaml', [
        [
          'a URL',
          old(`{integrity: ${HASH}}`),
          old(`{integrity: ${HASH}, tarball: https://evil.example.test/a.tgz}`),
          '! a 1.0.0 source undefined -> https://evil.example.test/a.tgz',
        ],
      ]);
    }
  });

  test('says something else of the package', () => {
    const lines = (...more: readonly string[]) => pnpmOf(`{integrity: ${HASH}}`, more);
    check('pnpm-lock.yaml', [
      ['commands', lines(), lines('hasBin: true'), '! a 1.0.0 bin undefined -> has commands'],
      ['engines', lines(), lines("engines: {node: '>=18'}"), '! a 1.0.0 engines undefined -> node >=18'],
      [
        'peers',
        lines(),
        lines('peerDependencies:', "  b: '*'"),
        '! a 1.0.0 dependencies undefined -> b * (peer)',
      ],
      ['bundled', lines(), lines('bundledDependencies: [b]'), '! a 1.0.0 bundled undefined -> b'],
      ['an unusual member', lines(), lines('id: b@1.0.0'), '! a 1.0.0 other undefined -> id b@1.0.0'],
    ]);
  });

  test('is got by another importer or name', () => {
    const packages = `packages:

  '@evil/a@1.0.0':
    resolution: {integrity: ${HASH}}

  a@1.0.0:
    resolution: {integrity: ${HASH}}

  a@2.0.0:
    resolution: {integrity: ${HASH}}

  b@1.0.0:
    resolution: {integrity: ${HASH}}

snapshots:

  '@evil/a@1.0.0': {}

  a@1.0.0: {}

  a@2.0.0: {}

  b@1.0.0:
    dependencies:
      a: DEPENDENCY
`;
    const of = (version: string, dependency = '2.0.0', more = '') => `lockfileVersion: '9.0'
${more}
importers:

  .:
    dependencies:
      a:
        specifier: ^1.0.0
        version: ${version}
      b:
        specifier: ^1.0.0
        version: 1.0.0
      other:
        specifier: npm:@evil/a@^1.0.0
        version: '@evil/a@1.0.0'

${packages.replace('DEPENDENCY', dependency)}`;
    check('pnpm-lock.yaml', [
      ['another version that is there', of('1.0.0'), of('2.0.0'), '! a resolution of [] a@1.0.0 -> a@2.0.0'],
      ['of a package', of('1.0.0'), of('1.0.0', '1.0.0'), '! a resolution of [b@1.0.0] a@2.0.0 -> a@1.0.0'],
      ['another package', of('1.0.0'), of("'@evil/a@1.0.0'"), '! a alias a -> @evil/a, a'],
      ['a link', of('1.0.0'), of('link:../evil'), '! a link a -> ../evil'],
      ['another link', of('link:../a'), of('link:../evil'), '! a link ../a -> ../evil'],
      [
        'settings',
        of('1.0.0'),
        of(
          '1.0.0',
          '2.0.0',
          `
settings:
  autoInstallPeers: false

overrides:
  a: npm:@evil/a@1.0.0

packageExtensionsChecksum: sha256-AAAA

pnpmfileChecksum: sha256-BBBB

patchedDependencies:
  zod@3.0.0: abc
`,
        ),
        '* overrides.a undefined -> npm:@evil/a@1.0.0',
        '* packageExtensionsChecksum undefined -> sha256-AAAA',
        '* patchedDependencies.zod@3.0.0 undefined -> abc',
        '* pnpmfileChecksum undefined -> sha256-BBBB',
        '* settings.autoInstallPeers undefined -> false',
      ],
    ]);
  });

  test('has an address under a plain range', () => {
    const address = 'https://evil.example.test/a.tgz';
    assert.deepEqual(
      describeDiff(
        'pnpm-lock.yaml',
        of(''),
        pnpmOf(`{tarball: ${address}, integrity: ${HASH}}`, ['version: 1.0.1'], address),
      ),
      [`~ a 1.0.0 -> 1.0.1 from the configured registry to ${address}`],
    );
  });
});

describe('the same version in two lockfiles of Bun', () => {
  test('comes from elsewhere, or says something else', () => {
    const of = (address: string, info: object = {}, hash = HASH) => bunOf('a@1.0.0', address, info, hash);
    check('bun.lock', [
      [
        'a URL',
        of(''),
        of('https://evil.example.test/a.tgz'),
        '! a 1.0.0 source undefined -> https://evil.example.test/a.tgz',
      ],
      ['no address at all', of(''), of('./evil.tgz'), '! a 1.0.0 source undefined -> ./evil.tgz'],
      ['another hash', of(''), of('', {}, EVIL), `! a 1.0.0 integrity (other) ${HASH} -> ${EVIL}`],
      ['commands', of(''), of('', { bin: { node: 'i.js' } }), '! a 1.0.0 bin undefined -> node: i.js'],
      ['an unknown member', of(''), of('', { x: [1] }), '! a 1.0.0 other undefined -> x [1]'],
      [
        'dependencies',
        of(''),
        of('', { dependencies: { b: '1' } }),
        '! a 1.0.0 dependencies undefined -> b 1',
      ],
      [
        'another commit',
        bunOf('a@github:o/a#1111111', {}, 'o-a-1111111'),
        bunOf('a@github:o/a#2222222', {}, 'o-a-2222222'),
        '~ a github:o/a#1111111 -> github:o/a#2222222',
      ],
      [
        'an alias',
        of(''),
        bunOf('@evil/a@1.0.0', '', {}, HASH),
        '+ @evil/a 1.0.0 as a',
        '- a 1.0.0',
        '! a alias a -> @evil/a',
      ],
      ['a link', of(''), bunOf('a@link:../evil', {}), '- a 1.0.0', '! a link a -> ../evil'],
      [
        'what scripts run',
        of(''),
        of('').replace('"packages"', '"trustedDependencies": ["a"], "overrides": { "a": "2" }, "packages"'),
        '* overrides.a undefined -> 2',
        '* trustedDependencies.a undefined -> true',
      ],
    ]);
  });
});
