import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { berryOf, bunOf, classicOf, npmOf, npmV1Of, oldPnpmOf, pnpmOf } from '../lockfile/one-entry.ts';
import { diffWords } from './diff-words.ts';

const REGISTRY = 'https://registry.example.test';
const TARBALL = `${REGISTRY}/a/-/a-1.0.0.tgz`;
const [ONE, TWO] = ['1'.repeat(40), '2'.repeat(40)];
const HASH = `sha512-${'A'.repeat(86)}==`;
const EVIL = `sha512-${'B'.repeat(86)}==`;
const SHA384 = `sha384-${'B'.repeat(64)}`;
const SHA1 = `sha1-${'C'.repeat(27)}=`;

type Row = readonly [title: string, before: string, after: string, ...words: readonly string[]];

/** What the first one says that is different when it is the second one. */
function check(file: string, rows: readonly Row[]): void {
  for (const [title, before, after, ...expected] of rows) {
    assert.deepEqual(diffWords(file, before, after), expected, title);
  }
}

const npm = (a: object) => npmOf({ resolved: TARBALL, integrity: HASH, ...a });
const git = (commit: string, address = 'git+ssh://git@github.com/o/a.git') =>
  npmOf({ resolved: `${address}#${commit}` });

describe('the same version in two lockfiles of npm', () => {
  test('comes from elsewhere', () => {
    const moved = (resolved: string): Row => [
      resolved,
      npm({}),
      npm({ resolved }),
      `! a 1.0.0 source ${TARBALL} -> ${resolved}`,
    ];
    check('package-lock.json', [
      moved(`${REGISTRY}/@evil/./a/-/a-1.0.0.tgz`),
      moved(`${REGISTRY}/a/-/../../evil/-/a-1.0.0.tgz`),
      moved(`https://evil.example.test/a/-/a-1.0.0.tgz`),
      moved(`http://registry.example.test/a/-/a-1.0.0.tgz`),
      moved('./evil.tgz'),
      moved('/evil.tgz'),
      moved('evil/a'),
      moved('npm:@evil/a@1.0.0'),
      moved('latest'),
      moved('ftp://evil.example.test/a.tgz'),
      moved(` ${TARBALL}`),
      [
        'without an address',
        npm({}),
        npm({ resolved: undefined }),
        `! a 1.0.0 source ${TARBALL} -> undefined`,
      ],
    ]);
  });

  test('has what npm does not write, and may run', () => {
    const scripts = { postinstall: 'node evil.js' };
    check('package-lock.json', [
      [
        'scripts',
        npm({}),
        npm({ scripts }),
        '! a 1.0.0 other undefined -> scripts {"postinstall":"node evil.js"}',
      ],
      ['a switch', npm({}), npm({ gypfile: true }), '! a 1.0.0 other undefined -> gypfile true'],
      ['what npm writes', npm({}), npm({ license: 'MIT', funding: { url: 'x' }, deprecated: 'old' })],
    ]);
  });

  test('is of another commit or repository', () => {
    const other = (before: string, after: string): Row => [
      `${before} ${after}`,
      git(before),
      git(after),
      `! a 1.0.0 source git+ssh://git@github.com/o/a.git#${before} -> git+ssh://git@github.com/o/a.git#${after}`,
    ];
    check('package-lock.json', [
      other(ONE, TWO),
      other(ONE, 'main'),
      other('v1.0.0', 'v1.0.1'),
      other('semver:^1.0.0', 'semver:^2.0.0'),
      [
        'another owner',
        git(ONE),
        git(ONE, 'git+ssh://git@github.com/evil/a.git'),
        `! a 1.0.0 source git+ssh://git@github.com/o/a.git#${ONE} -> git+ssh://git@github.com/evil/a.git#${ONE}`,
      ],
      ['another spelling', git(ONE), git(ONE, 'git+https://github.com/O/a')],
      ['a shorthand', git(ONE), git(ONE, 'github:o/a')],
      [
        'not encrypted',
        git(ONE),
        git(ONE, 'git+http://github.com/o/a.git'),
        `! a 1.0.0 source git+ssh://git@github.com/o/a.git#${ONE} -> git+http://github.com/o/a.git#${ONE}`,
      ],
    ]);
  });

  test('has other hashes', () => {
    const hash = (before: string | undefined, after: string | undefined, change: string): Row => [
      `${before} ${after}`,
      npm({ integrity: before }),
      npm({ integrity: after }),
      `! a 1.0.0 integrity (${change}) ${before} -> ${after}`,
    ];
    check('package-lock.json', [
      hash(HASH, EVIL, 'other'),
      hash(HASH, SHA384, 'weaker'),
      hash(HASH, SHA1, 'weaker'),
      hash(SHA1, HASH, 'algorithm'),
      hash(HASH, `${HASH} ${EVIL}`, 'other'),
      hash(HASH, 'sha512-', 'weaker'),
      hash(undefined, HASH, 'added'),
      hash(HASH, undefined, 'removed'),
      hash(SHA1, `${SHA1} ${HASH}`, 'algorithm'),
      hash(`${SHA1} ${HASH}`, SHA1, 'weaker'),
      ['another order', npm({ integrity: `${SHA1} ${HASH}` }), npm({ integrity: `${HASH}\n${SHA1}` })],
    ]);
  });

  test('says something else of the package', () => {
    check('package-lock.json', [
      [
        'commands',
        npm({ bin: { a: './a.js' } }),
        npm({ bin: { a: 'a.js', node: 'i.js', npm: 'i.js' } }),
        '! a 1.0.0 bin undefined -> node: i.js, npm: i.js',
      ],
      ['a script', npm({}), npm({ hasInstallScript: true }), '! a 1.0.0 installScript false -> true'],
      ['engines', npm({ engines: { node: '>=18' } }), npm({}), '! a 1.0.0 engines node >=18 -> undefined'],
      ['machines', npm({}), npm({ os: ['linux'] }), '! a 1.0.0 platform undefined -> os linux'],
      [
        'a patch',
        npm({}),
        npm({ patched: { path: 'a.patch', integrity: HASH } }),
        `! a 1.0.0 patch undefined -> a.patch ${HASH}`,
      ],
      [
        'dependencies',
        npm({ dependencies: { b: '^1.0.0' } }),
        npm({ dependencies: { b: 'npm:@evil/b@^1.0.0' }, optionalDependencies: { c: '1' } }),
        '! a 1.0.0 dependencies b ^1.0.0 -> b npm:@evil/b@^1.0.0, c 1 (optional)',
      ],
      ['bundled', npm({}), npm({ bundleDependencies: ['b'] }), '! a 1.0.0 bundled undefined -> b'],
      [
        'a shrinkwrap',
        npm({}),
        npm({ hasShrinkwrap: true }),
        '! a 1.0.0 bundled undefined -> has a shrinkwrap',
      ],
    ]);
  });

  test('is another in the copy for npm 6', () => {
    const of = (copy: object, version = 2) => {
      const lock = JSON.parse(npmOf({ resolved: TARBALL, integrity: HASH }, version));
      return JSON.stringify({ ...lock, dependencies: { a: { version: '1.0.0', ...copy } } });
    };
    const copy = { resolved: TARBALL, integrity: HASH };
    const said = `a@1.0.0 ${TARBALL} ${HASH}`;
    check('package-lock.json', [
      ['the order', of(copy), of({ integrity: HASH, resolved: TARBALL })],
      ['version 3', of(copy), npm({}), '* lockfileVersion 2 -> 3'],
      [
        'a hash',
        of(copy),
        of({ ...copy, integrity: EVIL }),
        `! a 1.0.0 copy ${said} -> a@1.0.0 ${TARBALL} ${EVIL}`,
      ],
      [
        'an address',
        of(copy),
        of({ ...copy, resolved: './evil.tgz' }),
        `! a 1.0.0 copy ${said} -> a@1.0.0 ./evil.tgz ${HASH}`,
      ],
      ['as before', of({ ...copy, integrity: EVIL }), of({ integrity: EVIL, resolved: TARBALL })],
    ]);
  });

  test('is compared between versions of the file too', () => {
    check('package-lock.json', [
      ['2 to 3', npmOf({ integrity: HASH }, 2), npmOf({ integrity: HASH }, 3), '* lockfileVersion 2 -> 3'],
      [
        '2 to 3 with another address',
        npmOf({ resolved: TARBALL }, 2),
        npmOf({ resolved: 'https://evil.example.test/a/-/a-1.0.0.tgz' }, 3),
        `! a 1.0.0 source ${TARBALL} -> https://evil.example.test/a/-/a-1.0.0.tgz`,
        '* lockfileVersion 2 -> 3',
      ],
      [
        '1 to 3, another hash',
        npmV1Of({ resolved: TARBALL, integrity: HASH }),
        npm({ integrity: EVIL, bin: { a: 'a.js' } }),
        `! a 1.0.0 integrity (other) ${HASH} -> ${EVIL}`,
        '* lockfileVersion 1 -> 3',
      ],
      [
        'within 1',
        npmV1Of({ version: `git+ssh://git@host.example.test/a.git#${ONE}` }),
        npmV1Of({ version: `git+ssh://git@host.example.test/a.git#${TWO}` }),
        `~ a git+ssh://git@host.example.test/a.git#${ONE} -> git+ssh://git@host.example.test/a.git#${TWO}`,
      ],
    ]);
  });
});

