import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { BUN_LOCK, readBun } from './bun-lock.ts';

describe('a bun.lock', () => {
  const lock = readBun(BUN_LOCK);
  const entry = (key: string) => lock.entry(key)!;
  const cut = ({ start, end }: { start: number; end: number }) => BUN_LOCK.slice(start, end);

  test('is checked, with entries for what it installs and links apart', () => {
    assert.deepEqual(
      [lock.status, lock.reason, lock.problems, lock.formatVersion?.value, lock.configVersion?.value],
      ['checked', undefined, [], '3', '1'],
    );
    assert.equal(lock.entries.length, 18);
    assert.equal(lock.entriesTotal, 18);
    assert.deepEqual(
      lock.links.map(({ key, source }) => [key, source]),
      [
        ['@s/other', 'workspace'],
        ['linked', 'link'],
        ['member', 'workspace'],
        ['shop', 'root'],
      ],
    );
    assert.deepEqual([...lock.importers.keys()], ['', 'packages/member', 'packages/other']);
  });

  const tuples: readonly (readonly [
    key: string,
    name: string,
    source: string,
    version: string | undefined,
    resolved: string | undefined,
    integrity: string | undefined,
  ])[] = [
    ['@my/alias', 'ms', 'registry', '2.1.2', undefined, 'sha512-MS212=='],
    ['wrappy', 'wrappy', 'registry', '1.0.2', undefined, undefined],
    [
      'mirrored',
      'mirrored',
      'registry',
      '1.0.0',
      'https://mirror.example.test/mirrored/-/mirrored-1.0.0.tgz',
      'sha512-MIR==',
    ],
    [
      'remote',
      'isarray',
      'tarball',
      undefined,
      'https://files.example.test/remote-1.0.0.tgz',
      'sha512-REM==',
    ],
    ['gitty', 'gitty', 'git', undefined, 'github:owner/gitty#51164ef', 'sha512-GIT=='],
    ['foldered', 'foldered', 'directory', undefined, 'file:local/folder', undefined],
    ['tarred', 'tarred', 'file', undefined, './t.tgz', 'sha512-TAR=='],
    ['linked', 'linked', 'link', undefined, 'link:linked', undefined],
    ['member', 'member', 'workspace', undefined, 'workspace:packages/member', undefined],
    ['@s/other/debug/ms', 'ms', 'registry', '2.0.0', undefined, 'sha512-MS200=='],
  ];
  for (const [key, name, source, version, resolved, integrity] of tuples) {
    test(`the tuple of ${key}, and its spans`, () => {
      const { [key]: tuple } = JSON.parse(`{${cut(entry(key).span)}}`);
      const found = entry(key);
      assert.deepEqual(
        [found.name, found.source, found.version?.value, found.resolved?.value, found.integrity?.value],
        [name, source, version, resolved, integrity],
      );
      assert.equal(cut(found.keySpan), JSON.stringify(key));
      if (version !== undefined) assert.equal(cut(found.version!.span), version);
      const isItem = tuple.includes(resolved);
      if (resolved !== undefined)
        assert.equal(cut(found.resolved!.span), isItem ? `"${resolved}"` : resolved);
      if (integrity !== undefined) assert.equal(cut(found.integrity!.span), `"${integrity}"`);
    });
  }

  test('an alias is the folder where that is not the name', () => {
    assert.deepEqual(
      ['@my/alias', 'remote', 'ms', 'debug/ms', '@s/other/debug'].map((key) => entry(key).alias),
      ['@my/alias', 'remote', undefined, undefined, undefined],
    );
  });

  test('info: platforms, scripts, bundles and edges', () => {
    assert.deepEqual(
      [entry('@esbuild/linux-x64').os, entry('@esbuild/linux-x64').cpu],
      [['linux'], ['x64', 'arm64']],
    );
    assert.deepEqual([entry('esbuild').hasInstallScript, entry('debug').hasInstallScript], [true, false]);
    assert.deepEqual([entry('loose-envify').bundled, entry('react').bundled], [true, false]);
    const edges = entry('debug').edges;
    assert.deepEqual(
      edges.map(({ section, name, specifier }) => [section, name, specifier.value]),
      [
        ['dependencies', 'ms', '2.1.2'],
        ['peerDependencies', 'supports-color', '*'],
      ],
    );
    assert.deepEqual([cut(edges[0]!.nameSpan), cut(edges[0]!.specifier.span)], ['"ms"', '"2.1.2"']);
  });

  test('importers have their names, versions and what they declare', () => {
    const member = lock.importers.get('packages/member')!;
    assert.deepEqual([member.name, member.source, member.version?.value], ['member', 'workspace', '1.2.3']);
    assert.deepEqual(
      member.edges.map(({ section, name, specifier }) => [section, name, specifier.value]),
      [
        ['dependencies', '@s/other', 'workspace:*'],
        ['dependencies', 'ms', '0.7.1'],
        ['peerDependencies', 'lodash', '*'],
      ],
    );
    assert.deepEqual([lock.importers.get('')!.source, lock.importers.get('')!.name], ['root', 'shop']);
    assert.equal(cut(member.keySpan), '"packages/member"');
  });

  test('overrides, catalogs, patches and trusted names', () => {
    assert.deepEqual(
      lock.overrides.map(({ path, value }) => [path.map((name) => name.value), value.value, cut(value.span)]),
      [
        [['debug', 'ms'], '2.1.2', '"2.1.2"'],
        [['left-pad'], '1.3.0', '"1.3.0"'],
      ],
    );
    assert.deepEqual(
      [...lock.catalogs].map(([name, catalog]) => [name, [...catalog].map(([key, at]) => [key, at.value])]),
      [
        ['', [['wrappy', '^1.0.2']]],
        ['old', [['once', '1.3.0']]],
      ],
    );
    assert.deepEqual(
      lock.patches.map(({ key, path }) => [key.value, path.value]),
      [['ms@2.1.3', 'patches/ms.patch']],
    );
    assert.deepEqual(
      lock.trusted.map(({ value, span }) => [value, cut(span)]),
      [['esbuild', '"esbuild"']],
    );
  });
});

