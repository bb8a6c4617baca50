import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { classicSource } from '../../../../server/src/core/read/lockfile/yarn-classic/classic-source.ts';
import { insideQuotes, type Span } from '../../../../server/src/core/read/text/span.ts';
import { CLASSIC, edgesOf, readYarn, statusOf, yarnSpans } from './yarn-lock.ts';

describe('a yarn.lock of Yarn 1', () => {
  const lock = readYarn(CLASSIC);
  const entry = (key: string) => lock.entry(key)!;
  const cut = ({ start, end }: Span) => CLASSIC.slice(start, end);

  test('is checked, with an entry for each package and none for links', () => {
    assert.equal(statusOf(lock), 'checked 10/10');
    assert.equal(lock.reason, undefined);
    assert.equal(lock.formatVersion?.value, '1');
    assert.equal(cut(lock.formatVersion!.span), '1');
    assert.equal(lock.importers.size, 0);
    assert.deepEqual(
      lock.links.map(({ key, source }) => [key, source]),
      [['linked@link:./linked', 'link']],
    );
  });

  test('entries have their values', () => {
    const a = entry('@s/a@^1.1.0');
    assert.equal(a, entry('@s/a@^1.0.0'));
    assert.equal(a, entry('@s/a@^1.0.0, @s/a@^1.1.0'));
    assert.equal(a.key, '@s/a@^1.0.0, @s/a@^1.1.0');
    assert.deepEqual([a.name, a.alias, a.version?.value], ['@s/a', undefined, '1.1.2']);
    assert.equal(a.integrity?.value, 'sha512-AAAA==');
    assert.deepEqual(a.checksum?.value, 'da39a3ee5e6b4b0d3255bfef95601890afd80709');
    assert.equal(a.checksum?.kind, 'sha1');
    assert.deepEqual(
      a.edges.map(({ section, name, specifier, optional }) => [section, name, specifier.value, optional]),
      [
        ['dependencies', '@s/none', '^1.0.0', false],
        ['dependencies', 'b', '^2.0.0', false],
        ['dependencies', 'old-b', 'npm:b@^1.0.0', false],
        ['optionalDependencies', 'c', '*', true],
      ],
    );
    assert.equal(entry('@s/none@^1.0.0').integrity, undefined);
    assert.equal(entry('c@*').checksum, undefined);
    assert.equal(entry('b@^2.0.0').integrity?.value, 'sha1-BBBB= sha512-BBBB==');
  });

  test('an alias has the name of what is installed', () => {
    const old = entry('old-b@npm:b@^1.0.0');
    assert.deepEqual([old.name, old.alias, old.version?.value], ['b', 'old-b', '1.9.0']);
    const both = readYarn('"a@npm:b@^1", b@^1:\n  version "1.0.0"\n').entries[0]!;
    assert.deepEqual([both.name, both.alias], ['b', undefined]);
    const scoped = readYarn('"a@npm:@s/b@^1":\n  version "1.0.0"\n').entries[0]!;
    assert.deepEqual([scoped.name, scoped.alias], ['@s/b', 'a']);
    const named = readYarn('"a@file:./b":\n  name b\n  version "1.0.0"\n').entries[0]!;
    assert.deepEqual([named.name, named.alias], ['b', 'a']);
  });

  test('entries know where they come from', () => {
    assert.deepEqual(
      lock.entries.map(({ name, source }) => `${name} ${source}`),
      [
        '@s/a registry',
        '@s/none registry',
        'b registry',
        'c registry',
        'code git',
        'folder directory',
        'g git',
        'b registry',
        'pack file',
        't tarball',
      ],
    );
  });

  test('spans are those of the tokens', () => {
    const a = entry('@s/a@^1.0.0');
    assert.equal(cut(a.keySpan), '"@s/a@^1.0.0", "@s/a@^1.1.0"');
    assert.deepEqual(
      a.descriptors.map(({ span }) => cut(span)),
      ['"@s/a@^1.0.0"', '"@s/a@^1.1.0"'],
    );
    assert.equal(cut(a.version!.span), '"1.1.2"');
    assert.equal(cut(a.resolved!.span), JSON.stringify(a.resolved!.value));
    assert.equal(cut(a.integrity!.span), 'sha512-AAAA==');
    assert.equal(cut(a.checksum!.span), a.checksum!.value);
    assert.ok(cut(a.span).startsWith('"@s/a@^1.0.0", ') && cut(a.span).endsWith('c "*"'));
    assert.equal(cut(a.edges[0]!.nameSpan), '"@s/none"');
    assert.equal(cut(a.edges[1]!.nameSpan), 'b');
    assert.equal(cut(a.edges[1]!.specifier.span), '"^2.0.0"');
    assert.equal(cut(insideQuotes(entry('b@~2.1.0').integrity!.span)), 'sha1-BBBB= sha512-BBBB==');
    assert.deepEqual(
      entry('b@~2.1.0').descriptors.map(({ span }) => cut(span)),
      ['b@^2.0.0', 'b@~2.1.0'],
    );
  });

  test('edges lead to the entry that has their text in its key', () => {
    assert.deepEqual(edgesOf(lock, entry('@s/a@^1.0.0')), [
      '@s/none -> @s/none@^1.0.0 1.0.5',
      'b -> b@^2.0.0, b@~2.1.0 2.1.0',
      'old-b -> old-b@npm:b@^1.0.0 1.9.0',
      'c -> c@* 3.0.0',
    ]);
  });

  test('names resolve by what the manifest declares', () => {
    assert.equal(lock.resolve('', 'b', '^2.0.0')?.version?.value, '2.1.0');
    assert.equal(lock.resolve('packages/member', 'old-b', 'npm:b@^1.0.0')?.version?.value, '1.9.0');
    assert.equal(lock.resolve('', 'b', '^3.0.0'), undefined);
    assert.equal(lock.resolve('', 'b')?.version?.value, '2.1.0');
    assert.equal(lock.resolve('', '__proto__'), undefined);
    const two = readYarn('b@1:\n  version "1.0.0"\n\nb@2:\n  version "2.0.0"\n');
    assert.equal(two.resolve('', 'b'), undefined);
    assert.deepEqual(
      two.named('b').map(({ key }) => key),
      ['b@1', 'b@2'],
    );
  });

  test('an edge whose text resolutions have replaced leads to the only package of the name', () => {
    const text = 'a@1:\n  version "1.0.0"\n  dependencies:\n    b "^1.0.0"\n\nb@2.0.0:\n  version "2.0.0"\n';
    const replaced = readYarn(text);
    assert.equal(statusOf(replaced), 'checked 2/2');
    assert.deepEqual(edgesOf(replaced, replaced.entries[0]!), ['b -> b@2.0.0 2.0.0']);
    const two = readYarn(`${text}\nb@3.0.0:\n  version "3.0.0"\n`);
    const [a] = two.entries;
    assert.deepEqual(edgesOf(two, a!), ['b -> nothing']);
    assert.equal(two.follow(a!, a!.edges[0]!, '3.0.0')?.version?.value, '3.0.0');
  });
});

