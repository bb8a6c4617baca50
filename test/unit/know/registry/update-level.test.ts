import assert from 'node:assert/strict';
import { test } from 'node:test';
import semver from 'semver';
import {
  type UpdateLevel,
  updateLevel,
} from '../../../../server/src/core/know/registry/releases/update-level.ts';

test('the level of an update is what ^ and ~ take in, for every pair of versions', () => {
  const options = { includePrerelease: true };
  const bySemver = (from: string, to: string): UpdateLevel => {
    if (!semver.satisfies(to, `^${from}`, options)) return 'major';
    return semver.satisfies(to, `~${from}`, options) ? 'patch' : 'minor';
  };
  const numbers = [0, 1, 2];
  const versions = numbers.flatMap((major) =>
    numbers.flatMap((minor) =>
      numbers.flatMap((patch) => ['', '-0', '-rc.1'].map((tag) => `${major}.${minor}.${patch}${tag}`)),
    ),
  );
  for (const from of versions) {
    for (const to of versions) assert.equal(updateLevel(from, to), bySemver(from, to), `${from} to ${to}`);
  }
});

test('what is no version may break everything', () => {
  assert.equal(updateLevel('latest', '1.0.0'), 'major');
  assert.equal(updateLevel('1.0.0', 'latest'), 'major');
});
