import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import npa from 'npm-package-arg';
import {
  packageNameProblem,
  validPackageName,
} from '../../../../server/src/core/read/manifest/package-name.ts';
import { isVersionOrRange, readSpecifier } from '../../../../server/src/core/read/manifest/read-specifier.ts';
import { cpuTime } from '../../../cpu-time.ts';

const FORTY = '0123456789abcdef0123456789abcdef01234567';

/** Returns one line that describes a specifier in the same way, parsed by npm's own library. */
function byNpm(name: string, text: string): string {
  let result: npa.Result;
  try {
    result = npa.resolve(name, text, '/project');
  } catch {
    return 'invalid';
  }
  if (result.type === 'alias') {
    const inner = (result as npa.AliasResult).subSpec;
    return `alias ${inner.name} ${inner.type}`;
  }
  if (result.type !== 'git') return result.type;
  const hosted = (result as { hosted?: { type: string } }).hosted;
  const host = hosted === undefined || hosted.type === 'sourcehut' ? '-' : hosted.type;
  return `git ${host}`;
}

function byUs(name: string, text: string): string {
  const specifier = readSpecifier(name, text);
  if (specifier.type === 'alias') return `alias ${specifier.target} ${specifier.inner.type}`;
  return specifier.type === 'git' ? `git ${specifier.host ?? '-'}` : specifier.type;
}

const SPECIFIERS = [
  ...[
    '',
    '*',
    'x',
    '1',
    '1.2',
    '1.2.3',
    'v1.2.3',
    '=1.2.3',
    '^1.2.3',
    '~1',
    '>=1',
    '>1 <3',
    '1 || >=2',
    ' 1.2.3 ',
  ],
  ...[
    '1.2.3-beta.1',
    '^1.0.0-0',
    '1.x',
    '1.2.x',
    '1.2.x.3',
    '1.2.3.4',
    '^^1',
    '>=',
    '1.2.3 - 2',
    '||',
    '~>1.2',
    '<0.0.0',
  ],
  ...[
    'latest',
    'next',
    'beta-1',
    'foo bar',
    'a%b',
    '^1.2.3;',
    '!',
    'é',
    '~',
    '@',
    'ver_1',
    'v',
    '1.2.3+build',
    '01.2.3',
  ],
  ...[
    'user/repo',
    'user/repo#main',
    'user/repo#semver:^1',
    'user/repo.git',
    'user/repo/',
    'a/b/c',
    './a',
    '../a',
    '/a',
  ],
  ...[
    '~/a',
    '~a',
    '.',
    '..',
    'a.tgz',
    './a.tar.gz',
    'a/b.tgz',
    'a\\b',
    'C:/a',
    'C:\\a',
    '.a/b',
    '@a/b',
    'user/repo # x',
  ],
  ...[
    'github:user/repo',
    `github:user/repo#${FORTY}`,
    'gitlab:a/b/c',
    'bitbucket:a/b',
    'gist:11081aaa281',
    'gist:a/b#c',
  ],
  ...[
    'sourcehut:~a/b',
    'github:',
    'github:a',
    'GitHub:a/b',
    'github:a/%zz',
    'github:a/b#c#d',
    'github:git@a/b',
  ],
  ...[
    'git://github.com/a/b',
    'git://github.com/a/b#v1',
    'https://github.com/a/b',
    'https://github.com/a/b.git#main',
  ],
  ...[
    'https://github.com/a/b/tree/main',
    'https://github.com/a/b/tree/',
    'https://github.com/a/b/archive/v1.tar.gz',
  ],
  ...[
    'https://www.github.com/a/b',
    'http://github.com/a/b',
    'https://github.com/a',
    'https://github.com/a/b/issues',
  ],
  ...[
    'https://gitlab.com/a/b',
    'https://gitlab.com/a/b/c/-/archive/x.tgz',
    'http://gitlab.com/a/b',
    'https://gitlab.com/a',
  ],
  ...['https://bitbucket.org/a/b', 'https://bitbucket.org/a/b/get/x.zip', 'git://bitbucket.org/a/b'],
  ...[
    'https://gist.github.com/a/b',
    'https://gist.github.com/b',
    'https://gist.github.com/a/b/raw',
    'https://git.sr.ht/~a/b',
  ],
  ...[
    'git+https://github.com/a/b.git',
    `git+https://github.com/a/b.git#${FORTY}`,
    'git+ssh://git@github.com/a/b.git',
  ],
  ...[
    'git+ssh://git@github.com:a/b.git#x',
    'git@github.com:a/b.git',
    'git@github.com:a/b.git#semver:1',
    'ssh://git@github.com/a/b',
  ],
  ...[
    'ssh://git@example.test/a',
    'git+ssh://git@example.test:a/b#main',
    'git+ssh://git@example.test:22/a/b',
    'git+https://x:y@example.test/a',
  ],
  ...[
    'git+https://example.test/a.git#main',
    'git+http://example.test/a',
    'git+file:///a/b',
    'git+rsync://example.test/a',
    'git+ftp://example.test/a',
  ],
  ...[
    'git+svn://example.test/a',
    'git://example.test/a#a::b',
    'git://example.test/a#semver:1::path:b',
    'git://example.test/a#path:a::path:b',
  ],
  ...[
    'github:a/b#c::path:d',
    'github:a/b#c::d',
    'a/b#1234::semver:^1.2.3',
    'a/b#path:a::path:b',
    'git+https://user:pass@github.com:a/b.git',
    'git+https://gitlab.com:a/b.git#c',
    'git+https://user:pass@example.test:a/b.git',
    'https://example.test/a.tgz',
    'http://example.test/a',
    'https://',
    'https://exa mple/a',
    'http://a:99999/x',
  ],
  ...[
    'HTTPS://example.test/a',
    'https:example.test/a',
    'ftp://example.test/a',
    'svn+ssh://example.test/a',
    'foo:bar',
    'foo:bar/baz',
  ],
  ...[
    'file:a',
    'file:../a',
    'file:./a.tgz',
    'file:/a',
    'file:///a',
    'file://a',
    'FILE:a',
    'file:',
    'file:///../a',
    'file:a%20b#c',
  ],
  ...[
    'npm:lodash',
    'npm:lodash@',
    'npm:lodash@4',
    'npm:lodash@^4.17.0',
    'npm:@a/b',
    'npm:@a/b@next',
    'npm:',
    'npm:@a',
    'NPM:a@1',
  ],
  ...[
    'npm:a@npm:b@1',
    'npm:a@file:b',
    'npm:a/b@1',
    'npm:.a@1',
    'npm:a@foo bar',
    'npm:http://example.test/a',
    'npm:a@user/repo',
    'npm:a.tgz',
  ],
];

