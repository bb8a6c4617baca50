import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timelinePicture } from '../../../../server/src/core/show/report/package-page/timeline-picture.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-11-29T00:00:00Z');

/** A release so many days ago. */
function release(version: string, days: number, marks: readonly string[] = []) {
  const unknown = { published: undefined, publisher: undefined };
  return {
    version,
    time: NOW - days * DAY,
    marks,
    isTrusted: false,
    isAffected: false,
    isPrerelease: false,
    ...unknown,
  };
}

test('a label that the line of another crosses is drawn over that line', () => {
  const releases = [release('2.5.0', 9, ['latest']), release('2.4.0', 62, ['locked']), release('1.0.0', 980)];
  const { markup } = timelinePicture(releases, NOW)!;
  assert.ok(markup.includes('>2.5.0 latest<') && markup.includes('>2.4.0 locked<'));
  const [lastLine, firstLabel] = [markup.lastIndexOf('<line '), markup.indexOf('>2.5.0 latest<')];
  assert.ok(lastLine < firstLabel, 'all lines come before the labels');
});
