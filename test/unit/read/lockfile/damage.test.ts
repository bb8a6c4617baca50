import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readLockfile } from '../../../../server/src/core/read/lockfile/detect.ts';
import type { Lockfile } from '../../../../server/src/core/read/lockfile/model/lockfile.ts';
import { shownText } from '../../../../server/src/core/read/lockfile/model/shown-text.ts';
import { madeUpLockfiles } from '../../../fuzz/made-up-lockfiles.ts';

const SOURCES = madeUpLockfiles();

function read(source: (typeof SOURCES)[number], text = source.text): Lockfile {
  return readLockfile(`file:///${source.kind}`, text, source.kind);
}

/** Returns the lines of an entry, from the first one with the text to the last before the next entry. */
function linesOf({ text, kind }: (typeof SOURCES)[number], name: string): string {
  const { entries } = readLockfile('file:///lock', text, kind);
  const entry = entries.find((candidate) => candidate.name === name && candidate.edges.length === 0)!;
  const start = text.lastIndexOf('\n', entry.span.start) + 1;
  return text.slice(start, text.indexOf('\n', entry.span.end - 1) + 1);
}

describe('every version of every format', () => {
  for (const source of SOURCES) {
    test(`${source.name} is read as a whole`, () => {
      const lock = read(source);
      assert.deepEqual([lock.status, lock.reason, lock.problems.length], ['checked', undefined, 0]);
      assert.ok(lock.entries.length >= 8);
    });

    test(`${source.name} with a merge conflict is partial, at its line, and the other entries are read`, () => {
      const lines = linesOf(source, 'native-bits');
      const text = source.text.replace(
        lines,
        `<<<<<<< HEAD\n${lines}=======\n${lines.replace(/1/, '2')}>>>>>>> main\n`,
      );
      const lock = read(source, text);
      assert.equal(lock.status, 'partial');
      const line = text.slice(0, text.indexOf('<<<<<<<')).split('\n').length;
      assert.match(lock.reason ?? '', new RegExp(`^Line ${line}: unresolved merge conflict; `));
      assert.equal(lock.problems[0]?.kind, 'conflict');
      for (const name of ['@s/ui', 'color', 'test-kit', 'tiny', 'view', 'wide.name_1']) {
        const same = lock.entries.filter((entry) => entry.name === name).map(({ key }) => key);
        const whole = read(source).entries.filter((entry) => entry.name === name);
        assert.deepEqual(
          same,
          whole.map(({ key }) => key),
          name,
        );
      }
    });

    test(`${source.name} with a control character in a value is not called whole`, () => {
      for (const character of ['\0', '\u0001', '\u001f']) {
        const lock = read(source, source.text.replace('5.0.0-rc.1', `5.0.0-rc${character}1`));
        assert.notEqual(lock.status, 'checked', JSON.stringify(character));
        assert.ok(!(lock.reason ?? '').includes(character));
      }
    });

    test(`${source.name} with lines that end in a carriage return and a line feed is read as a whole`, () => {
      assert.equal(read(source, source.text.replaceAll('\n', '\r\n')).status, 'checked');
    });
  }
});

test('tabs and carriage returns in strings of JSON are wrong, and right between them', () => {
  const lock = (name: string, space: string) =>
    readLockfile(
      'file:///lock',
      `{${space}"lockfileVersion":${space}3,${space}"packages": {"node_modules/${name}": {"version": "1.0.0"}}}`,
      'package-lock',
    );
  assert.equal(lock('a', '\t').status, 'checked');
  assert.equal(lock('a', ' \r').status, 'checked');
  for (const name of ['a\tb', '\ta', 'a \t', 'a\rb', '\u0107\u0001', '\u0107\tb']) {
    const { status, problems } = lock(name, '\t');
    assert.equal(status, 'partial', JSON.stringify(name));
    assert.deepEqual(
      problems.map(({ kind }) => kind),
      ['syntax'],
    );
  }
});

test('a member that appears twice is named, and where it stands', () => {
  const text =
    '{"lockfileVersion": 3, "packages": {}, "packages": {"node_modules/a": {"resolved": "x", "version": "1.0.0", "resolved": "y"}}}';
  const lock = readLockfile('file:///lock', text, 'package-lock');
  assert.deepEqual(
    lock.problems.map(({ kind, message, span }) => [kind, message, span.start]),
    [
      ['duplicate', '"packages" appears twice', text.lastIndexOf('"packages"')],
      ['duplicate', '"resolved" appears twice, and npm takes the last', text.lastIndexOf('"resolved"')],
    ],
  );
  assert.equal(lock.entries[0]?.resolved?.value, 'y');
});

test('a flag that appears twice in an entry is named, as where two entries became one', () => {
  const text =
    '{"lockfileVersion": 3, "packages": {"node_modules/a": {"version": "1.0.0", "dev": true, "optional": true, "dev": true}}}';
  const lock = readLockfile('file:///lock', text, 'package-lock');
  assert.deepEqual(
    lock.problems.map(({ kind, span }) => [kind, span.start]),
    [['duplicate', text.lastIndexOf('"dev"')]],
  );
});

test('a text is shown on one line, with an end, and without what cannot be seen', () => {
  assert.equal(shownText('@s/a'), '@s/a');
  assert.equal(shownText('a\nb\0c\u202ed\ud800e\u{1f600}'), 'a\ufffdb\ufffdc\ufffdd\ufffde\u{1f600}');
  assert.equal(shownText('k'.repeat(1000)).length, 214);
  assert.equal(shownText('abcdef', 4), 'abc…');
});
