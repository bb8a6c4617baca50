import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mutationsOf } from './mutations.ts';
import { printLock, readLock, spansOf } from './npm-lock.ts';

const REGISTRY = 'https://registry.public.example.test';

const LOCK = printLock({
  '': {
    name: 'shop',
    version: '1.0.0',
    workspaces: ['packages/*'],
    dependencies: { a: '^1.0.0', 'my-b': 'npm:b@2' },
  },
  'node_modules/a': {
    version: '1.1.0',
    resolved: `${REGISTRY}/a/-/a-1.1.0.tgz`,
    integrity: 'sha512-AA==',
    dev: true,
    peer: true,
    hasInstallScript: true,
    deprecated: 'use "b"',
    license: 'MIT',
    os: ['linux', '!win32'],
    cpu: 'x64',
    dependencies: { '@s/c': '^3.0.0' },
    bundleDependencies: ['@s/c'],
    optionalDependencies: { d: '*' },
    peerDependencies: { e: '1' },
  },
  'node_modules/a/node_modules/@s/c': { version: '3.0.1', inBundle: true, license: { type: 'ISC' } },
  'node_modules/my-b': {
    name: 'b',
    version: '2.0.0',
    resolved: `${REGISTRY}/b/-/b-2.0.0.tgz`,
    devOptional: true,
  },
  'node_modules/g': {
    version: '1.0.0',
    resolved: 'git+ssh://git@host.example.test/o/g.git#0123456789012345678901234567890123456789',
  },
  'node_modules/t': { version: '1.0.0', resolved: 'https://files.example.test/t.tgz' },
  'node_modules/f': { version: '1.0.0', resolved: 'file:f-1.0.0.tgz' },
  'node_modules/d': { version: '1.0.0', resolved: 'file:../d' },
  'node_modules/member': { resolved: 'packages/member', link: true },
  'packages/member': { version: '0.1.0', dependencies: { a: '^2.0.0' } },
  'packages/member/node_modules/a': { version: '2.0.0' },
});

describe('a package-lock', () => {
  const lock = readLock(LOCK);
  const entry = (key: string) => lock.entry(key)!;

  test('is checked, with entries for what it installs', () => {
    assert.equal(lock.status, 'checked');
    assert.equal(lock.reason, undefined);
    assert.deepEqual(lock.problems, []);
    assert.equal(lock.formatVersion?.value, '3');
    assert.deepEqual(
      lock.entries.map(({ key }) => key),
      [
        'node_modules/a',
        'node_modules/a/node_modules/@s/c',
        'node_modules/my-b',
        'node_modules/g',
        'node_modules/t',
        'node_modules/f',
        'node_modules/d',
        'packages/member/node_modules/a',
      ],
    );
    assert.equal(lock.entriesTotal, 8);
    assert.deepEqual([...lock.importers.keys()], ['', 'packages/member']);
  });

  test('entries have their values', () => {
    const a = entry('node_modules/a');
    assert.equal(a.name, 'a');
    assert.equal(a.alias, undefined);
    assert.equal(a.version?.value, '1.1.0');
    assert.equal(a.integrity?.value, 'sha512-AA==');
    assert.deepEqual(
      [a.dev, a.optional, a.peer, a.bundled, a.hasInstallScript],
      [true, false, true, false, true],
    );
    assert.equal(a.deprecated, 'use "b"');
    assert.equal(a.license, 'MIT');
    assert.deepEqual(a.os, ['linux', '!win32']);
    assert.deepEqual(a.cpu, ['x64']);
    assert.deepEqual(
      a.edges.map(({ section, name, specifier }) => [section, name, specifier.value]),
      [
        ['dependencies', '@s/c', '^3.0.0'],
        ['optionalDependencies', 'd', '*'],
        ['peerDependencies', 'e', '1'],
      ],
    );
    const c = entry('node_modules/a/node_modules/@s/c');
    assert.deepEqual([c.name, c.bundled, c.license, c.resolved], ['@s/c', true, 'ISC', undefined]);
    const b = entry('node_modules/my-b');
    assert.deepEqual([b.name, b.alias, b.optional, b.dev], ['b', 'my-b', true, false]);
  });

  test('entries know where they come from', () => {
    const sources = ['', 'packages/member', 'node_modules/member', ...lock.entries.map(({ key }) => key)];
    assert.deepEqual(
      sources.map((key) => entry(key).source),
      [
        'root',
        'workspace',
        'link',
        'registry',
        'registry',
        'registry',
        'git',
        'tarball',
        'file',
        'directory',
        'registry',
      ],
    );
  });

  test('spans are those of the tokens', () => {
    const a = entry('node_modules/a');
    const cut = ({ start, end }: { start: number; end: number }) => LOCK.slice(start, end);
    assert.equal(cut(a.keySpan), '"node_modules/a"');
    assert.equal(cut(a.version!.span), '"1.1.0"');
    assert.equal(cut(a.integrity!.span), '"sha512-AA=="');
    assert.ok(cut(a.span).startsWith('"node_modules/a": {') && cut(a.span).endsWith('}'));
    assert.deepEqual(JSON.parse(`{${cut(a.span)}}`)['node_modules/a'].version, '1.1.0');
    assert.equal(cut(a.edges[0]!.nameSpan), '"@s/c"');
    assert.equal(cut(a.edges[0]!.specifier.span), '"^3.0.0"');
  });

  test('names resolve as Node resolves them', () => {
    assert.equal(lock.resolve('', 'a')?.version?.value, '1.1.0');
    assert.equal(lock.resolve('packages/member', 'a')?.version?.value, '2.0.0');
    assert.equal(lock.resolve('packages/member', 'g')?.key, 'node_modules/g');
    assert.equal(lock.resolve('node_modules/a', '@s/c')?.key, 'node_modules/a/node_modules/@s/c');
    assert.equal(lock.resolve('node_modules/a/node_modules/@s/c', 'g')?.key, 'node_modules/g');
    assert.equal(lock.resolve('', 'member')?.key, 'packages/member');
    assert.equal(lock.resolve('', '@s/c'), undefined);
    assert.equal(lock.resolve('../other', 'a'), undefined);
    assert.equal(lock.resolve('', '__proto__'), undefined);
  });
});

