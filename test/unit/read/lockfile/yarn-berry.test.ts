import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readConditions } from '../../../../server/src/core/read/lockfile/yarn-berry/conditions.ts';
import {
  readLocator,
  sourceOfLocator,
} from '../../../../server/src/core/read/lockfile/yarn-berry/locator.ts';
import type { Span } from '../../../../server/src/core/read/text/span.ts';
import { BERRY, edgesOf, readYarn, statusOf, yarnSpans } from './yarn-lock.ts';

describe('a yarn.lock of Yarn 4', () => {
  const lock = readYarn(BERRY);
  const entry = (key: string) => lock.entry(key)!;
  const cut = ({ start, end }: Span) => BERRY.slice(start, end);

  test('is checked, with an entry for each package that is downloaded', () => {
    assert.equal(statusOf(lock), 'checked 9/9');
    assert.deepEqual([lock.formatVersion?.value, cut(lock.formatVersion!.span)], ['8', '8']);
    assert.deepEqual(
      lock.entries.map(({ name, source }) => `${name} ${source}`),
      [
        '@s/a registry',
        'b registry',
        'fsevents registry',
        'folder directory',
        'g git',
        'moved registry',
        'b registry',
        'pack file',
        't tarball',
      ],
    );
    assert.deepEqual(
      [...lock.importers].map(([path, { name, source }]) => [path, name, source]),
      [
        ['packages/member', 'member', 'workspace'],
        ['', 'shop', 'workspace'],
      ],
    );
    assert.deepEqual(
      lock.links.map(({ name, source }) => `${name} ${source}`),
      ['fsevents registry', 'linked link', 'porthole link'],
    );
  });

  test('entries have their values', () => {
    const a = entry('@s/a@npm:^1.1.0');
    assert.equal(a, entry('@s/a@npm:^1.0.0, @s/a@npm:^1.1.0'));
    assert.deepEqual([a.name, a.alias, a.version?.value], ['@s/a', undefined, '1.1.2']);
    assert.deepEqual(
      [a.integrity, a.checksum?.value, a.checksum?.kind],
      [undefined, '10c0/aaaa', 'yarn-zip'],
    );
    assert.equal(a.resolved, undefined);
    assert.deepEqual(
      a.edges.map(({ section, name, specifier, optional }) => [section, name, specifier.value, optional]),
      [
        ['dependencies', 'b', 'npm:^2.0.0', false],
        ['optionalDependencies', 'fsevents', 'npm:^2.3.2', true],
        ['dependencies', 'old-b', 'npm:b@^1.0.0', false],
        ['peerDependencies', 'p', '>= 1 < 3', false],
        ['peerDependencies', 'q', '^1.0.0', true],
      ],
    );
    const b = entry('b@npm:^2.0.0');
    assert.deepEqual([b.os, b.cpu, b.libc], [['linux', 'darwin'], ['x64'], ['glibc']]);
    assert.equal(b.checksum, undefined);
  });

  test('an alias has the name of what is installed', () => {
    const old = entry('old-b@npm:b@^1.0.0');
    assert.deepEqual([old.name, old.alias, old.version?.value], ['b', 'old-b', '1.9.0']);
  });

  test('an address in a resolution is found, and only its part is marked', () => {
    const moved = entry('moved@npm:^1.0.0');
    assert.equal(moved.resolved?.value, 'https://files.example.test/moved.tgz');
    assert.equal(cut(moved.resolved!.span), 'https%3A%2F%2Ffiles.example.test%2Fmoved.tgz');
    const git = entry('g@git@host.example.test:o/g.git').resolved!;
    assert.equal(git.value, 'git@host.example.test:o/g.git#commit=0123456789abcdef0123456789abcdef01234567');
    assert.equal(cut(git.span), git.value);
    const file = entry('pack@file:./pack-1.0.0.tgz::locator=shop%40workspace%3A.').resolved!;
    assert.equal(cut(file.span), 'file:./pack-1.0.0.tgz');
    assert.equal(
      entry('t@https://files.example.test/t.tgz').resolved?.value,
      'https://files.example.test/t.tgz',
    );
  });

  test('spans are those of the tokens', () => {
    const a = entry('@s/a@npm:^1.0.0');
    assert.equal(cut(a.keySpan), '"@s/a@npm:^1.0.0, @s/a@npm:^1.1.0"');
    assert.deepEqual(
      a.descriptors.map(({ span }) => cut(span)),
      ['@s/a@npm:^1.0.0', '@s/a@npm:^1.1.0'],
    );
    assert.equal(cut(a.version!.span), '1.1.2');
    assert.equal(cut(a.checksum!.span), '10c0/aaaa');
    assert.ok(cut(a.span).startsWith('"@s/a@npm:^1.0.0, ') && cut(a.span).endsWith('linkType: hard'));
    assert.equal(cut(a.edges[0]!.nameSpan), 'b');
    assert.equal(cut(a.edges[0]!.specifier.span), '"npm:^2.0.0"');
  });

  test('edges lead to what Yarn installs, patched copies included', () => {
    assert.deepEqual(edgesOf(lock, entry('@s/a@npm:^1.0.0')), [
      'b -> b@npm:^2.0.0 2.1.0',
      'fsevents -> fsevents@patch:fsevents@npm%3A^2.3.2#optional!builtin<compat/fsevents> 2.3.3',
      'old-b -> old-b@npm:b@^1.0.0 1.9.0',
      'p -> nothing',
      'q -> nothing',
    ]);
    const root = lock.importers.get('')!;
    assert.deepEqual(
      root.edges.map((edge) => lock.follow(root, edge)?.name),
      ['@s/a', 'folder', 'g', 'linked', 'member', 'moved', 'pack', 'porthole', 't'],
    );
    assert.equal(lock.follow(root, root.edges[4]!), lock.importers.get('packages/member'));
  });

  test('a patched copy has its origin', () => {
    const patched = lock.links[0]!;
    assert.deepEqual([patched.name, patched.os, patched.version?.value], ['fsevents', ['!win32'], '2.3.3']);
    assert.equal(lock.origin(patched), entry('fsevents@npm:^2.3.2'));
    assert.equal(lock.origin(entry('b@npm:^2.0.0')), entry('b@npm:^2.0.0'));
  });

  test('names resolve by what each member has locked', () => {
    assert.equal(lock.resolve('', '@s/a', '^1.0.0')?.version?.value, '1.1.2');
    assert.equal(lock.resolve('packages/member', 'b', '^9.0.0')?.version?.value, '2.1.0');
    assert.equal(lock.resolve('', 'b'), undefined);
    assert.equal(lock.resolve('packages/member', '@s/a', '^1.0.0'), undefined);
    assert.equal(lock.resolve('packages/new', '@s/a', '^1.0.0')?.version?.value, '1.1.2');
    assert.equal(lock.resolve('packages/new', '@s/a', '^2.0.0'), undefined);
    assert.equal(lock.resolve('', '__proto__'), undefined);
  });
});