describe('where Yarn 1 takes a package from', () => {
  const commit = '0123456789abcdef0123456789abcdef01234567';
  const cases: readonly (readonly [resolved: string | undefined, range: string, source: string])[] = [
    ['https://r.example.test/a/-/a-1.0.0.tgz#abc', '^1.0.0', 'registry'],
    ['https://r.example.test/a.tgz', '^1.0.0', 'tarball'],
    [`https://h.example.test/o/r.git#${commit}`, 'https://h.example.test/o/r.git', 'git'],
    ['git://h.example.test/o/r', 'git://h.example.test/o/r', 'git'],
    [`https://h.example.test/o/r/repository/archive.tar.gz?ref=${commit}`, 'gitlab:o/r', 'git'],
    [`https://h.example.test/o/r/get/${commit}.tar.gz`, 'bitbucket:o/r', 'git'],
    [undefined, '^1.0.0', 'registry'],
    [undefined, 'npm:b@1', 'registry'],
    [undefined, 'link:../a', 'link'],
    [undefined, 'file:../a', 'directory'],
    [undefined, './a', 'directory'],
    [undefined, 'file:a.tgz', 'file'],
    [undefined, 'git+https://h.example.test/o/r', 'git'],
    ['./offline/a-1.0.0.tgz#abc', '^1.0.0', 'file'],
  ];
  for (const [resolved, range, source] of cases) {
    test(`${resolved ?? 'nothing'} for ${range} is ${source}`, () =>
      assert.equal(classicSource(resolved, range), source));
  }
});