describe('a member of the workspace', () => {
  test('declares an alias, an address or a folder', () => {
    const of = (specifier: string, members: object = {}) =>
      JSON.stringify({
        name: 'shop',
        lockfileVersion: 3,
        packages: { '': { name: 'shop', dependencies: { a: specifier } }, ...members },
      });
    const alias = 'npm:@evil/a@^1.0.0';
    check('package-lock.json', [
      ['a range', of('^1.0.0'), of('^2.0.0')],
      ['an alias', of('^1.0.0'), of(alias), `! a specifier of [] ^1.0.0 -> ${alias}`],
      ['another version of the alias', of(alias), of('npm:@evil/a@^2.0.0')],
      ['no alias', of(alias), of('^1.0.0'), `! a specifier of [] ${alias} -> ^1.0.0`],
      ['a folder', of('file:a'), of('file:b'), '! a specifier of [] file:a -> file:b'],
      [
        'a new member',
        of('^1.0.0'),
        of('^1.0.0', { 'packages/b': { version: '1.0.0' } }),
        '* importers.packages/b undefined -> a member',
      ],
      [
        'a link that nothing declares',
        of('^1.0.0'),
        of('^1.0.0', { 'node_modules/b': { resolved: '../evil', link: true } }),
        '! b link undefined -> ../evil',
      ],
    ]);
    check('package-lock.json', [
      [
        'a folder of npm 6',
        npmV1Of({ version: 'file:../a' }),
        npmV1Of({ version: 'file:../evil' }),
        '! a link ../a -> ../evil',
      ],
      [
        'no folder before',
        npmV1Of({}),
        npmV1Of({ version: 'file:../evil' }),
        '- a 1.0.0',
        '! a link a -> ../evil',
      ],
    ]);
  });
});

