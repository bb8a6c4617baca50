import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { roundSentence } from '../../../../server/src/core/show/watch/describe-round.ts';
import type { WatchEvent } from '../../../../server/src/core/show/watch/watch-event.ts';
import { advisory } from './sample-records.ts';

const major = (name: string): WatchEvent => ({
  ...{ kind: 'major', name, version: '1.2.0', newest: '2.0.0', waitsUntil: null },
});
const malware = (name: string, isDoubtful = false): WatchEvent => ({
  ...{ kind: 'malware', name, version: '1.2.0' },
  advisory: advisory('MAL-2026-1', { isMalware: true, isDoubtful }),
});

describe('the notification of a round', () => {
  test('is none without news', () => {
    assert.equal(roundSentence([]), undefined);
    assert.equal(roundSentence([{ project: 'shop', events: [] }]), undefined);
  });

  test('is the news itself where it is a single one', () => {
    assert.equal(
      roundSentence([
        { project: 'api', events: [] },
        { project: 'shop', events: [major('left-pad')] },
      ]),
      'left-pad 1.2.0 has a new major version, 2.0.0. Read what changed before you update.',
    );
  });

  test('is one sentence for many', () => {
    const reported = (...names: readonly string[]) =>
      roundSentence([{ project: 'shop', events: names.map(major) }]);
    assert.equal(reported('a', 'b'), '2 dependencies of shop have news: a and b. Show the log for all.');
    assert.equal(
      reported('a', 'b', 'c'),
      '3 dependencies of shop have news: a, b and 1 other. Show the log for all.',
    );
    assert.equal(reported('a', 'a'), 'A dependency of shop has news: a. Show the log for all.');
    assert.equal(
      roundSentence([
        { project: 'shop', events: [major('a')] },
        { project: 'api', events: [major('b')] },
      ]),
      '2 dependencies of shop and api have news: a and b. Show the log for all.',
    );
  });

  test('tells malware first, and nothing doubtful as such', () => {
    const reported = (...events: readonly WatchEvent[]) => roundSentence([{ project: 'shop', events }]);
    assert.equal(
      reported(malware('bad'), major('a'), major('b')),
      'Malware is now known in shop: bad, and 2 others have news. Show the log for all.',
    );
    assert.equal(
      roundSentence([
        { project: 'api', events: [major('a')] },
        { project: 'shop', events: [malware('bad')] },
      ]),
      'Malware is now known in shop: bad, and another dependency has news. Show the log for all.',
    );
    assert.equal(
      reported(malware('bad'), major('a')),
      'Malware is now known in shop: bad, and another dependency has news. Show the log for all.',
    );
    assert.equal(
      reported(malware('bad'), major('bad')),
      'Malware is now known in shop: bad. Show the log for all.',
    );
    assert.equal(
      reported(malware('lodash', true), major('a')),
      '2 dependencies of shop have news: lodash and a. Show the log for all.',
    );
  });
});
