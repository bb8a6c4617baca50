import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { LockEntry } from '../../../../server/src/core/read/lockfile/model/lockfile.ts';
import { spansOf } from './npm-lock.ts';
import { cutOf, readPnpm, VERSION_9 } from './pnpm-lock.ts';

function assertUnread(text: string, status: string, reason: RegExp): void {
  const lock = readPnpm(text);
  assert.deepEqual(
    [lock.status, lock.entries.length, lock.entriesTotal, lock.importers.size],
    [status, 0, 0, 0],
  );
  assert.match(lock.reason ?? '', reason);
  assert.equal(lock.entry('a'), undefined);
  assert.equal(lock.resolve('', 'a'), undefined);
}

describe('what is not read', () => {
  const newer =
    /^lockfileVersion \S+ is newer than 9\.0, the latest supported one of pnpm; update dephygiene\.$/;
  const older =
    /^lockfileVersion \S+ is older than 5, the oldest supported one of pnpm; run pnpm install .*\.$/;
  const none =
    /^lockfileVersion \S+ is not supported, only 5, 6 and 9\.0 of pnpm are; run pnpm install .*\.$/;
  for (const [version, reason] of [
    ["'13.0'", newer],
    ['10', newer],
    ["'9.1'", newer],
    ['4', older],
    ["'7.0'", none],
    ["'6.2'", none],
    ['5.5', none],
    ['abc', none],
  ] as const) {
    test(`lockfileVersion ${version} is unsupported`, () => {
      const lock = readPnpm(VERSION_9.replace("'9.0'", version));
      assert.equal(lock.status, 'unsupported');
      assert.match(lock.reason ?? '', reason);
      assert.equal(cutOf(lock, lock.formatVersion?.span), version);
      assert.deepEqual([lock.entries, lock.documents, lock.main], [[], [], undefined]);
    });
  }

  test('a file like JSON of a version to come is unsupported', () => {
    assertUnread(
      '{\n\t"lockfileVersion": "13.0",\n\t"packages": {\n\t\t"a@1.0.0": {}\n\t}\n}\n',
      'unsupported',
      /13\.0/,
    );
  });

  test('texts that are no lockfile are unreadable', () => {
    for (const text of [
      '',
      '\n',
      'hello',
      '[]',
      '{}',
      'a: b',
      '- a\n',
      '"',
      '<html>',
      '\0',
      '---\n---\n',
      '# only\n',
    ]) {
      assertUnread(text, 'unreadable', /^Line \d+: .*\.$/);
    }
  });

  test('a version that is no scalar is unreadable', () =>
    assertUnread('lockfileVersion:\n  a: b\n', 'unreadable', /lockfileVersion/));
});