describe('formats', () => {
  test('version 2 is read by its packages', () => {
    const text = printLock(
      { 'node_modules/a': { version: '1.0.0' } },
      { lockfileVersion: 2, dependencies: { a: { version: '9.9.9' } } },
    );
    const lock = readLock(text);
    assert.deepEqual(
      [lock.status, lock.entries.length, lock.entries[0]?.version?.value],
      ['checked', 1, '1.0.0'],
    );
  });

  test('a repository is one with and without git+ before its address', () => {
    const commit = 'a'.repeat(40);
    const at = (resolved: string) =>
      readLock(printLock({ 'node_modules/a': { version: '1.0.0', resolved } })).entries[0]!.source;
    assert.equal(at(`git+https://git.example.test/o/r.git#${commit}`), 'git');
    assert.equal(at(`http://git.example.test/o/r.git#${commit}`), 'git');
    assert.equal(at(`https://git.example.test/o/r.tgz#${commit}`), 'tarball');
    assert.equal(at(`https://registry.example.test/a/-/a-1.0.0.tgz#${commit}`), 'registry');
  });

  const unsupported: readonly (readonly [text: string, reason: RegExp])[] = [
    [
      '{"lockfileVersion": 5, "packages": {"node_modules/a": {}}}',
      /^lockfileVersion 5 is newer than 4, .*; update dephygiene\.$/,
    ],
    [
      '{"lockfileVersion": 12, "dependencies": {"a": {}}}',
      /^lockfileVersion 12 is newer than 4, .*; update dephygiene\.$/,
    ],
    [
      '{"lockfileVersion": 1, "workspaces": {"": {}}, "packages": {"a": ["a@1.0.0", "", {}, ""]}}',
      /^it has "packages", which npm never writes with lockfileVersion 1\.$/,
    ],
    [
      '{"lockfileVersion": "3x", "packages": {}}',
      /^lockfileVersion 3x is not one that npm writes; run npm install /,
    ],
    [
      '{"lockfileVersion": 0, "packages": {}}',
      /^lockfileVersion 0 is not one that npm writes; run npm install /,
    ],
    [
      '{"lockfileVersion": {"a": 1}, "packages": {}}',
      /^lockfileVersion \{"a": 1\} is not one that npm writes; /,
    ],
  ];
  for (const [text, reason] of unsupported) {
    test(text, () => {
      const lock = readLock(text);
      assert.equal(lock.status, 'unsupported');
      assert.match(lock.reason!, reason);
      assert.deepEqual([lock.entries.length, lock.entriesTotal], [0, 0]);
    });
  }

  test('packages without a lockfileVersion are read, and it is said', () => {
    const lock = readLock('{"packages": {"node_modules/a": {"version": "1.0.0"}}}');
    assert.deepEqual([lock.status, lock.entries.length], ['partial', 1]);
    assert.match(lock.reason!, /no "lockfileVersion"; 1 of 1 entries read\.$/);
  });

  test('an empty project', () => {
    const lock = readLock(printLock({}));
    assert.deepEqual([lock.status, lock.entries.length, lock.entriesTotal], ['checked', 0, 0]);
  });
});

