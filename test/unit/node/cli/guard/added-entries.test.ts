import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lockfileKindOf, readLockfile } from '../../../../../server/src/core/read/lockfile/detect.ts';
import { addedEntries } from '../../../../../server/src/node/cli/guard/added-entries.ts';

const SAME = `sha512-${'A'.repeat(86)}==`;
const OTHER = `sha512-${'B'.repeat(86)}==`;
const URL = 'https://registry.example.test/a/-/a-1.0.0.tgz';

function entriesOf(packages: Readonly<Record<string, object>>) {
  const text = JSON.stringify({ lockfileVersion: 3, packages: { '': {}, ...packages } });
  return readLockfile('file:///shop/package-lock.json', text, lockfileKindOf('package-lock.json')!).entries;
}

function added(before: object, after: object, place = 'node_modules/a'): number {
  return addedEntries(entriesOf({ [place]: after }), entriesOf({ 'node_modules/a': before })).size;
}

describe('the packages that guard calls new or changed', () => {
  const full = { version: '1.0.0', resolved: URL, integrity: SAME };
  const short = { version: '1.0.0', integrity: SAME };

  test('a URL that is left out, or added, is no change while the hash is the same', () => {
    assert.equal(added(full, short), 0);
    assert.equal(added(short, full), 0);
  });

  test('another URL, version, hash or place is a change, and so is an entry without a hash', () => {
    assert.equal(added(full, { ...full, resolved: URL.replace('registry', 'mirror') }), 1);
    assert.equal(added(full, { ...short, version: '1.0.1' }), 1);
    assert.equal(added(full, { ...short, integrity: OTHER }), 1);
    assert.equal(added(full, short, 'node_modules/b/node_modules/a'), 1);
    assert.equal(added({ version: '1.0.0', resolved: URL }, { version: '1.0.0' }), 1);
  });
});
