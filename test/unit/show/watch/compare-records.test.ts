import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compareRecords } from '../../../../server/src/core/show/watch/compare-records.ts';
import { eventSentence } from '../../../../server/src/core/show/watch/describe-event.ts';
import type {
  WatchedDependency,
  WatchedVersion,
} from '../../../../server/src/core/show/watch/watch-record.ts';
import { advisory, dependency, record, version } from './sample-records.ts';

const GHSA = 'GHSA-2222-3333-4444';

function newsOf(before: WatchedDependency, now: WatchedDependency): readonly string[] {
  return compareRecords(record(before), record(now)).map(eventSentence);
}

function ofVersions(before: Partial<WatchedVersion>, now: Partial<WatchedVersion>): readonly string[] {
  return newsOf(
    dependency('left-pad', { versions: [version('1.2.0', before)] }),
    dependency('left-pad', { versions: [version('1.2.0', now)] }),
  );
}

describe('an advisory', () => {
  test('on the version in use is news', () => {
    assert.deepEqual(ofVersions({}, { advisories: [advisory(GHSA)] }), [
      `left-pad 1.2.0 has a new high advisory: command injection (${GHSA}), fixed in 1.2.1. Update it.`,
    ]);
    const plain = advisory('CVE-2026-1', { severity: null, about: null, fixedIn: null });
    assert.deepEqual(ofVersions({}, { advisories: [plain] }), [
      'left-pad 1.2.0 has a new advisory (CVE-2026-1). Replace it, or accept it with a reason.',
    ]);
  });

  test('is none where it was known, be it by another id, or is accepted', () => {
    const known = { advisories: [advisory(GHSA)] };
    assert.deepEqual(ofVersions(known, known), []);
    const renamed = advisory(GHSA, { ids: ['GHSA-5555-6666-7777', GHSA] });
    assert.deepEqual(ofVersions(known, { advisories: [renamed] }), []);
    assert.deepEqual(ofVersions({}, { advisories: [advisory(GHSA, { isAccepted: true })] }), []);
    assert.deepEqual(ofVersions(known, {}), []);
  });

  test('is none where its source had told nothing before: it may be old', () => {
    const now = { advisories: [advisory(GHSA)] };
    assert.deepEqual(ofVersions({ toldBy: ['bundled'] }, now), []);
    assert.deepEqual(ofVersions({ toldBy: [] }, now), []);
    assert.equal(ofVersions({ toldBy: ['registry'] }, now).length, 1);
  });

  test('is news though another source is silent now', () => {
    const bundled = advisory(GHSA, { source: 'bundled' });
    assert.equal(ofVersions({}, { advisories: [bundled], toldBy: ['bundled'] }).length, 1);
  });
});

describe('malware', () => {
  const mal = advisory('MAL-2026-1', { isMalware: true, severity: 'critical', about: null, fixedIn: null });

  test('is news, and so is an advisory that turns out to be malware', () => {
    const said = [
      'left-pad 1.2.0 is now known to be malware (MAL-2026-1). Use a clean version, treat machines that installed it as compromised, and rotate their credentials from a clean machine.',
    ];
    assert.deepEqual(ofVersions({}, { advisories: [mal] }), said);
    const before = { advisories: [advisory(GHSA)] };
    const turned = { advisories: [{ ...mal, ids: ['MAL-2026-1', GHSA] }] };
    assert.deepEqual(ofVersions(before, turned), said);
    assert.deepEqual(ofVersions(turned, turned), []);
  });

  test('is news where what was doubtful has become certain, and not the other way', () => {
    const doubtful = { advisories: [{ ...mal, isDoubtful: true }] };
    const certain = { advisories: [mal] };
    assert.equal(ofVersions(doubtful, certain).length, 1);
    assert.deepEqual(ofVersions(certain, doubtful), []);
  });

  test('is said to be doubtful where it can hardly be meant', () => {
    assert.deepEqual(ofVersions({}, { advisories: [{ ...mal, isDoubtful: true }] }), [
      'MAL-2026-1 now calls every version of left-pad malware, which is doubtful for such a widely used package. Check by hand whether left-pad 1.2.0 is meant.',
    ]);
  });
});

describe('a deprecation', () => {
  test('of the version in use is news, with a later version where one may be taken', () => {
    assert.deepEqual(ofVersions({}, { deprecated: 'no longer "maintained"' }), [
      'left-pad 1.2.0 is deprecated now ("no longer \\"maintained\\""). Replace it.',
    ]);
    const deprecated = { versions: [version('1.2.0', { deprecated: 'pads too far' })] };
    const newest = { version: '1.3.0', waitsUntil: null };
    const later = (waitsUntil: number | null) =>
      newsOf(
        dependency('left-pad'),
        dependency('left-pad', { ...deprecated, newest: { ...newest, waitsUntil } }),
      );
    assert.match(later(null)[0]!, /\. Update to 1\.3\.0, or replace it\.$/);
    assert.match(later(5)[0]!, /. Replace it\.$/);
  });

  test('is none where it was one before, or was not known, or is taken back', () => {
    assert.deepEqual(ofVersions({ deprecated: 'old' }, { deprecated: 'very old' }), []);
    assert.deepEqual(ofVersions({ deprecated: null }, { deprecated: 'old' }), []);
    assert.deepEqual(ofVersions({ deprecated: false }, { deprecated: null }), []);
    assert.deepEqual(ofVersions({ deprecated: 'old' }, { deprecated: false }), []);
  });
});

