import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { claimOfRow } from '../../../../../server/src/core/know/incident/bad-versions.ts';
import type { IncidentEvent } from '../../../../../server/src/core/show/report/incident/incident-report.ts';
import {
  installableIn,
  type LockedTime,
} from '../../../../../server/src/core/show/report/incident/installable.ts';

const day = (number: number) => Date.UTC(2026, 0, number);
const claim = (published?: string, removed?: string) =>
  claimOfRow({ name: 'evil', versions: ['6.6.6'], ids: [], reported: undefined, published, removed });
const PUBLISHED = '2026-01-10T00:00:00.000Z';
const REMOVED = '2026-01-12T00:00:00.000Z';
const WHOLE = claim(PUBLISHED, REMOVED);

function event(type: IncidentEvent['type'], authored: number, committed = authored): IncidentEvent {
  const state = { isMerge: false, parent: undefined, moved: undefined, branches: undefined };
  return { type, commit: type, authored: day(authored), committed: day(committed), ...state };
}

function locked(events: readonly IncidentEvent[], more: Partial<LockedTime> = {}): LockedTime {
  const isThere = events.every(({ type }) => type === 'entered');
  const known = { isInstalled: false, isThere, isWhole: true, around: { entered: {}, left: {} } };
  return { events, ...known, now: day(30), ...more };
}

describe('whether a version could be installed', () => {
  const stateOf = (events: readonly IncidentEvent[], more?: Partial<LockedTime>, source = WHOLE) =>
    installableIn([source], locked(events, more)).state;

  test('is decided by the times of the source', () => {
    assert.equal(stateOf([event('entered', 11), event('left', 15)]), 'yes');
    assert.equal(stateOf([event('entered', 11)]), 'yes');
    assert.equal(stateOf([event('entered', 5), event('left', 9)]), 'no');
    assert.equal(stateOf([]), 'unknown');
  });

  test('is certain of what is installed', () => {
    assert.equal(stateOf([], { isInstalled: true }), 'yes');
    assert.equal(stateOf([event('entered', 5), event('left', 9)], { isInstalled: true }, claim()), 'yes');
  });

  test('names the dates that are missing', () => {
    assert.match(installableIn([WHOLE], locked([])).detail, /no commit/);
    assert.match(installableIn([claim()], locked([])).detail, /published|removal/);
  });

  test('is unknown without them', () => {
    assert.equal(stateOf([event('entered', 1), event('left', 2)], {}, claim()), 'unknown');
    assert.equal(stateOf([event('entered', 11), event('left', 12)], {}, claim(PUBLISHED)), 'unknown');
    assert.equal(stateOf([event('entered', 5), event('left', 9)], {}, claim(PUBLISHED)), 'no');
  });

  test('is unknown where it was committed after its removal, as an install comes before its commit', () => {
    for (const source of [WHOLE, claim(undefined, REMOVED)]) {
      const { state, detail } = installableIn([source], locked([event('entered', 13), event('left', 15)]));
      assert.equal(state, 'unknown');
      assert.match(detail, /^it was removed on .*, before it was committed, but/);
    }
  });

  test('is unknown where the author date or the committer date says otherwise', () => {
    assert.equal(stateOf([event('entered', 13, 11)]), 'unknown');
    assert.equal(stateOf([event('entered', 11, 13)]), 'unknown');
    assert.equal(stateOf([event('entered', 5), event('left', 9, 11)]), 'unknown');
  });

  test('is unknown where commits before or after it say otherwise', () => {
    assert.equal(stateOf([event('entered', 13)], { around: { entered: { after: day(11) } } }), 'unknown');
    const early = [event('entered', 5), event('left', 9)];
    assert.equal(stateOf(early, { around: { entered: {}, left: { before: day(11) } } }), 'unknown');
  });

  test('is never "no" if something was not looked at, or a date lies ahead', () => {
    const early = [event('entered', 5), event('left', 9)];
    assert.equal(stateOf(early, { isWhole: false }), 'unknown');
    assert.equal(stateOf(early, { around: {} }), 'unknown');
    assert.equal(stateOf([event('entered', 40)]), 'unknown');
  });

  test('takes the longest time of several sources', () => {
    const later = claim(PUBLISHED, '2026-01-20T00:00:00.000Z');
    assert.equal(installableIn([WHOLE, later], locked([event('entered', 13)])).state, 'yes');
  });
});