describe('versions', () => {
  test('0: a workspace repeats what it depends on', () => {
    const lock = readBun(
      '{"lockfileVersion": 0, "workspaces": {"": {"name": "r"}, "m": {"name": "m", "dependencies": {"a": "1"}}}, "packages": {"m": ["m@workspace:m", {"dependencies": {"a": "1"}}], "a": ["a@1.0.0", "", {}, "sha512-A=="],}}',
    );
    assert.deepEqual([lock.status, lock.entries.length, lock.links.length], ['checked', 1, 1]);
    assert.equal(lock.links[0]!.edges.length, 1);
    assert.equal(lock.follow(lock.links[0]!, lock.links[0]!.edges[0]!)?.key, 'a');
  });

  for (const [version, reason] of [
    ['4', /^lockfileVersion 4 of bun\.lock is newer than 3, the latest supported one; update dephygiene\.$/],
    ['1.5', /^lockfileVersion 1\.5 is not one that Bun writes; remove bun\.lock and run bun install\.$/],
    ['-1', /^lockfileVersion -1 is not one that Bun writes; /],
    ['null', /^lockfileVersion null is not one that Bun writes; /],
    ['"x"', /^lockfileVersion x is not one that Bun writes; /],
  ] as const) {
    test(`${version} is not read`, () => {
      const lock = readBun(`{"lockfileVersion": ${version}, "workspaces": {"": {}}, "packages": {}}`);
      assert.equal(lock.status, 'unsupported');
      assert.match(lock.reason!, reason);
      assert.deepEqual([lock.entries.length, lock.trusted.length], [0, 0]);
    });
  }

  test('a version in quotes is read, and Bun would not', () => {
    const lock = readBun('{"lockfileVersion": "1", "workspaces": {"": {}}, "packages": {}}');
    assert.deepEqual([lock.status, lock.formatVersion?.value], ['partial', '1']);
    assert.match(lock.reason!, /"lockfileVersion" must be a number/);
  });

  test('an empty project has no packages at all', () => {
    const lock = readBun('{\n  "lockfileVersion": 1,\n  "workspaces": {\n    "": {},\n  },\n}\n');
    assert.deepEqual([lock.status, lock.entries.length, lock.importers.size], ['checked', 0, 1]);
  });
});

