import assert from 'node:assert/strict';
import { test } from 'node:test';
import { packagePeople } from '../../../../server/src/core/judge/people/package-people.ts';
import type {
  Packument,
  PackumentVersion,
} from '../../../../server/src/core/know/registry/documents/packument.ts';

type Release = readonly [version: string, by: string | undefined, maintainers?: readonly string[]];

/** Returns the part of a document that is read; each version is a day after the one before. */
function packument(releases: readonly Release[], maintainers?: readonly string[]): Packument {
  const people = (names: readonly string[] | undefined) => names?.map((name) => ({ name }));
  const versions = releases.map(([version, by, able]) => [
    version,
    {
      version,
      publishedBy: by === undefined ? undefined : { name: by, emailDomain: undefined },
      maintainers: people(able),
    } as PackumentVersion,
  ]);
  return {
    name: 'left',
    versions: new Map(versions as [string, PackumentVersion][]),
    times: new Map(releases.map(([version], day) => [version, day])),
    maintainers: people(maintainers),
  } as unknown as Packument;
}

const OLD: readonly Release[] = [
  ['1.0.0', 'ana', ['ana']],
  ['1.1.0', 'ana', ['ana']],
  ['1.2.0', 'ana', ['ana']],
];

test('an account is new if it could not publish the locked version, whatever the case of its name', () => {
  const { accounts, changes } = packagePeople(packument(OLD, ['Ana', 'bob']), ['1.0.0', '1.2.0'], 99);
  assert.deepEqual(accounts, ['Ana', 'bob']);
  assert.deepEqual(changes, [{ kind: 'added', account: 'bob', package: 'left', since: '1.2.0', at: 2 }]);
});

test('nothing is new where the registry omits people, and nobody is known', () => {
  const without = OLD.map(([version, by]): Release => [version, by]);
  assert.deepEqual(packagePeople(packument(without, ['bob']), ['1.2.0'], 99).changes, []);
  assert.equal(packagePeople(packument(OLD), ['1.2.0'], 99).accounts, undefined);
});

test('a first release counts after three by others, if it is recent and by nobody unknown', () => {
  const found = (releases: readonly Release[], since = 0) =>
    packagePeople(packument(releases), [], since).changes.map(({ account }) => account);
  assert.deepEqual(found([...OLD, ['1.3.0', 'bob']]), ['bob']);
  assert.deepEqual(found([...OLD, ['1.3.0', 'bob'], ['1.4.0', 'bob']]), ['bob']);
  assert.deepEqual(found([...OLD, ['1.3.0', 'ANA']]), []);
  assert.deepEqual(found([...OLD, ['1.3.0', 'bob']], 4), []);
  assert.deepEqual(found([...OLD.slice(1), ['1.3.0', 'bob']]), []);
  assert.deepEqual(found([...OLD, ['1.3.0', 'GitHub Actions']]), []);
  assert.deepEqual(found([['0.9.0', undefined], ...OLD, ['1.3.0', 'bob']]), []);
});