describe('text that is not what npm writes', () => {
  const unreadable: readonly (readonly [text: string, reason: string])[] = [
    ['', 'The file is empty.'],
    ['\n\n[]', 'Line 1: a lockfile must be an object.'],
    ['{\n"lockfileVersion": 3\n}', 'Line 1: it has no "packages".'],
    ['{"lockfileVersion": 3, "packages": {', 'Line 1: the text ends before its brackets are closed.'],
    ['{\n"lockfileVersion": 3,\n"packages": []}', 'Line 1: it has no "packages".'],
    ['<<<<<<< ours\n', 'Line 1: unresolved merge conflict.'],
  ];
  for (const [text, reason] of unreadable) {
    test(JSON.stringify(text), () => {
      const lock = readLock(text);
      assert.deepEqual([lock.status, lock.reason], ['unreadable', reason]);
    });
  }

  test('an entry that is half typed costs only itself', () => {
    const text = LOCK.replace('"version": "2.0.0",\n      "resolved"', '"version": "2.0\n      "resolved"');
    const lock = readLock(text);
    assert.equal(lock.status, 'partial');
    assert.match(lock.reason!, /^Line \d+: a string is not closed; 7 of 8 entries read\.$/);
    const open = readLock(LOCK.replace('"devOptional": true\n    },', '"devOptional": true,'));
    assert.equal(open.status, 'partial');
    assert.equal(open.entries.length, 7);
    assert.equal(open.entriesTotal, 8);
    assert.equal(open.entry('node_modules/g')?.version?.value, '1.0.0');
  });

  test('both sides of a merge conflict are read', () => {
    const text = printLock({
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b': { version: '1.0.0' },
    }).replace(
      '      "version": "1.0.0"\n',
      '<<<<<<< ours\n      "version": "1.0.0"\n=======\n      "version": "2.0.0"\n>>>>>>> theirs\n',
    );
    const lock = readLock(text);
    assert.equal(lock.status, 'partial');
    assert.match(lock.reason!, /^Line 8: unresolved merge conflict; 2 of 2 entries read\.$/);
  });

  test('comments and trailing commas are read, and npm would not', () => {
    const lock = readLock(
      printLock({ 'node_modules/a': { version: '1.0.0' } }).replace('"1.0.0"\n', '"1.0.0", // why\n'),
    );
    assert.deepEqual([lock.status, lock.entries.length], ['partial', 1]);
  });

  test('a key that appears twice: the last counts, and it is said', () => {
    const text =
      '{"lockfileVersion": 3, "packages": {"node_modules/a": {"version": "1.0.0"}, "node_modules/a": {"version": "2.0.0"}}}';
    const lock = readLock(text);
    assert.deepEqual(
      [lock.status, lock.entries.length, lock.entries[0]?.version?.value],
      ['partial', 1, '2.0.0'],
    );
    assert.match(lock.reason!, /"node_modules\/a" appears twice/);
  });

  test('values of another type', () => {
    const lock = readLock(
      '{"lockfileVersion": 3, "packages": {"node_modules/a": {"version": 1, "integrity": null, "dependencies": [], "os": 1, "license": 2}, "node_modules/b": 5}}',
    );
    assert.equal(lock.status, 'partial');
    assert.deepEqual([lock.entries.length, lock.entriesTotal], [1, 2]);
    const a = lock.entries[0]!;
    assert.deepEqual(
      [a.version, a.integrity, a.edges, a.os, a.license],
      [undefined, undefined, [], [], undefined],
    );
  });

  test('keys are data: prototype names, absolute and climbing paths', () => {
    const keys = [
      '__proto__',
      'constructor',
      'node_modules/__proto__',
      'node_modules/../x',
      '/node_modules/x',
      '../x',
      'C:\\x',
      'node_modules/',
    ];
    const lock = readLock(
      printLock(Object.fromEntries(keys.map((key) => [`~${key}`, { version: '1.0.0' }]))).replaceAll(
        '"~',
        '"',
      ),
    );
    assert.equal(lock.status, 'checked');
    assert.deepEqual(
      lock.entries.map(({ key }) => key),
      ['node_modules/__proto__', 'node_modules/../x', '/node_modules/x', 'node_modules/'],
    );
    assert.equal(lock.entry('__proto__')?.key, '__proto__');
    assert.equal(lock.entry('toString'), undefined);
    for (const entry of lock.entries) assert.equal(typeof entry.name, 'string');
  });

  test('an escaped key does not hide its value', () => {
    const lock = readLock(
      '{"lockfileVersion": 3, "packages": {"node_modules/a": {"resol\\u0076ed": "https://evil.example.test/a.tgz", "d\\u0065v": true}}}',
    );
    assert.equal(lock.entries[0]?.resolved?.value, 'https://evil.example.test/a.tgz');
    assert.equal(lock.entries[0]?.dev, true);
  });

  test('byte order mark, carriage returns and tabs', () => {
    const text = `\ufeff${JSON.stringify(JSON.parse(LOCK), undefined, '\t').replaceAll('\n', '\r\n')}`;
    const lock = readLock(text);
    assert.deepEqual([lock.status, lock.entries.length], ['checked', 8]);
  });

  test('cut anywhere, it never throws, never points outside and is never called checked', () => {
    for (let end = 0; end < LOCK.trimEnd().length; end++) {
      const text = LOCK.slice(0, end);
      const lock = readLock(text);
      assert.notEqual(lock.status, 'checked');
      assert.ok(lock.entries.length <= lock.entriesTotal);
      for (const { span } of lock.problems) assert.ok(span.start >= 0 && span.end <= end);
      for (const entry of [...lock.entries, ...lock.importers.values()]) {
        for (const span of spansOf(entry)) assert.ok(span.start <= span.end && span.end <= end);
      }
    }
  });

  test('each line left out in turn', () => {
    const lines = LOCK.split('\n');
    for (let line = 0; line < lines.length; line++) {
      const text = lines.toSpliced(line, 1).join('\n');
      let parses = true;
      try {
        JSON.parse(text);
      } catch {
        parses = false;
      }
      const lock = readLock(text);
      if (!parses) assert.notEqual(lock.status, 'checked');
      // A line is at most one entry, except the line of "packages".
      if (lock.status === 'partial') assert.ok(lock.entries.length >= 6, `${lines[line]}: ${lock.reason}`);
    }
  });

  test('changed at random, it is called checked only where JSON.parse reads the same packages', () => {
    const bits = [
      '"',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '\\',
      '\n',
      '<<<<<<< a\n',
      '//',
      'node_modules/',
      '1',
      'x',
      '',
    ];
    let checked = 0;
    for (const text of mutationsOf(LOCK, bits, 4000)) {
      const lock = readLock(text);
      for (const entry of lock.entries) {
        for (const span of spansOf(entry)) assert.ok(span.start < span.end && span.end <= text.length);
      }
      if (lock.status !== 'checked') continue;
      checked++;
      const { packages } = JSON.parse(text) as { packages: Record<string, { link?: unknown }> };
      const keys = Object.keys(packages).filter(
        (key) => /(?:^|\/)node_modules\//.test(key) && packages[key]!.link !== true,
      );
      assert.deepEqual(lock.entries.map(({ key }) => key).sort(), keys.sort());
    }
    assert.ok(checked > 100);
  });
});
