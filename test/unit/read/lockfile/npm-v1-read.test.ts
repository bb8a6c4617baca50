import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { describe, test } from 'node:test';
import { readLockfile } from '../../../../server/src/core/read/lockfile/detect.ts';
import type { LockEntry } from '../../../../server/src/core/read/lockfile/model/lockfile.ts';
import { cpuTime } from '../../../cpu-time.ts';
import { spansOf } from './npm-lock.ts';
import { readV1, V1_LOCK } from './npm-v1-lock.ts';

describe('a package-lock of version 1', () => {
  const lock = readV1(V1_LOCK);
  const entry = (key: string) => lock.entry(`node_modules/${key}`)!;
  const cut = ({ start, end }: { start: number; end: number }) => V1_LOCK.slice(start, end);

  test('is checked, with entries for all that is nested, by the path they are installed at', () => {
    assert.deepEqual([lock.status, lock.reason, lock.formatVersion?.value], ['checked', undefined, '1']);
    assert.deepEqual(
      lock.entries.map(({ key }) => key),
      [
        'node_modules/@s/b',
        'node_modules/a',
        'node_modules/a/node_modules/@s/b',
        'node_modules/a/node_modules/inside',
        'node_modules/c',
        'node_modules/dir',
        'packages/dir/node_modules/c',
        'node_modules/git',
        'node_modules/hub',
        'node_modules/mine',
        'node_modules/scoped',
        'node_modules/tarred',
        'node_modules/url',
      ],
    );
    assert.equal(lock.entriesTotal, 13);
    for (const each of lock.entries) assert.equal(lock.entry(each.key), each);
    assert.equal(lock.entry('node_modules/none'), undefined);
    assert.equal(lock.entry('a'), undefined);
  });

  test('knows nothing of what a manifest declares', () => {
    assert.equal(lock.importers.size, 0);
    assert.equal(lock.recordsEdges, true);
  });

  const values: readonly (readonly [
    key: string,
    name: string,
    source: string,
    version: string | undefined,
    resolved: RegExp | undefined,
  ])[] = [
    ['a', 'a', 'registry', '1.1.0', /a-1\.1\.0\.tgz$/],
    ['mine', 'real', 'registry', '4.0.0', /real-4\.0\.0\.tgz$/],
    ['scoped', '@s/real', 'registry', '5.0.0', /real-5\.0\.0\.tgz$/],
    ['git', 'git', 'git', undefined, /^git\+https:.*#0123/],
    ['hub', 'hub', 'git', undefined, /^github:o\/hub#0123456$/],
    ['tarred', 'tarred', 'file', undefined, /^file:t\.tgz$/],
    ['dir', 'dir', 'directory', undefined, /^file:packages\/dir$/],
    ['url', 'url', 'tarball', undefined, /url\.tar\.gz$/],
    ['a/node_modules/inside', 'inside', 'registry', '0.1.0', undefined],
  ];
  for (const [key, name, source, version, resolved] of values) {
    test(`${key}: its name, source, version and address`, () => {
      const found = entry(key);
      assert.deepEqual([found.name, found.source, found.version?.value], [name, source, version]);
      if (resolved === undefined) assert.equal(found.resolved, undefined);
      else {
        assert.match(found.resolved!.value, resolved);
        assert.equal(cut(found.resolved!.span), JSON.stringify(found.resolved!.value));
      }
    });
  }

  test('the version of an alias is marked without its name', () => {
    assert.deepEqual([entry('mine').alias, entry('a').alias], ['mine', undefined]);
    assert.equal(cut(entry('mine').version!.span), '4.0.0');
    assert.equal(cut(entry('a').version!.span), '"1.1.0"');
  });

  test('flags, hash, what was asked for, and spans', () => {
    const b = entry('@s/b');
    assert.deepEqual([b.dev, b.optional, b.bundled], [true, true, false]);
    assert.equal(entry('a/node_modules/inside').bundled, true);
    assert.deepEqual([b.integrity?.value, cut(b.integrity!.span)], ['sha512-B2==', '"sha512-B2=="']);
    assert.equal(entry('git').from?.value, 'git+https://git.example.test/o/git.git#main');
    assert.equal(cut(entry('a/node_modules/@s/b').keySpan), '"@s/b"');
    assert.equal(JSON.parse(`{${cut(entry('a').span)}}`).a.version, '1.1.0');
  });

  test('edges are what it requires', () => {
    const edges = entry('a').edges;
    assert.deepEqual(
      edges.map(({ section, name, specifier }) => [section, name, specifier.value]),
      [
        ['dependencies', '@s/b', '^1.0.0'],
        ['dependencies', 'c', '>=3 <4'],
      ],
    );
    assert.deepEqual([cut(edges[0]!.nameSpan), cut(edges[0]!.specifier.span)], ['"@s/b"', '"^1.0.0"']);
  });

  test('names resolve by nesting', () => {
    const version = (path: string, name: string) => lock.resolve(path, name)?.version?.value;
    assert.equal(version('', '@s/b'), '2.0.0');
    assert.equal(version('node_modules/a', '@s/b'), '1.5.0');
    assert.equal(version('node_modules/a/node_modules/@s/b', 'inside'), '0.1.0');
    assert.equal(version('node_modules/a', 'c'), '3.2.0');
    // A folder that the root depends on stands for the member at that path.
    assert.equal(version('packages/dir', 'c'), '1.0.0');
    assert.equal(version('packages/dir', 'a'), '1.1.0');
    assert.equal(version('packages/other', 'a'), undefined);
    assert.equal(version('', 'inside'), undefined);
    assert.equal(version('', '__proto__'), undefined);
  });
});

describe('two links to one folder', () => {
  const lockWith = (first: object, second: object) =>
    readV1(
      JSON.stringify({
        lockfileVersion: 1,
        dependencies: {
          a: { version: 'file:lib/a', requires: { x: '1' }, dependencies: { x: first } },
          b: { version: 'file:./lib/a/', requires: { x: '1' }, dependencies: { x: second } },
        },
      }),
    );

  test('have its packages once, by the path they lie at', () => {
    const lock = lockWith({ version: '1.0.0' }, { version: '1.0.0' });
    assert.deepEqual(
      lock.entries.map(({ key }) => key),
      ['node_modules/a', 'node_modules/b', 'lib/a/node_modules/x'],
    );
    assert.deepEqual([lock.status, lock.problems], ['checked', []]);
    const [a, b, x] = lock.entries;
    for (const link of [a!, b!]) assert.equal(lock.follow(link, link.edges[0]!), x);
    assert.equal(lock.resolve('lib/a', 'x'), x);
    assert.equal(lock.entry('lib/a/node_modules/x'), x);
  });

  test('that say different things of one package are a problem, and the last counts', () => {
    const lock = lockWith({ version: '1.0.0' }, { version: '2.0.0' });
    assert.equal(lock.entry('lib/a/node_modules/x')?.version?.value, '2.0.0');
    assert.deepEqual(
      lock.problems.map(({ kind, message }) => [kind, message]),
      [['duplicate', '"x" appears twice, and npm takes the last']],
    );
    assert.notEqual(lock.status, 'checked');
  });
});

describe('shrinkwraps without a version', () => {
  const lock = readV1(`{
  "name": "old",
  "version": "0.2.6",
  "dependencies": {
    "a": {
      "version": "1.0.0",
      "from": "a@>=1.0.0 <2.0.0",
      "resolved": "https://registry.public.example.test/a/-/a-1.0.0.tgz",
      "dependencies": { "b": { "version": "2.0.0", "from": "b@*" } }
    },
    "g": { "version": "0.1.0", "from": "g@git://git.example.test/o/g.git#v1", "resolved": "git://git.example.test/o/g.git#0123456" },
    "h": { "version": "0.1.0", "from": "git+ssh://git@git.example.test/o/h.git" },
    "p": { "version": "0.1.0", "from": "../p", "resolved": "file:../p" },
    "q": { "version": "0.1.0", "from": "q.tgz", "resolved": "../q.tgz" }
  }
}
`);

  test('are checked, and have no edges to tell', () => {
    assert.deepEqual([lock.status, lock.formatVersion, lock.recordsEdges], ['checked', undefined, false]);
    assert.equal(lock.entries.length, 6);
    assert.deepEqual(
      lock.entries.flatMap(({ edges }) => edges),
      [],
    );
  });

  test('come from where they were resolved to, else from what was asked for', () => {
    assert.deepEqual(
      lock.entries.map(({ name, version, source }) => [name, version?.value, source]),
      [
        ['a', '1.0.0', 'registry'],
        ['b', '2.0.0', 'registry'],
        ['g', '0.1.0', 'git'],
        ['h', '0.1.0', 'git'],
        ['p', '0.1.0', 'directory'],
        ['q', '0.1.0', 'file'],
      ],
    );
    assert.equal(lock.entry('node_modules/a')?.key, 'node_modules/a');
  });
});

describe('text that is not what npm writes', () => {
  const whole: readonly (readonly [text: string, status: string, reason: RegExp])[] = [
    ['', 'unreadable', /^Line 1: there is no value\.$/],
    ['[]', 'unreadable', /^Line 1: a lockfile must be an object\.$/],
    [
      '{"lockfileVersion": 1, "dependencies": []}',
      'unreadable',
      /^Line 1: "dependencies" must be an object\.$/,
    ],
    ['{"lockfileVersion": 1,\n"dependencies": {', 'unreadable', /^Line 2: the text ends before/],
    ['{"lockfileVersion": 4, "dependencies": {}}', 'unsupported', /^lockfileVersion 4 /],
    ['{"lockfileVersion": "x"}', 'unsupported', /^lockfileVersion x /],
    ['{"dependencies": {"a": 1}}', 'partial', /an entry must be an object; 0 of 1 entries/],
    ['{"dependencies": {"a": {"version": 1}}}', 'partial', /wrong type; 1 of 1/],
    ['{"dependencies": {"a": {"version": "1.0.0", "requires": []}}}', 'partial', /wrong type; 1 of 1/],
    ['{"dependencies": {"a": {"version": "1.0.0", "dependencies": [1]}}}', 'partial', /wrong type; 1 of 1/],
    [
      '{"dependencies": {"a": {"version": "1.0.0", "dependencies": {"c": {}}}, "a": {"version": "2.0.0"}}}',
      'partial',
      /"a" appears twice, and npm takes the last; 1 of 1/,
    ],
    ['{"dependencies": {"a": {"version": "1.0.0"},}}', 'partial', /comma/],
  ];
  for (const [text, status, reason] of whole) {
    test(JSON.stringify(text).slice(0, 70), () => {
      const lock = readV1(text);
      assert.equal(lock.status, status);
      assert.match(lock.reason!, reason);
    });
  }

  test('what npm leaves out, or says with true, null or false, is no fault', () => {
    for (const text of [
      '{}',
      '{"name": "a", "version": "1.0.0", "lockfileVersion": 1}',
      '{"lockfileVersion": 1, "dependencies": {"a": {"version": "1.0.0", "requires": true, "integrity": null, "resolved": false}}}',
    ]) {
      assert.equal(readV1(text).status, 'checked');
    }
  });

  test('an entry that does not end costs itself, not what is nested in it', () => {
    const text = V1_LOCK.replace(/("bundled": true\n {8}\}\n {6}\}\n) {4}\},/, '$1');
    assert.notEqual(text, V1_LOCK);
    const lock = readV1(text);
    assert.deepEqual([lock.status, lock.entries.length, lock.entriesTotal], ['partial', 12, 13]);
    assert.equal(lock.entry('node_modules/a'), undefined);
    assert.equal(lock.resolve('', 'c')?.version?.value, '3.2.0');
  });

  test('a merge conflict: both sides are read', () => {
    const lock = readV1(
      V1_LOCK.replace(
        /( {6}"version": "3\.2\.0",\n)/,
        '<<<<<<< ours\n$1=======\n      "version": "3.3.0",\n>>>>>>> theirs\n',
      ),
    );
    assert.equal(lock.status, 'partial');
    assert.match(lock.reason!, /^Line \d+: unresolved merge conflict; 13 of \d+ entries read\.$/);
  });

  test('byte order mark, carriage returns and tabs', () => {
    const text = `\ufeff${JSON.stringify(JSON.parse(V1_LOCK), undefined, '\t').replaceAll('\n', '\r\n')}`;
    assert.deepEqual([readV1(text).status, readV1(text).entries.length], ['checked', 13]);
  });

  test('an escaped key does not hide its value', () => {
    const [a] = readV1('{"dependencies": {"\\u0061": {"vers\\u0069on": "npm:b@1.0\\u002e0"}}}').entries;
    assert.deepEqual([a?.folder, a?.name, a?.version?.value], ['a', 'b', '1.0.0']);
  });

  test('cut anywhere, it never throws, never points outside and is never called checked', () => {
    for (let end = 0; end < V1_LOCK.trimEnd().length; end++) {
      assert.notEqual(checkSpans(V1_LOCK.slice(0, end)).status, 'checked');
    }
  });

  test('changed at random, it is called checked only where JSON.parse reads the same packages', () => {
    const bits = ['"', '{', '}', '[', ']', ',', ':', '\\', '\n', '<<<<<<< a\n', '//', '1', 'x', ''];
    let seed = 20261124;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
      return (seed >> 8) % below;
    };
    let checked = 0;
    for (let round = 0; round < 3000; round++) {
      let text = V1_LOCK;
      for (let change = random(3); change >= 0; change--) {
        const at = random(text.length);
        text = text.slice(0, at) + bits[random(bits.length)] + text.slice(at + random(3));
      }
      const lock = checkSpans(text);
      if (lock.status !== 'checked') continue;
      checked++;
      assert.deepEqual(lock.entries.map(({ key }) => key).sort(), keysOf(JSON.parse(text), '').sort());
    }
    assert.ok(checked > 300, `${checked}`);
  });

  const hostile: Readonly<Record<string, (size: number) => string>> = {
    'deep below long names': (size) =>
      `${`{"dependencies": {"${'x'.repeat(size / 500)}": `.repeat(240)}{"dependencies": {${Array.from({ length: size / 40 }, (_, at) => `"p${at}": {"requires": {"q": "1"}}`).join(',')}}}`,
    'many below a long name': (size) =>
      `{"dependencies": {"${'x'.repeat(size)}": {"dependencies": {${Array.from({ length: size / 40 }, (_, at) => `"p${at}": {"requires": {"q": "1"}}`).join(',')}}}}}`,
    'links to folders of long paths': (size) =>
      `{"dependencies": {${Array.from({ length: 20 }, (_, at) => `"p${at}": {"version": "file:${`d${at}/`.repeat(size / 80)}", "requires": {"q": "1"}, "dependencies": {"r": {"version": "1.0.0", "requires": {"q": "1"}}}}`).join(',')}}}`,
    'many links to one folder': (size) =>
      `{"dependencies": {${Array.from({ length: size / 100 }, (_, at) => `"p${at}": {"version": "file:d", "dependencies": {"r": {"version": "1.0.${at}", "requires": {"q": "1"}}}}`).join(',')}}}`,
    'the same name': (size) => `{"dependencies": {${'"a": {},'.repeat(size / 8)}"a": {}}}`,
    'many open': (size) => '{"dependencies": {"a": '.repeat(size / 23),
  };
  for (const [name, write] of Object.entries(hostile)) {
    test(`hostile text is read in time linear to its length: ${name}`, () => {
      const start = cpuTime();
      const lock = readV1(write(400_000));
      for (const entry of lock.entries) {
        for (const edge of entry.edges) assert.equal(lock.follow(entry, edge), undefined);
      }
      // Anything quadratic in this length takes minutes.
      assert.ok(cpuTime() - start < 5000);
    });
  }
});

