import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { classicOf, npmOf, npmV1Of } from '../lockfile/one-entry.ts';
import { describeDiff } from './describe-diff.ts';

const REGISTRY = 'https://registry.example.test';
const TARBALL = `${REGISTRY}/a/-/a-1.0.0.tgz`;
const [ONE, TWO] = ['1'.repeat(40), '2'.repeat(40)];
const HASH = `sha512-${'A'.repeat(86)}==`;
const EVIL = `sha512-${'B'.repeat(86)}==`;
const SHA384 = `sha384-${'B'.repeat(64)}`;
const SHA1 = `sha1-${'C'.repeat(27)}=`;

type Row = readonly [title: string, before: string, after: string, ...words: readonly string[]];

/** Checks the differences from the first text to the second. */
function check(file: string, rows: readonly Row[]): void {
  for (const [title, before, after, ...expected] of rows) {
    assert.deepEqual(describeDiff(file, before, after), expected, title);
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
        'a URL',
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
    assert.deepEqual(describeDiff('yarn.lock', npmHost!, yarnHost!, options), []);
    assert.equal(describeDiff('yarn.lock', npmHost!, other!, options).length, 1);
    assert.equal(describeDiff('yarn.lock', npmHost!, yarnHost!).length, 1);
    const http = of(`http://registry.example.test/a/-/a-1.0.0.tgz#${SHA}`);
    assert.equal(describeDiff('yarn.lock', npmHost!, http, options).length, 1);
  });

  test('names archives that Yarn builds itself', () => {
    check('yarn.lock', [
      [
        'prebuilt variants',
        of(TARBALL),
        of(TARBALL, 'prebuiltVariants:', '  a "b"'),
        '! a 1.0.0 other undefined -> prebuiltVariants: a "b"',
      ],
    ]);
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
