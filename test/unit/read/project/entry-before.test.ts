import assert from 'node:assert/strict';
import { test } from 'node:test';
import semver from 'semver';
import type { LockEntry, Lockfile } from '../../../../server/src/core/read/lockfile/model/lockfile.ts';
import { entryBefore } from '../../../../server/src/core/read/project/locked/entry-before.ts';
import { randomSource } from '../text/random-source.ts';

const entryOf = (name: string, version: string, source = 'registry') =>
  ({ name, source, version: { value: version, span: { start: 0, end: 0 } } }) as LockEntry;

const versionBefore = (version: string, others: readonly LockEntry[]) =>
  entryBefore(entryOf('a', version), { entries: others } as Lockfile)?.version?.value;

test('the highest lower version, or else the highest', () => {
  const { below: random } = randomSource(7);
  for (let round = 0; round < 500; round++) {
    const one = () => `${random(3)}.${random(3)}.${random(3)}${random(4) === 0 ? '-rc.1' : ''}`;
    const versions = Array.from({ length: random(8) }, one);
    const own = one();
    const sorted = semver.rsort([...versions]);
    const expected = sorted.find((version) => semver.lt(version, own)) ?? sorted[0];
    assert.equal(
      versionBefore(
        own,
        versions.map((version) => entryOf('a', version)),
      ),
      expected,
      `${own} of ${versions}`,
    );
  }
});

test('of the same package from a registry, with a version', () => {
  const others = [entryOf('b', '1.0.0'), entryOf('a', '1.0.0', 'git'), entryOf('a', 'latest')];
  assert.equal(versionBefore('2.0.0', others), undefined);
  assert.equal(versionBefore('no version', [...others, entryOf('a', '3.0.0')]), '3.0.0');
});