describe('places', () => {
  const lock = readBun(BUN_LOCK);

  test('each importer resolves its own: nested first, then what lies at the top', () => {
    const version = (path: string, name: string) => lock.resolve(path, name)?.version?.value;
    assert.equal(version('', 'ms'), '2.1.3');
    assert.equal(version('packages/member', 'ms'), '0.7.1');
    assert.equal(version('packages/other', 'ms'), '2.1.3');
    assert.equal(version('packages/other', 'debug'), '2.6.9');
    assert.equal(version('packages/member', 'debug'), '4.3.4');
    assert.equal(version('', '@my/alias'), '2.1.2');
    assert.equal(version('packages/none', 'ms'), undefined);
    assert.equal(lock.resolve('', '__proto__'), undefined);
    assert.equal(lock.resolve('', 'debug/ms'), undefined);
  });

  test('links lead to the workspace that they link', () => {
    assert.equal(lock.resolve('', 'member'), lock.importers.get('packages/member'));
    assert.equal(lock.resolve('packages/member', '@s/other'), lock.importers.get('packages/other'));
    assert.equal(lock.resolve('', 'shop'), lock.importers.get(''));
    assert.equal(lock.resolve('', 'linked')?.source, 'link');
  });

  test('an entry is found by its key', () => {
    assert.equal(lock.entry('debug/ms')?.version?.value, '2.1.2');
    assert.equal(lock.entry('packages/member')?.source, 'workspace');
    assert.equal(lock.entry('toString'), undefined);
  });
});

