import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { narrowPackument } from '../../../../server/src/core/know/registry/documents/narrow-packument.ts';
import type { Packument } from '../../../../server/src/core/know/registry/documents/packument.ts';
import {
  type CandidateQuestion,
  candidateVersion,
  newestInRange,
} from '../../../../server/src/core/know/registry/releases/candidate-version.ts';
import {
  earlierVersions,
  previousVersion,
} from '../../../../server/src/core/know/registry/releases/earlier-versions.ts';
import type { Cooldown } from '../../../../server/src/core/read/project/manager/cooldown.ts';
import { documentOf } from '../../judge/rules/releases.ts';

const now = Date.parse('2026-11-24T12:00:00Z');
const DAY = 86_400_000;
const wait = (days: number): Cooldown => ({
  wait: days * DAY,
  before: undefined,
  source: { type: 'default' },
  exemptions: [],
});

function packumentOf(...[releases, more]: Parameters<typeof documentOf>): Packument {
  const result = narrowPackument({ name: 'x', ...documentOf(releases, more) }, { name: 'x', now });
  assert.ok('packument' in result);
  return result.packument;
}

const releases = {
  '1.0.0': { at: '2026-01-01' },
  '1.1.0': { at: '2026-02-01', deprecated: 'no' },
  '2.0.0-rc.1': { at: '2026-03-01' },
  '2.0.0-rc.2': { at: '2026-03-02' },
  '2.0.0': { at: '2026-04-01' },
  '2.1.0': { at: '2026-11-22' },
};

describe('the candidate version', () => {
  const cases: readonly (readonly [Partial<CandidateQuestion> & { range: string }, string | undefined])[] = [
    [{ range: '*' }, '2.0.0'],
    [{ range: '^1.0.0' }, '1.0.0'],
    [{ range: '*', coolDown: wait(0) }, '2.1.0'],
    [{ range: '*', coolDown: wait(1000) }, undefined],
    [{ range: '>=3' }, undefined],
    [{ range: 'no range at all %' }, undefined],
    [{ range: '^2.0.0-rc.1', accepts: ({ version }) => version !== '2.0.0' }, '2.0.0-rc.2'],
    [{ range: '>=1', current: '2.0.0-rc.1', accepts: ({ version }) => version !== '2.0.0' }, '2.0.0-rc.2'],
    [{ range: '>=1', accepts: ({ version }) => version !== '2.0.0' }, '1.0.0'],
    [{ range: '*', coolDown: { ...wait(0), before: Date.parse('2026-03-15') } }, '1.0.0'],
    [
      {
        range: '*',
        coolDown: {
          ...wait(3),
          exemptions: [{ text: 'x', place: undefined, covers: (name) => name === 'x' }],
        },
      },
      '2.1.0',
    ],
  ];
  for (const [question, expected] of cases) {
    test(`${JSON.stringify(question)}: ${expected}`, () => {
      const packument = packumentOf(releases);
      assert.equal(candidateVersion({ packument, coolDown: wait(3), now, ...question })?.version, expected);
    });
  }

  test('is not above latest, unless the version in use is, or latest is not in the range', () => {
    const packument = packumentOf(releases, { latest: '1.0.0' });
    const question = { packument, coolDown: wait(3), now };
    assert.equal(candidateVersion({ ...question, range: '*' })?.version, '1.0.0');
    assert.equal(candidateVersion({ ...question, range: '*', current: '2.0.0-rc.1' })?.version, '2.0.0');
    assert.equal(candidateVersion({ ...question, range: '^2.0.0' })?.version, '2.0.0');
  });

  test('is none whose time is not known, while there is something to wait for', () => {
    const packument = packumentOf({ '1.0.0': { at: '2026-01-01' }, '1.0.1': {} });
    assert.equal(candidateVersion({ packument, coolDown: wait(3), now, range: '*' })?.version, '1.0.0');
    assert.equal(candidateVersion({ packument, coolDown: wait(0), now, range: '*' })?.version, '1.0.1');
  });

  test('the newest in a range is what managers choose: rather one that is not deprecated', () => {
    assert.equal(newestInRange({ packument: packumentOf(releases), range: '^1.0.0' })?.version, '1.0.0');
    assert.equal(newestInRange({ packument: packumentOf(releases), range: '1.1.0' })?.version, '1.1.0');
    assert.equal(newestInRange({ packument: packumentOf(releases), range: '*' })?.version, '2.1.0');
  });

  test('keys that are no versions, and those with a meaning in JavaScript, are none', () => {
    const packument = packumentOf({
      '1.0.0': { at: '2026-01-01' },
      constructor: {},
      'v2.0.0': { at: '2026-02-01' },
      latest: {},
    });
    assert.equal(candidateVersion({ packument, coolDown: wait(3), now, range: '*' })?.version, '1.0.0');
  });
});

describe('earlier versions', () => {
  test('by time where it is known', () => {
    const packument = packumentOf({
      '2.0.0': { at: '2026-01-01' },
      '1.0.1': { at: '2026-03-01' },
      '1.0.0': { at: '2026-02-01' },
    });
    const names = (version: string) => earlierVersions(packument, version).map((earlier) => earlier.version);
    assert.deepEqual(names('1.0.1'), ['1.0.0', '2.0.0']);
    assert.deepEqual(names('2.0.0'), []);
  });

  test('by number where it is not', () => {
    const packument = packumentOf({ '2.0.0': {}, '1.0.1': {}, '1.10.0': {} });
    assert.deepEqual(
      earlierVersions(packument, '2.0.0').map(({ version }) => version),
      ['1.10.0', '1.0.1'],
    );
  });

  test('the one before is of the same major version, and no prerelease', () => {
    const packument = packumentOf({ ...releases, '2.1.1': { at: '2026-11-23' } });
    assert.equal(previousVersion(packument, '2.1.1')?.version, '2.1.0');
    assert.equal(previousVersion(packument, '2.0.0')?.version, undefined);
    assert.equal(previousVersion(packument, '2.0.0-rc.2')?.version, '2.0.0-rc.1');
    assert.equal(previousVersion(packument, 'no version')?.version, undefined);
  });
});
