import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { YarnLockfile } from '../../../../server/src/core/read/lockfile/yarn/yarn-lockfile.ts';
import { cpuTime } from '../../../cpu-time.ts';
import { mutationsOf } from './mutations.ts';
import { allOf, BERRY, CLASSIC, readYarn, yarnSpans } from './yarn-lock.ts';
import { berryOracle, classicOracle, declaredBy, declaredIn, type OracleLock } from './yarn-oracle.ts';

const FORMATS = [
  { name: 'Yarn 1', text: CLASSIC, oracle: classicOracle, isBerry: false },
  { name: 'Yarn 4', text: BERRY, oracle: berryOracle, isBerry: true },
] as const;

for (const { name, text: whole, oracle, isBerry } of FORMATS) {
  describe(`a broken lockfile of ${name}`, () => {
    test('cut anywhere, it is called checked only where another parser reads the same', () => {
      let checked = 0;
      for (let end = 0; end < whole.length - 1; end++) {
        const lock = readYarn(whole.slice(0, end));
        assertInside(lock);
        if (lock.status !== 'checked') continue;
        checked++;
        assertSame(lock, oracle(lock.text), isBerry);
      }
      assert.ok(checked < whole.length / 4, `${checked} of ${whole.length} cuts are called whole`);
    });

    test('each line left out in turn costs no other entry', () => {
      const lines = whole.split('\n');
      for (let line = 0; line < lines.length; line++) {
        const lock = readYarn(lines.toSpliced(line, 1).join('\n'));
        assertInside(lock);
        if (lock.status === 'checked') assertSame(lock, oracle(lock.text), isBerry);
        if (lock.status === 'partial') {
          assert.ok(
            allOf(lock).length >= allOf(readYarn(whole)).length - 2,
            `${lines[line]}: ${lock.reason}`,
          );
        }
      }
    });

    test('changed at random, it is called checked only where another parser reads the same', () => {
      const bits = [
        '"',
        "'",
        ':',
        ': ',
        ' ',
        '  ',
        '\n',
        '\n  ',
        '#',
        ' #',
        ',',
        ', ',
        '@',
        '-',
        '- ',
        '? ',
        '&a ',
        '{}',
        '1',
        'x',
        '<<<<<<< a\n',
        'true',
        'version',
        '',
      ];
      let checked = 0;
      for (const text of mutationsOf(whole, bits, 3000)) {
        const lock = readYarn(text);
        assertInside(lock);
        if (lock.status !== 'checked') continue;
        checked++;
        assertSame(lock, oracle(text), isBerry);
      }
      assert.ok(checked > 100, `${checked} are called checked`);
    });
  });
}

describe('texts that mean harm are read in linear time', () => {
  const texts: Readonly<Record<string, (size: number) => string>> = {
    'keys without colons': (size) => 'a\n'.repeat(size),
    'strings without ends': (size) => '"a\n'.repeat(size),
    'strings of backslashes': (size) => `"${'\\'.repeat(size * 4)}`,
    'many colons': (size) => `a${':a'.repeat(size * 2)}`,
    'many hashes': (size) => `a: b${'#'.repeat(size * 2)}\n${'a: b#\n'.repeat(size)}`,
    'many quotes': (size) => `${"''".repeat(size * 2)}`,
    'a key of many': (size) => `${'a@1, '.repeat(size)}b@1:\n  version "1"\n`,
    'a quoted key of many': (size) =>
      `"${'a@npm:1, '.repeat(size)}b@npm:1":\n  version: 1\n  resolution: "a@npm:1"\n  linkType: hard\n`,
    'entries of one name': (size) =>
      Array.from({ length: size }, (_, at) => `a@${at}:\n  version "1"\n`).join(''),
    'one entry again and again': (size) => 'a@1:\n  version "1"\n'.repeat(size),
    'unsorted dependencies': (size) =>
      `a@1:\n  version "1"\n  dependencies:\n${Array.from({ length: size }, (_, at) => `    a${size - at} "1"\n`).join('')}`,
    'deeper and deeper': (size) =>
      Array.from({ length: Math.floor(Math.sqrt(size * 6)) }, (_, at) => `${'  '.repeat(at)}a:\n`).join(''),
    'question marks': (size) => '? a\n'.repeat(size),
    'resolutions without an at': (size) => '"x":\n  version: 1\n  resolution: "x"\n'.repeat(size),
    bindings: (size) =>
      `"a@npm:1":\n  version: 1\n  resolution: "a@npm:1${'::&__archiveUr'.repeat(size)}"\n  linkType: hard\n`,
    'nested patches': (size) =>
      `"a@npm:1":\n  version: 1\n  resolution: "${'a@patch:'.repeat(size)}#"\n  linkType: hard\n`,
    'conflict markers': (size) => '<<<<<<< a\n'.repeat(size),
    'carriage returns': (size) => 'a\r'.repeat(size * 2),
  };
  for (const [name, make] of Object.entries(texts)) {
    for (const head of ['# yarn lockfile v1\n', '__metadata:\n  version: 8\n']) {
      test(`${name} behind ${JSON.stringify(head)}`, () => {
        const text = head + make(60_000);
        const start = cpuTime();
        const lock = readYarn(text);
        for (const entry of allOf(lock).slice(0, 3)) {
          for (const edge of entry.edges) lock.follow(entry, edge);
          assert.equal(
            typeof `${entry.key}${entry.name}${entry.source}${entry.resolved?.value}${entry.os}`,
            'string',
          );
          lock.origin(entry);
        }
        // A quadratic reader needs minutes for some of these texts.
        assert.ok(cpuTime() - start < 3000);
        assertInside(lock, 20);
      });
    }
  }
});

/** Checks that every position lies in the text, and that the number of entries read matches the count. */
function assertInside(lock: YarnLockfile, most = Number.POSITIVE_INFINITY): void {
  const { length } = lock.text;
  assert.ok(lock.entries.length <= lock.entriesTotal);
  for (const { span } of lock.problems)
    assert.ok(span.start >= 0 && span.start <= span.end && span.end <= length);
  for (const entry of allOf(lock).slice(0, most)) {
    for (const span of yarnSpans(entry))
      assert.ok(span.start >= 0 && span.start <= span.end && span.end <= length);
  }
}

/** Checks that the lockfile contains exactly what the oracle read. */
function assertSame(lock: YarnLockfile, read: OracleLock | undefined, isBerry: boolean): void {
  assert.ok(read !== undefined, `another parser cannot read ${lock.text}`);
  const keys = Object.keys(read).filter((key) => key !== '__metadata');
  const ours = allOf(lock).flatMap((entry) =>
    isBerry ? [entry.key] : entry.descriptors.map(({ value }) => value),
  );
  assert.deepEqual(ours.toSorted(), keys.toSorted());
  for (const key of keys) {
    const theirs: Readonly<Record<string, unknown>> = read[key]!;
    const entry = isBerry ? allOf(lock).find((candidate) => candidate.key === key)! : lock.entry(key)!;
    assert.equal(entry.version?.value, String(theirs.version), key);
    assert.deepEqual(declaredBy(entry, isBerry), declaredIn(theirs), key);
    if (isBerry) assert.equal(entry.checksum?.value, theirs.checksum);
    else assert.equal(entry.resolved?.value, theirs.resolved);
  }
}
