import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { narrowPackument } from '../../../../server/src/core/know/registry/documents/narrow-packument.ts';
import { versionChanges } from '../../../../server/src/core/know/registry/releases/version-changes.ts';
import { describeChange } from '../../../../server/src/core/show/features/hover/describe-change.ts';
import { formatSize } from '../../../../server/src/core/show/features/hover/describe-size.ts';
import { releaseRhythm, sparkline } from '../../../../server/src/core/show/features/hover/sparkline.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');

/** Returns the described changes from one manifest to another, for a registry that provides publishers and scripts. */
function words(before: object, after: object): readonly string[] {
  const plain = { _npmUser: { name: 'ana', email: 'ana@a.example.test' }, scripts: {}, dist: {} };
  const versions = { '1.0.0': { ...plain, ...before }, '2.0.0': { ...plain, ...after } };
  const result = narrowPackument({ name: 'a', versions }, { name: 'a', now: NOW });
  assert.ok('packument' in result);
  return describeChange(versionChanges(result.packument, '1.0.0', '2.0.0')!);
}

describe('what changed between two versions', () => {
  const by = (name: string, email = `${name}@a.example.test`, trusted?: string) => ({
    _npmUser: { name, email, ...(trusted === undefined ? {} : { trustedPublisher: { id: trusted } }) },
  });
  const cases: readonly [title: string, before: object, after: object, reported: readonly string[]][] = [
    ['nothing', {}, {}, ['same publisher, install scripts and dependencies']],
    [
      'no relevant changes',
      { scripts: undefined, _npmUser: undefined },
      { _npmUser: undefined },
      ['same dependencies · publisher and install scripts unknown'],
    ],
    ['the publisher', {}, by('eve'), ['published by eve, before by ana']],
    [
      'their address',
      {},
      by('ana', 'ana@b.example.test'),
      ['ana has an email address at b.example.test, before at a.example.test'],
    ],
    [
      'to a trusted publisher',
      {},
      by('GitHub Actions', 'x@a.example.test', 'github'),
      ['published by GitHub Actions as a trusted publisher, before by ana'],
    ],
    [
      'from one',
      by('GitHub Actions', 'x@a.example.test', 'github'),
      by('eve'),
      ['published from the account eve, no longer by a trusted publisher'],
    ],
    [
      'from one to another',
      by('GitHub Actions', 'x@a.example.test', 'github'),
      by('GitLab CI/CD', 'x@a.example.test', 'gitlab'),
      ['trusted publisher GitLab CI/CD, before GitHub Actions'],
    ],
    [
      'scripts',
      { scripts: { install: 'a', preinstall: 'b' } },
      { scripts: { install: 'c', postinstall: 'd' } },
      ['preinstall removed · changed install: c · new postinstall: d'],
    ],
    [
      'a script that nobody names',
      {},
      { hasInstallScript: true, gypfile: true },
      ['runs a script on install, which 1.0.0 did not'],
    ],
    [
      'maintainers',
      { maintainers: [{ name: 'ana' }, { name: 'bo' }] },
      { maintainers: [{ name: 'ana' }, { name: 'x' }, { name: 'y' }, { name: 'z' }, { name: 'u' }] },
      ['maintainers: x, y, z and 1 more added, bo removed'],
    ],
    [
      'dependencies, size and the rest',
      { dependencies: { a: '1', b: '1' }, license: 'MIT', dist: { unpackedSize: 1000 }, repository: 'o/r' },
      {
        ...{ dependencies: { a: '2', c: '1', d: '1' }, license: 'ISC', dist: { unpackedSize: 2000 } },
        bin: { tool: 'x.js' },
      },
      [
        'same publisher and install scripts',
        'new dependencies c, d · removed dependency b · 1 dependency with another range · 2 kB, before 1 kB · license ISC, before MIT · repository removed · new command tool',
      ],
    ],
    [
      'a size that is about the same',
      { dist: { unpackedSize: 1000 } },
      { dist: { unpackedSize: 1050 } },
      ['same publisher, install scripts and dependencies'],
    ],
  ];
  for (const [title, before, after, reported] of cases) {
    test(title, () => assert.deepEqual(words(before, after), reported));
  }
});

test('sizes', () => {
  const sizes = [0, 1, 999, 1000, 1234, 12_345, 999_600, 1_480_000, 250_000_000, 3e9, 3e12];
  assert.deepEqual(sizes.map(formatSize), [
    '0 bytes',
    '1 byte',
    '999 bytes',
    '1 kB',
    '1.2 kB',
    '12 kB',
    '1 MB',
    '1.5 MB',
    '250 MB',
    '3 GB',
    '3000 GB',
  ]);
});

describe('the picture of the releases', () => {
  const DAY = 24 * 60 * 60 * 1000;
  const ago = (...days: readonly number[]) => days.map((day) => NOW - day * DAY);

  test('has the height of each part, and shows a single one', () => {
    assert.equal(sparkline([0, 1, 4, 7, 100]), '▁▂▂▂█');
    assert.equal(sparkline([0, 0]), '▁▁');
    assert.equal(releaseRhythm(ago(1200, 1190, 1180, 10), NOW), '▇▁▁▁▁▁▁▁▁▁▁▃');
  });

  test('is not there for few releases, a short time, or times that are not yet', () => {
    assert.equal(releaseRhythm(ago(900, 500, 10), NOW), undefined);
    assert.equal(releaseRhythm(ago(50, 40, 30, 20, 10), NOW), undefined);
    assert.equal(releaseRhythm(ago(900, 500, 10, -20), NOW), undefined);
    assert.equal(releaseRhythm([], NOW), undefined);
  });
});