describe('a major version', () => {
  const at = (newest: string | null, used = '1.2.0', waitsUntil: number | null = null) =>
    dependency('left-pad', {
      versions: used === '' ? [] : used.split(' ').map((text) => version(text)),
      newest: newest === null ? null : { version: newest, waitsUntil },
    });

  test('above the one in use is news', () => {
    assert.deepEqual(newsOf(at('1.2.0'), at('2.0.1')), [
      'left-pad 1.2.0 has a new major version, 2.0.1. Read what changed before you update.',
    ]);
    assert.deepEqual(newsOf(at('1.2.0'), at('2.0.0', '1.2.0', Date.parse('2026-11-27T12:00:00Z'))), [
      'left-pad 1.2.0 has a new major version, 2.0.0. Leave it until 27 Nov 2026, when its cooldown ends.',
    ]);
    const several = newsOf(at('2.0.0', '1.2.0 2.0.0'), at('3.0.0', '1.2.0 2.0.0'));
    assert.deepEqual(
      several.map((each) => each.slice(0, 14)),
      ['left-pad 2.0.0'],
    );
  });

  test('is none where there was one, it is in use, or it is not known', () => {
    assert.deepEqual(newsOf(at('2.0.0'), at('2.1.0')), []);
    assert.deepEqual(newsOf(at('1.2.0'), at('1.3.0')), []);
    assert.deepEqual(newsOf(at('3.0.0'), at('2.0.0')), []);
    assert.deepEqual(newsOf(at('1.2.0'), at('2.0.0', '2.0.0')), []);
    assert.deepEqual(newsOf(at('1.2.0'), at('2.0.0', '2.0.0-beta.1')), []);
    assert.deepEqual(newsOf(at('1.2.0'), at('2.0.0', '')), []);
    assert.deepEqual(newsOf(at(null), at('2.0.0')), []);
    assert.deepEqual(newsOf(at('1.2.0'), at(null)), []);
  });
});

describe('another publisher', () => {
  const by = (text: string, name: string, isUnlikeBefore = true) =>
    dependency('left-pad', { publisher: { version: text, name, isUnlikeBefore } });
  const unknown = dependency('left-pad', { publisher: null });

  test('of the newest version is news', () => {
    assert.deepEqual(newsOf(by('1.2.0', 'ana'), by('1.3.0', 'mall"ory')), [
      'left-pad 1.3.0 was published by "mall\\"ory", but 1.2.0 by "ana". Find out who took it over before you update.',
    ]);
  });

  test('is none where others published before as well, it is no later version, or it is not known', () => {
    assert.deepEqual(newsOf(by('1.2.0', 'ana'), by('1.3.0', 'ben', false)), []);
    assert.deepEqual(newsOf(by('1.2.0', 'ana'), by('1.3.0', 'Ana')), []);
    assert.deepEqual(newsOf(by('1.2.0', 'ana'), by('1.2.0', 'mallory')), []);
    assert.deepEqual(newsOf(by('1.3.0', 'ana'), by('1.2.0', 'mallory')), []);
    assert.deepEqual(newsOf(unknown, by('1.3.0', 'mallory')), []);
    assert.deepEqual(newsOf(by('1.2.0', 'ana'), unknown), []);
  });
});

describe('no news', () => {
  const bad = { advisories: [advisory(GHSA)], deprecated: 'old' };

  test('is what comes with a dependency that was added, or with a version that the user chose', () => {
    const now = dependency('left-pad', { versions: [version('1.3.0', bad)] });
    assert.deepEqual(compareRecords(record(), record(now)), []);
    assert.deepEqual(newsOf(dependency('left-pad'), now), []);
    const both = dependency('left-pad', { versions: [version('1.2.0'), version('1.3.0', bad)] });
    assert.deepEqual(newsOf(dependency('left-pad'), both), []);
  });

  test('is what went away', () => {
    assert.deepEqual(compareRecords(record(dependency('left-pad')), record()), []);
  });
});

test('the most urgent comes first', () => {
  const before = record(dependency('a'), dependency('b'), dependency('c'));
  const now = record(
    dependency('a', {
      newest: { version: '2.0.0', waitsUntil: null },
      versions: [version('1.2.0', { deprecated: 'x' })],
    }),
    dependency('b', { versions: [version('1.2.0', { advisories: [advisory(GHSA, { severity: 'low' })] })] }),
    dependency('c', {
      versions: [
        version('1.2.0', {
          advisories: [advisory('GHSA-1', { severity: 'critical' }), advisory('MAL-1', { isMalware: true })],
        }),
      ],
      publisher: { version: '1.3.0', name: 'mallory', isUnlikeBefore: true },
    }),
  );
  assert.deepEqual(
    compareRecords(before, now).map(({ kind, name }) => `${kind} ${name}`),
    ['malware c', 'advisory c', 'advisory b', 'publisher c', 'deprecated a', 'major a'],
  );
});

test('texts of registries are shown on one line and with an end', () => {
  const [said = ''] = ofVersions({}, { deprecated: `a\nb\u202e${'c'.repeat(1000)}` });
  assert.match(said, /\("a\ufffdb\ufffdc+…"\)/);
  assert.ok(said.length < 300);
});