describe('the same version in two lockfiles of Yarn 1', () => {
  const SHA = 'b'.repeat(40);
  const of = (resolved: string, ...lines: readonly string[]) =>
    classicOf([`resolved ${JSON.stringify(resolved)}`, ...lines]);

  test('comes from elsewhere, is of another commit, or has another hash', () => {
    const plain = of(`${TARBALL}#${SHA}`, `integrity ${HASH}`);
    const source = (before: string, after: string): Row => [
      after,
      of(before),
      of(after),
      `! a 1.0.0 source ${before} -> ${after}`,
    ];
    check('yarn.lock', [
      source(`git+ssh://git@github.com/o/a.git#${ONE}`, `git+ssh://git@github.com/o/a.git#${TWO}`),
      source(`https://host.example.test/o/a.git#${ONE}`, `https://host.example.test/o/a.git#${TWO}`),
      source(TARBALL, './evil.tgz'),
      source(TARBALL, `${REGISTRY}/@evil/./a/-/a-1.0.0.tgz`),
      source(TARBALL, '//evil.example.test/a/-/a-1.0.0.tgz'),
      [
        'an archive of another commit',
        of(`https://codeload.github.com/o/a/tar.gz/${ONE}`),
        of(`https://codeload.github.com/o/a/tar.gz/${TWO}`),
        `! a 1.0.0 source https://codeload.github.com/o/a/tar.gz/${ONE} -> https://codeload.github.com/o/a/tar.gz/${TWO}`,
      ],
      [
        'another SHA-1',
        of(`${TARBALL}#${SHA}`),
        of(`${TARBALL}#${'c'.repeat(40)}`),
        `! a 1.0.0 integrity (other) sha1-${SHA} -> sha1-${'c'.repeat(40)}`,
      ],
      [
        'another integrity beside the same SHA-1',
        plain,
        of(`${TARBALL}#${SHA}`, `integrity ${EVIL}`),
        `! a 1.0.0 integrity (other) sha1-${SHA} ${HASH} -> sha1-${SHA} ${EVIL}`,
      ],
      [
        'a stronger hash added',
        of(`${TARBALL}#${SHA}`),
        plain,
        `! a 1.0.0 integrity (algorithm) sha1-${SHA} -> sha1-${SHA} ${HASH}`,
      ],
      [
        'SHA-384',
        plain,
        of(`${TARBALL}#${SHA}`, `integrity ${SHA384}`),
        `! a 1.0.0 integrity (weaker) sha1-${SHA} ${HASH} -> sha1-${SHA} ${SHA384}`,
      ],
      [
        'a dependency',
        plain,
        `${plain}  dependencies:\n    b "^1.0.0"\n`,
        '! a 1.0.0 dependencies undefined -> b ^1.0.0',
      ],
      ['CRLF', plain, plain.replaceAll('\n', '\r\n')],
    ]);
  });

  test('has the host that the other package manager writes', () => {
    const options = { sameRegistries: [`${REGISTRY}/`, 'https://yarn-registry.example.test'] };
    const [npmHost, yarnHost, other] = [
      REGISTRY,
      'https://yarn-registry.example.test',
      'https://registry.example.test:444',
    ].map((host) => of(`${host}/a/-/a-1.0.0.tgz#${SHA}`));
    assert.deepEqual(diffWords('yarn.lock', npmHost!, yarnHost!, options), []);
    assert.equal(diffWords('yarn.lock', npmHost!, other!, options).length, 1);
    assert.equal(diffWords('yarn.lock', npmHost!, yarnHost!).length, 1);
    const http = of(`http://registry.example.test/a/-/a-1.0.0.tgz#${SHA}`);
    assert.equal(diffWords('yarn.lock', npmHost!, http, options).length, 1);
  });

  test('is an alias now, or a link', () => {
    check('yarn.lock', [
      [
        'an alias',
        of(TARBALL),
        classicOf([`resolved "${REGISTRY}/@evil/a/-/a-1.0.0.tgz"`], 'a@npm:@evil/a@^1.0.0'),
        '+ @evil/a 1.0.0 as a',
        '- a 1.0.0',
        '! a alias a -> @evil/a',
      ],
      ['a link', of(TARBALL), classicOf([], 'a@link:./evil'), '- a 1.0.0', '! a link a -> evil'],
      ['another link', classicOf([], 'a@link:./a'), classicOf([], 'a@link:./evil'), '! a link a -> evil'],
      [
        'another folder',
        classicOf([], 'a@file:./a'),
        classicOf([], 'a@file:./evil'),
        '! a 1.0.0 source file:./a -> file:./evil',
      ],
    ]);
  });
});

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
          'an address',
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
      diffWords(
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
        'an address',
        of(''),
        of('https://evil.example.test/a.tgz'),
        '! a 1.0.0 source undefined -> https://evil.example.test/a.tgz',
      ],
      ['no address at all', of(''), of('./evil.tgz'), '! a 1.0.0 source undefined -> ./evil.tgz'],
      ['another hash', of(''), of('', {}, EVIL), `! a 1.0.0 integrity (other) ${HASH} -> ${EVIL}`],
      ['commands', of(''), of('', { bin: { node: 'i.js' } }), '! a 1.0.0 bin undefined -> node: i.js'],
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