describe('what is read in part', () => {
  const assertPartial = (text: string, reason: RegExp, read: number, total: number) => {
    const lock = readPnpm(text);
    assert.equal(lock.status, 'partial');
    assert.match(lock.reason ?? '', reason);
    assert.deepEqual([lock.entries.length, lock.entriesTotal], [read, total]);
    return lock;
  };
  const lineOf = (part: string) => VERSION_9.slice(0, VERSION_9.indexOf(part)).split('\n').length;

  test('an entry that cannot be read leaves the others', () => {
    const text = VERSION_9.replace('{integrity: sha512-r17r17==}', '{integrity: sha512-r17r17==');
    const lock = assertPartial(text, /bracket is not closed; 5 of 6 entries read\.$/, 5, 6);
    assert.match(lock.reason ?? '', new RegExp(`^Line ${lineOf('sha512-r17r17')}: `));
    assert.equal(lock.entry('react@17.0.2'), undefined);
    assert.equal(lock.entry('react@18.3.1')?.integrity?.value, 'sha512-r18r18==');
  });

  test('a merge conflict is named by its line, and its entries are left out', () => {
    const text = VERSION_9.replace(
      '  react@17.0.2:\n    resolution: {integrity: sha512-r17r17==}\n',
      '<<<<<<< HEAD\n  react@17.0.2:\n    resolution: {integrity: sha512-r17r17==}\n=======\n  react@17.0.2:\n    resolution: {integrity: sha512-other==}\n>>>>>>> theirs\n',
    );
    const lock = assertPartial(text, /unresolved merge conflict; 5 of 7 entries/, 5, 7);
    assert.match(lock.reason ?? '', new RegExp(`^Line ${lineOf('  react@17.0.2:\n    res')}: `));
    assert.equal(lock.problems.length, 1);
    assert.equal(lock.entry('react@18.3.1')?.integrity?.value, 'sha512-r18r18==');
  });

  test('a conflict inside of an entry leaves out the entry', () => {
    const text = VERSION_9.replace(
      '    resolution: {integrity: sha512-r17r17==}\n',
      '<<<<<<< HEAD\n    resolution: {integrity: sha512-r17r17==}\n=======\n    resolution: {integrity: sha512-other==}\n>>>>>>> theirs\n',
    );
    const lock = assertPartial(text, /merge conflict/, 5, 6);
    assert.equal(lock.entry('react@17.0.2'), undefined);
  });

  test('an entry that appears twice is reported, as pnpm does not read such a file', () => {
    const text = VERSION_9.replace(
      'snapshots:',
      '  react@17.0.2:\n    resolution: {integrity: sha512-evil==}\n\nsnapshots:',
    );
    const lock = assertPartial(text, /"react@17\.0\.2" appears twice/, 6, 7);
    assert.equal(lock.entry('react@17.0.2')?.integrity?.value, 'sha512-r17r17==');
  });

  test('a hash that appears twice is reported', () => {
    const text = VERSION_9.replace(
      '{integrity: sha512-r17r17==}',
      '{integrity: sha512-r17r17==, integrity: sha512-evil==}',
    );
    assertPartial(text, /"integrity" appears twice/, 5, 6);
  });

  test('a dependency that leads nowhere is reported where it stands', () => {
    const text = VERSION_9.replace('      react: 18.3.1\n    optional', '      react: 18.9.9\n    optional');
    const lock = assertPartial(
      text,
      /: @s\/ui@1\.0\.0\(react@18\.3\.1\) depends on react@18\.9\.9, which is not in this file; 6 of 6/,
      6,
      6,
    );
    assert.equal(cutOf(lock, lock.problems[0]!.span), '18.9.9');
    const ui = lock.entry('@s/ui@1.0.0')!;
    const edge = ui.edges.find(({ version }) => version?.value === '18.9.9')!;
    assert.equal(lock.follow(ui, edge), undefined);
  });

  test('a package without its snapshot, and a snapshot without its package, are reported', () => {
    assertPartial(
      VERSION_9.replace('  fsevents@2.3.3:\n    optional: true\n\n', '').replace(
        '    optionalDependencies:\n      fsevents: 2.3.3\n',
        '',
      ),
      /fsevents@2\.3\.3 is not in "snapshots"/,
      6,
      6,
    );
    assertPartial(
      VERSION_9.replace('  fsevents@2.3.3:\n    resolution: {integrity: sha512-fsfsfs==}\n\n', ''),
      /fsevents@2\.3\.3 is not in "packages"/,
      5,
      5,
    );
  });

  test('an entry without a resolution is reported', () => {
    assertPartial(
      VERSION_9.replace('    resolution: {integrity: sha512-r17r17==}\n', '    hasBin: true\n'),
      /no resolution/,
      6,
      6,
    );
    assertPartial(
      VERSION_9.replace('    resolution: {integrity: sha512-r17r17==}\n', ''),
      /an entry must be a mapping/,
      5,
      6,
    );
    assertPartial(VERSION_9.replace('{integrity: sha512-r17r17==}', '{integrity: [a]}'), /wrong type/, 6, 6);
    assertPartial(VERSION_9.replace('{integrity: sha512-r17r17==}', 'sha512-r17r17=='), /wrong type/, 6, 6);
  });

  test('a dependency without a specifier or a version is reported', () => {
    assertPartial(VERSION_9.replace('        specifier: ^18.0.0\n', ''), /without a specifier/, 6, 6);
    assertPartial(VERSION_9.replace('        version: 18.3.1\n', ''), /without a version/, 6, 6);
  });

  test('a hash that ends with the text is not taken for one', () => {
    const text =
      'lockfileVersion: 5.1\nimporters:\n  a:\n    specifiers: {}\npackages:\n  /a/1.0.0:\n    resolution:\n      integrity: sha512-ab';
    assertPartial(text, /ends in the middle of a hash/, 0, 1);
  });

  test('an empty file of pnpm is checked', () => {
    const lock = readPnpm(
      "lockfileVersion: '9.0'\n\nsettings:\n  autoInstallPeers: true\n\nimporters:\n\n  .: {}\n",
    );
    assert.deepEqual([lock.status, lock.entries.length, lock.importers.size], ['checked', 0, 1]);
  });
});

test('cut at each place, it is called checked only where nothing is missing, and points nowhere outside', () => {
  const whole = readPnpm(VERSION_9);
  const complete = VERSION_9.trimEnd().length;
  for (let end = 0; end <= VERSION_9.length; end++) {
    const lock = readPnpm(VERSION_9.slice(0, end));
    // A cut within the last line leaves a complete file once its last key has its value. A version alone is a file
    // without packages, as for pnpm.
    const isEmpty = /^lockfileVersion: '9\.0'\s*$/.test(lock.text);
    if (end < complete - 2 && !isEmpty) assert.notEqual(lock.status, 'checked', `cut at ${end}`);
    for (const entry of lock.entries as readonly LockEntry[]) {
      for (const span of spansOf(entry)) assert.ok(span.start <= span.end && span.end <= end);
      if (entry.integrity !== undefined)
        assert.equal(entry.integrity.value, whole.entry(entry.key)?.integrity?.value);
    }
  }
});

test('a name that two lines became is none of a package', () => {
  const lock = readPnpm(`lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      te   '@s/b':
        specifier: ^1.0.0
        version: 1.0.0

packages:

  '@s/b@1.0.0':
    resolution: {integrity: sha512-AAAA}

snapshots:

  '@s/b@1.0.0': {}
`);
  assert.equal(lock.status, 'partial');
  assert.ok(lock.problems.some(({ message }) => message === "te   '@s/b' is no name of a package"));
});