describe('older and other ways to write it', () => {
  const HEAD = '__metadata:\n  version: 6\n  cacheKey: 8\n\n';
  const block = (key: string, resolution: string, more = '') =>
    `"${key}":\n  version: 1.0.0\n  resolution: "${resolution}"\n${more}  languageName: node\n  linkType: hard\n\n`;

  test('dependencies without a protocol, members found by their version, plain keys', () => {
    const lock = readYarn(
      HEAD +
        block(
          'a@npm:^1.0.0',
          'a@npm:1.0.0',
          '  dependencies:\n    b: ^2.0.0\n    f: ^1.0.0\n    m: ^1.0.0\n',
        ) +
        block('b@npm:^2.0.0', 'b@npm:2.0.0') +
        block('f@^1.0.0', 'f@npm:1.0.0').replaceAll('"f@^1.0.0"', 'f@^1.0.0') +
        block(
          'f@patch:f@^1.0.0#~builtin<compat/f>',
          'f@patch:f@npm%3A1.0.0#~builtin<compat/f>::version=1.0.0',
        ) +
        block('m@^1.0.0, m@workspace:m', 'm@workspace:m') +
        block('root@workspace:.', 'root@workspace:.'),
    );
    assert.equal(statusOf(lock), 'checked 3/3');
    assert.deepEqual(
      edgesOf(lock, lock.entries[0]!).map((edge) => edge.split(' ')[2]),
      ['b@npm:^2.0.0', 'f@patch:f@^1.0.0#~builtin<compat/f>', 'm@^1.0.0,'],
    );
    assert.equal(lock.origin(lock.links[0]!), lock.entry('f@^1.0.0'));
  });

  test('an edge whose text resolutions have replaced leads to the only package of the name', () => {
    const dependent = block('a@npm:1', 'a@npm:1.0.0', '  dependencies:\n    b: ^2.0.0\n');
    const one = readYarn(HEAD + dependent + block('b@npm:3.0.0', 'b@npm:3.0.0'));
    assert.equal(statusOf(one), 'checked 2/2');
    assert.deepEqual(edgesOf(one, one.entries[0]!), ['b -> b@npm:3.0.0 1.0.0']);
    const two = readYarn(one.text + block('b@npm:4.0.0', 'b@npm:4.0.0'));
    const edge = two.entries[0]!.edges[0]!;
    assert.equal(two.follow(two.entries[0]!, edge), undefined);
    assert.equal(two.follow(two.entries[0]!, edge, '4.0.0')?.key, 'b@npm:4.0.0');
    const patch = block('b@patch:b@npm%3A3.0.0#./b.patch', 'b@patch:b@npm%3A3.0.0#./b.patch::version=3.0.0');
    const patched = readYarn(one.text + patch);
    assert.deepEqual(edgesOf(patched, patched.entries[0]!), ['b -> b@patch:b@npm%3A3.0.0#./b.patch 1.0.0']);
  });

  test('a key of over 1,024 characters stands behind a question mark', () => {
    const key = Array.from({ length: 90 }, (_, at) => `a@npm:^1.0.${at}`).join(', ');
    const text = `${HEAD}${block(key, 'a@npm:1.0.0').replace(`"${key}":`, `? "${key}"\n:`)}`;
    const lock = readYarn(text);
    assert.equal(statusOf(lock), 'checked 1/1');
    assert.equal(lock.entries[0]?.descriptors.length, 90);
    assert.equal(lock.entry('a@npm:^1.0.89')?.version?.value, '1.0.0');
    assert.equal(readYarn(text.replace('\n:\n', '\n')).status, 'unreadable');
    assert.equal(readYarn(text.slice(0, text.indexOf('\n:\n') + 1)).status, 'unreadable');
  });

  test('single quotes, comments, carriage returns and a byte order mark', () => {
    const text = `\ufeff${BERRY.replaceAll('\n', '\r\n').replace('"npm:^2.0.0"', "'npm:^2.0.0' # why").replace('bin/a.js', 'bin/a.js # too')}`;
    const lock = readYarn(text);
    assert.equal(statusOf(lock), 'checked 9/9');
    const edge = lock.entries[0]!.edges[0]!;
    assert.deepEqual(
      [edge.specifier.value, text.slice(edge.specifier.span.start, edge.specifier.span.end)],
      ['npm:^2.0.0', "'npm:^2.0.0'"],
    );
    for (const entry of lock.entries) {
      for (const { start, end } of yarnSpans(entry).slice(1))
        assert.doesNotMatch(text.slice(start, end), /[\r\n]/);
    }
  });

  test('a resolution with an escape', () => {
    const lock = readYarn(HEAD + block('a@npm:1', 'a@npm:1.0.0::__archiveUrl=http%3A%2F%2Fx\\u002ftest'));
    assert.equal(lock.entries[0]?.resolved?.value, 'http://x/test');
    assert.equal(lock.text.slice(lock.entries[0]!.resolved!.span.start).startsWith('"a@npm:1.0.0'), true);
  });
});