describe('against npm-package-arg', () => {
  for (const text of SPECIFIERS) {
    test(JSON.stringify(text), () => assert.equal(byUs('thing', text), byNpm('thing', text)));
  }
});

const CORPUS = join(import.meta.dirname, '../../../../../shared/corpus');
const SECTIONS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];
const OTHER_PROTOCOLS = /^(?:workspace|catalog|patch|portal|link|jsr|exec):|^npm:[\^~]?\d/;

test(`each specifier of the corpus${existsSync(CORPUS) ? '' : ' (no corpus)'}`, () => {
  let count = 0;
  for (const path of globSync('**/package.json', { cwd: CORPUS })) {
    const manifest = JSON.parse(readFileSync(join(CORPUS, path), 'utf8').replace(/^\ufeff/, '')) as Record<
      string,
      Record<string, string>
    >;
    for (const section of SECTIONS) {
      for (const [name, text] of Object.entries(manifest[section] ?? {})) {
        count++;
        const ours = readSpecifier(name, text);
        if (OTHER_PROTOCOLS.test(text)) assert.notEqual(ours.type, 'invalid', `${path}: ${name} ${text}`);
        else assert.equal(byUs(name, text), byNpm(name, text), `${path}: ${name} ${text}`);
      }
    }
  }
  assert.ok(count > 1000 || !existsSync(CORPUS), `${count} specifiers`);
});