interface RawV1 {
  readonly version?: unknown;
  readonly dependencies?: Readonly<Record<string, RawV1>>;
}

function keysOf(raw: RawV1, prefix: string): string[] {
  return Object.entries(raw.dependencies ?? {}).flatMap(([name, nested]) => {
    const key = `${prefix}node_modules/${name}`;
    const { version } = nested;
    const isFolder = typeof version === 'string' && /^file:(?!.*\.tgz$)/i.test(version);
    return [key, ...keysOf(nested, `${isFolder ? posix.normalize(version.slice(5)) : key}/`)];
  });
}

function checkSpans(text: string) {
  const lock = readV1(text);
  assert.ok(lock.entries.length <= lock.entriesTotal);
  for (const { span } of lock.problems) assert.ok(span.start >= 0 && span.end <= text.length);
  for (const entry of lock.entries as readonly LockEntry[]) {
    for (const span of spansOf(entry)) assert.ok(span.start <= span.end && span.end <= text.length);
  }
  return lock;
}

test('the version in the name of a tarball at an address is marked there', () => {
  const text = JSON.stringify({
    lockfileVersion: 1,
    dependencies: {
      '@s/a': { version: 'https://files.example.test/a-1.2.3-rc.1.tgz' },
      b: { version: 'https://files.example.test/b-latest.tgz' },
      c: { version: 'https://files.example.test/other-1.0.0.tgz' },
      d: { version: 'git+https://git.example.test/d-1.0.0.tgz/d.git#0123456' },
    },
  });
  const { entries, status } = readLockfile('file:///lock', text, 'package-lock');
  assert.equal(status, 'checked');
  assert.deepEqual(
    entries.map(({ version }) => version?.value),
    ['1.2.3-rc.1', undefined, undefined, undefined],
  );
  const { start, end } = entries[0]!.version!.span;
  assert.equal(text.slice(start, end), '1.2.3-rc.1');
});