describe('text that is not what Yarn 2 and later write', () => {
  const HEAD = '__metadata:\n  version: 8\n';
  const A = 'a@npm:1:\n  version: 1.0.0\n  resolution: "a@npm:1.0.0"\n  linkType: hard\n';
  const B = A.replaceAll('a@npm', 'b@npm');
  const broken: readonly (readonly [name: string, text: string, reason: string])[] = [
    [
      'a string without its end',
      `${A}${B.replace('0"', '0')}`,
      'Line 9: a string is not closed; 1 of 2 entries read.',
    ],
    [
      'an entry without a resolution',
      `${A}${B.replace(/ {2}resolution.*\n/, '')}`,
      'Line 7: this entry has no resolution; 1 of 2 entries read.',
    ],
    [
      'an entry that is cut off',
      `${A}${B.replace(/ {2}linkType.*\n/, '')}`,
      'Line 7: this entry has no linkType; 2 of 2 entries read.',
    ],
    [
      'a resolution that names nothing',
      `${A}${B.replace('b@npm:1.0.0', 'b')}`,
      'Line 7: this entry names no package; 1 of 2 entries read.',
    ],
    [
      'a list',
      `${A}  x:\n    - y\n${B}`,
      'Line 8: Yarn does not write keys like this one; 2 of 2 entries read.',
    ],
    [
      'an anchor',
      `${A}${B.replace('version: 1', 'version: &x 1')}`,
      'Line 8: Yarn does not write values like this one; 2 of 2 entries read.',
    ],
    [
      'a mapping in braces',
      `${A}b@npm:1: {version: 1}\n`,
      'Line 7: Yarn does not write values like this one; 1 of 1 entries read.',
    ],
    [
      'a value on the next line',
      `${A}${B.replace('version: ', 'version:\n    ')}`,
      'Line 8: this value has the wrong type; 2 of 2 entries read.',
    ],
    [
      'a key that appears twice',
      `${A}${A}`,
      'Line 7: "a@npm:1" appears twice, and Yarn takes the last; 1 of 1 entries read.',
    ],
    [
      'a dependency without an entry',
      `${A}  dependencies:\n    c: ^1.0.0\n${B}`,
      'Line 8: a@npm:1 depends on c, which is not in this file; 2 of 2 entries read.',
    ],
    [
      'a merge conflict',
      `<<<<<<< ours\n${A}=======\n${B}>>>>>>> theirs\n`,
      'Line 3: unresolved merge conflict; 2 of 2 entries read.',
    ],
    [
      'a colon without a space',
      `${A}  "x":"y"\n${B}`,
      'Line 7: a space is missing after the colon; 2 of 2 entries read.',
    ],
    ['a tab', `${A}\tx: y\n${B}`, 'Line 7: Yarn does not write keys like this one; 2 of 2 entries read.'],
  ];
  for (const [name, text, reason] of broken) {
    test(name, () => {
      const lock = readYarn(HEAD + text);
      assert.deepEqual([lock.status, lock.reason], ['partial', reason]);
    });
  }

  test('no metadata', () => {
    const lock = readYarn(A);
    assert.deepEqual(
      [lock.status, lock.reason],
      ['partial', 'Line 1: it has no "__metadata" with a version; 1 of 1 entries read.'],
    );
  });

  for (const [version, reason] of [
    ['11', /^Version 11 of Yarn's lockfile is newer than 10, the latest supported one; update dephygiene\.$/],
    ['3', /^Version 3 of Yarn's lockfile is not supported, only 4 to 10 are; run yarn install .*\.$/],
    ['x', /^Version x of Yarn's lockfile is not supported/],
    ['"9e9"', /^Version 9e9 of Yarn's lockfile is not supported/],
  ] as const) {
    test(`version ${version}`, () => {
      const lock = readYarn(`__metadata:\n  version: ${version}\n\n${A}`);
      assert.equal(lock.status, 'unsupported');
      assert.match(lock.reason!, reason);
    });
  }
  for (const version of [4, 5, 6, 7, 8, 9, 10]) {
    test(`version ${version}`, () =>
      assert.equal(statusOf(readYarn(`__metadata:\n  version: ${version}\n\n${A}`)), 'checked 1/1'));
  }
});

describe('locators', () => {
  const cases: readonly (readonly [locator: string, kind: string, source: string])[] = [
    ['a@npm:1.0.0', 'npm', 'registry'],
    ['@s/a@workspace:.', 'workspace', 'workspace'],
    ['a@patch:a@npm%3A1.0.0#./a.patch::version=1.0.0', 'patch', 'registry'],
    ['a@patch:a@patch%3Aa@npm%253A1.0.0%23b#c', 'patch', 'registry'],
    ['a@patch:%#x', 'patch', 'directory'],
    ['a@portal:../a::locator=b', 'link', 'link'],
    ['a@file:../a#../a::hash=1', 'file', 'directory'],
    ['a@file:a.tgz#a.tgz::hash=1', 'file', 'file'],
    ['a@exec:./a.js#./a.js::hash=1', 'exec', 'directory'],
    ['a@https://h.example.test/o/a.git#commit=1', 'git', 'git'],
    ['a@ssh://git@h.example.test/o/a.git#head=x&commit=1', 'git', 'git'],
    ['a@git+ssh://git@h.example.test/o/a', 'git', 'git'],
    ['a@https://h.example.test/a.tgz', 'tarball', 'tarball'],
    ['a@condition:X?:1#2', 'other', 'directory'],
  ];
  for (const [text, kind, source] of cases) {
    test(text, () => {
      const locator = readLocator(text)!;
      assert.deepEqual([locator.kind, sourceOfLocator(locator)], [kind, source]);
    });
  }

  test('a text without a reference is none', () => assert.equal(readLocator('@s'), undefined));

  test('conditions', () => {
    assert.deepEqual(readConditions('!os=win32 & cpu=arm64'), { os: ['!win32'], cpu: ['arm64'], libc: [] });
    assert.deepEqual(readConditions('macos=x'), { os: [], cpu: [], libc: [] });
  });
});