test('other package managers', () => {
  assert.deepEqual(readSpecifier('a', 'workspace:^'), { type: 'workspace', inner: '^' });
  assert.deepEqual(readSpecifier('a', 'catalog:'), { type: 'catalog', catalog: '' });
  assert.deepEqual(readSpecifier('a', 'catalog:react18'), { type: 'catalog', catalog: 'react18' });
  assert.deepEqual(readSpecifier('a', 'link:../b'), { type: 'link', path: '../b' });
  assert.deepEqual(readSpecifier('a', 'portal:../b'), { type: 'portal', path: '../b' });
  assert.deepEqual(readSpecifier('a', 'exec:./gen.js'), { type: 'exec', path: './gen.js' });
  assert.deepEqual(readSpecifier('a', 'jsr:@std/fs@1'), { type: 'jsr', inner: '@std/fs@1' });
  assert.deepEqual(readSpecifier('a', 'patch:a@npm%3A1.0.0#./x.patch'), {
    type: 'patch',
    inner: 'a@npm%3A1.0.0#./x.patch',
  });
  assert.deepEqual(readSpecifier('a', 'npm:^1.0.0'), {
    type: 'alias',
    target: 'a',
    inner: { type: 'range', range: '>=1.0.0 <2.0.0-0' },
    innerText: '^1.0.0',
  });
  assert.equal(readSpecifier('a', 'git@example.test:a/b.git#main').type, 'git');
});

test('the committish and where it stands', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['user/repo', undefined],
    ['user/repo#', undefined],
    ['user/repo#main', 'main'],
    ['github:user/repo#semver:^1', 'semver:^1'],
    [`git+ssh://git@example.test/a.git#${FORTY}`, FORTY],
    ['git+ssh://git@github.com:a/b.git#x', 'x'],
    ['https://github.com/a/b/tree/v1', 'v1'],
    ['https://github.com/a/b/tree/v1/sub', 'v1'],
  ];
  for (const [text, expected] of cases) {
    const specifier = readSpecifier('a', text);
    assert.ok(specifier.type === 'git', text);
    assert.equal(specifier.committish, expected, text);
    const start = specifier.committishStart;
    assert.equal(
      start === undefined ? undefined : text.slice(start, start + expected!.length),
      expected,
      text,
    );
  }
});

test('paths', () => {
  const pathOf = (text: string) => {
    const specifier = readSpecifier('a', text);
    return 'path' in specifier ? specifier.path : undefined;
  };
  assert.equal(pathOf('file:../a'), '../a');
  assert.equal(pathOf('file:///a/b'), '/a/b');
  assert.equal(pathOf('file://a'), '/a');
  assert.equal(pathOf('file:///../a'), '../a');
  assert.equal(pathOf('file:/a'), '/a');
  assert.equal(pathOf('file:~/a'), '~/a');
  assert.equal(pathOf('./a'), './a');
});

test('package names', () => {
  for (const name of [
    'lodash',
    '@a/b',
    'JSONStream',
    'a.b_c-d',
    'http',
    'a'.repeat(214),
    'crazy!',
    '1.2.3',
  ]) {
    assert.equal(validPackageName(name), true, name);
  }
  for (const name of [
    '',
    '.a',
    '_a',
    '-a',
    ' a',
    'a b',
    '@a',
    '@a/',
    '@/a',
    '@a/.b',
    'a/b',
    'ä',
    '\ud800',
    'node_modules',
    'a'.repeat(215),
    '@a/b/c',
  ]) {
    assert.equal(typeof packageNameProblem(name), 'string', name);
  }
  assert.equal(isVersionOrRange('1.2.x'), true);
  assert.equal(isVersionOrRange('next'), false);
});

test('hostile texts do not throw and take no time', () => {
  const hostile = [
    '\ud800',
    'a'.repeat(100_000),
    '1.'.repeat(50_000),
    `${'^'.repeat(50_000)}1`,
    ' '.repeat(50_000),
    `git+ssh://${':'.repeat(50_000)}`,
    `${'@'.repeat(50_000)}/`,
    '/'.repeat(50_000),
    `npm:${'a@'.repeat(20_000)}`,
    'npm:a@'.repeat(3000),
  ];
  const before = cpuTime();
  for (const text of hostile) assert.equal(typeof readSpecifier('a', text).type, 'string');
  assert.ok(cpuTime() - before < 2000);
});