describe('text that is not what Bun writes', () => {
  const unreadable: readonly (readonly [text: string, reason: string])[] = [
    ['', 'The file is empty.'],
    ['\n[]', 'Line 1: a lockfile must be an object.'],
    ['{"lockfileVersion": 1}', 'Line 1: it has neither "packages" nor "workspaces".'],
    ['{"lockfileVersion": 1,\n"packages": {', 'Line 2: the text ends before its brackets are closed.'],
    ['<<<<<<< ours\n', 'Line 1: unresolved merge conflict.'],
  ];
  for (const [text, reason] of unreadable) {
    test(JSON.stringify(text), () => {
      const lock = readBun(text);
      assert.deepEqual([lock.status, lock.reason, lock.entries.length], ['unreadable', reason, 0]);
    });
  }

  const head = '{"lockfileVersion": 1, "workspaces": {"": {}}';
  const faults: readonly (readonly [packages: string, read: number, total: number, reason: RegExp])[] = [
    ['"a": 1', 0, 1, /an entry must be a list/],
    ['"a": []', 0, 1, /an entry must begin with a name/],
    ['"a": [1]', 0, 1, /an entry must begin with a name/],
    ['"a": ["a"]', 0, 1, /an entry must begin with a name/],
    ['"a": ["a@"]', 0, 1, /an entry must begin with a name/],
    ['"a": ["a@latest", "", {}, ""]', 0, 1, /an entry must begin with a name/],
    ['"a": ["a@1.0", "", {}, ""]', 0, 1, /an entry must begin with a name/],
    ['"a": ["a@1.0.0"]', 1, 1, /ends too early/],
    ['"a": ["a@1.0.0", "", {}]', 1, 1, /ends too early/],
    ['"a": ["a@1.0.0", {}, "", "x"]', 1, 1, /wrong type/],
    ['"a": ["a@1.0.0", "", {}, 5]', 1, 1, /wrong type/],
    ['"a": ["a@1.0.0", "", {}, "", ""]', 1, 1, /one too many/],
    ['"a": ["a@1.0.0", "", {}, ""], "a": ["a@1.0.1", "", {}, ""]', 1, 1, /"a" appears twice/],
    [`"${'a/'.repeat(101)}a": ["a@1.0.0", "", {}, ""]`, 0, 1, /nested more than 100/],
  ];
  for (const [packages, read, total, reason] of faults) {
    test(packages.slice(0, 60), () => {
      const lock = readBun(`${head}, "packages": {${packages}}}`);
      assert.deepEqual([lock.status, lock.entries.length, lock.entriesTotal], ['partial', read, total]);
      assert.match(lock.reason!, reason);
    });
  }

  const sections: readonly string[] = [
    '"packages": []',
    '"overrides": {"a": 1}',
    '"overrides": []',
    '"catalog": {"a": {}}',
    '"catalogs": {"a": "1"}',
    '"patchedDependencies": {"a@1": null}',
    '"trustedDependencies": {"a": true}',
    '"trustedDependencies": [1]',
    '"packages": {}, "packages": {}',
    '"workspaces": {"": {}}',
  ];
  for (const section of sections) {
    test(`${section} is said`, () => {
      const lock = readBun(`${head}, ${section}}`);
      assert.equal(lock.status, 'partial');
      assert.match(lock.reason!, /^Line 1: .+; 0 of 0 entries read\.$/);
    });
  }

  test('without a version or workspaces it is read, and it is said', () => {
    const packages = '"packages": {"a": ["a@1.0.0", "", {}, ""]}';
    for (const [text, missing] of [
      [`{"workspaces": {"": {}}, ${packages}}`, 'lockfileVersion'],
      [`{"lockfileVersion": 1, ${packages}}`, 'workspaces'],
    ] as const) {
      const lock = readBun(text);
      assert.deepEqual([lock.status, lock.entries.length], ['partial', 1]);
      assert.ok(lock.reason!.includes(`it has no "${missing}"`));
    }
  });

  test('comments, carriage returns, tabs and a byte order mark', () => {
    const text = `\ufeff// why\r\n${BUN_LOCK.replaceAll('\n', '\r\n').replaceAll('  ', '\t')}`;
    const lock = readBun(text);
    assert.deepEqual([lock.status, lock.entries.length], ['checked', 18]);
  });

  test('escapes hide nothing, and spans then are those of whole tokens', () => {
    const text = `${head}, "p\\u0061ckages": {"\\u0061": ["a@1.0\\u002e0", "", {"os": ["\\u0061"]}, "sha512-\\u0041"]}}`;
    const lock = readBun(text);
    const [a] = lock.entries;
    assert.deepEqual(
      [lock.status, a?.key, a?.name, a?.version?.value, a?.integrity?.value, a?.os],
      ['checked', 'a', 'a', '1.0.0', 'sha512-A', ['a']],
    );
    assert.equal(text.slice(a!.version!.span.start, a!.version!.span.end), '"a@1.0\\u002e0"');
  });

  test('a merge conflict: both sides are read, and the line is said', () => {
    const text = BUN_LOCK.replace(
      /^( {4}"ms": .*\n)/m,
      '<<<<<<< ours\n$1=======\n    "ms": ["ms@2.1.9", "", {}, "sha512-X=="],\n>>>>>>> theirs\n',
    );
    const lock = readBun(text);
    const line = BUN_LOCK.split('\n').findIndex((each) => each.startsWith('    "ms":')) + 1;
    assert.equal(lock.status, 'partial');
    assert.ok(lock.reason!.startsWith(`Line ${line}: unresolved merge conflict; 18 of `), lock.reason);
  });

  test('an entry without its closing bracket costs only itself', () => {
    const lock = readBun(BUN_LOCK.replace('"sha512-FSE=="],', '"sha512-FSE=="'));
    assert.deepEqual([lock.status, lock.entries.length, lock.entriesTotal], ['partial', 17, 18]);
    assert.equal(lock.entry('gitty')?.source, 'git');
  });
});