describe('text that is not what Yarn 1 writes', () => {
  const HEAD = '# yarn lockfile v1\n';
  const A = 'a@1:\n  version "1.0.0"\n';
  const B = 'b@1:\n  version "1.0.0"\n';
  const broken: readonly (readonly [name: string, text: string, reason: string])[] = [
    [
      'a string without its end',
      `${A}${B.replace('0"', '0')}`,
      'Line 4: a string is not closed; 1 of 2 entries read.',
    ],
    ['an entry without a body', `${A}b@1:\n`, 'Line 3: nothing stands below this; 1 of 2 entries read.'],
    [
      'an entry without a version',
      `${A}b@1:\n  resolved "x"\n`,
      'Line 3: this entry has no version; 1 of 2 entries read.',
    ],
    [
      'a key without quotes',
      `@s/a@1:\n  version "1.0.0"\n${B}`,
      'Line 1: Yarn does not write keys like this one; 1 of 2 entries read.',
    ],
    [
      'a line of YAML',
      `${A}  resolved: x\n${B}`,
      'Line 3: unexpected text after the colon; 2 of 2 entries read.',
    ],
    [
      'a wrong indentation',
      `${A}   resolved "x"\n${B}`,
      'Line 3: this line is indented wrongly; 2 of 2 entries read.',
    ],
    [
      'a key that appears twice',
      `${A}${A.replace('1.0.0', '2.0.0')}`,
      'Line 3: "a@1" appears twice, and Yarn takes the last; 1 of 1 entries read.',
    ],
    [
      'a field that appears twice',
      `${A}  version "2.0.0"\n`,
      'Line 3: this appears twice, and Yarn takes the last; 1 of 1 entries read.',
    ],
    [
      'a dependency that appears twice',
      `${A}  dependencies:\n    b "1"\n    b "2"\n${B}`,
      'Line 5: this name appears twice, and Yarn takes the last; 2 of 2 entries read.',
    ],
    [
      'a dependency without an entry',
      `${A}  dependencies:\n    c "1"\n${B}`,
      'Line 4: a@1 depends on c, which is not in this file; 2 of 2 entries read.',
    ],
    [
      'a value where a block stands',
      `${A}  dependencies "b"\n${B}`,
      'Line 3: this value has the wrong type; 2 of 2 entries read.',
    ],
    [
      'a value at the start of a line',
      `${A}b "1"\n`,
      'Line 3: an entry has lines below it; 1 of 1 entries read.',
    ],
    [
      'a merge conflict',
      `${A}<<<<<<< ours\n${B}=======\nc@1:\n  version "1.0.0"\n>>>>>>> theirs\n`,
      'Line 3: unresolved merge conflict; 3 of 3 entries read.',
    ],
    ['a hidden line', `# x\rc@1:\n${A}`, 'Line 1: a carriage return stands alone; 1 of 1 entries read.'],
  ];
  for (const [name, text, reason] of broken) {
    test(name, () => {
      const lock = readYarn(text);
      assert.deepEqual([lock.status, lock.reason], ['partial', reason]);
    });
  }

  test('the last of two fields counts, quoted or not', () => {
    const lock = readYarn('a@1:\n  version "1.0.0"\n  resolved "x"\n  "resolved" "y"\n');
    assert.deepEqual([lock.status, lock.entries[0]?.resolved?.value], ['partial', 'y']);
  });

  test('carriage returns, a byte order mark and comments', () => {
    const text = `\ufeff${CLASSIC.replaceAll('\n', '\r\n').replace('version "1.1.2"', 'version "1.1.2" # why')}`;
    const lock = readYarn(text);
    assert.equal(statusOf(lock), 'checked 10/10');
    for (const entry of lock.entries) {
      for (const { start, end } of yarnSpans(entry).slice(1))
        assert.doesNotMatch(text.slice(start, end), /[\r\n]/);
    }
  });

  test('no package at all', () => {
    assert.equal(statusOf(readYarn(`${HEAD}\n\n`)), 'checked 0/0');
  });

  test('a newer version', () => {
    const lock = readYarn(`# yarn lockfile v2\n${A}`);
    assert.deepEqual([lock.status, lock.formatVersion?.value], ['unsupported', '2']);
    assert.match(
      lock.reason!,
      /^Version 2 of Yarn 1's lockfile is not supported, as Yarn 1 writes version 1 only; .*\.$/,
    );
  });

  for (const text of ['', '\ufeff', '\n \n', ' '.repeat(3000), '# a comment', '\n  # one\r\n\n# two\n']) {
    test(`nothing: ${JSON.stringify(text).slice(0, 40)}`, () => {
      assert.equal(statusOf(readYarn(text)), 'checked 0/0');
    });
  }

  test('another file', () => {
    const lock = readYarn('{\n  "a": 1\n}\n');
    assert.deepEqual(
      [lock.status, lock.reason],
      ['unreadable', 'Line 1: Yarn does not write keys like this one.'],
    );
  });
});
