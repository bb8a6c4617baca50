import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readLockfile } from '../../../../server/src/core/read/lockfile/detect.ts';
import {
  askedEntries,
  unaskedPackages,
} from '../../../../server/src/core/read/project/locked/asked-entries.ts';
import type { Uri } from '../../../../server/src/core/read/text/paths/uri.ts';

function lockfileOf(names: readonly string[]) {
  const packages = Object.fromEntries(names.map((name) => [`node_modules/${name}`, { version: '1.0.0' }]));
  const root = { '': { name: 'shop', dependencies: { declared: '^1.0.0' } } };
  const text = JSON.stringify({ name: 'shop', lockfileVersion: 3, packages: { ...root, ...packages } });
  return readLockfile('file:///shop/package-lock.json' as Uri, text, 'package-lock');
}

const NEW = Array.from({ length: 1_200 }, (_, at) => `new-${at}`);
const committedLockfile = lockfileOf(['declared', 'old']);
const lockfile = lockfileOf(['declared', 'old', ...NEW]);

describe('locked packages that registries are asked about', () => {
  const namesOf = (project: Parameters<typeof askedEntries>[0]) =>
    [...askedEntries(project)].map(({ name }) => name);

  test('are what is declared and what is new, and those beyond a thousand are counted', () => {
    const project = { lockfile, committedLockfile, lockfileBase: 'other', askedRange: undefined } as const;
    assert.deepEqual(namesOf(project), ['declared', ...NEW.slice(0, 999)]);
    assert.deepEqual(unaskedPackages(project), { count: 201, why: 'too-many' });
  });

  test('are what is declared where the base has no lockfile, and the others are counted', () => {
    const project = {
      lockfile,
      committedLockfile: undefined,
      lockfileBase: 'absent',
      askedRange: undefined,
    } as const;
    assert.deepEqual(namesOf(project), ['declared']);
    assert.deepEqual(unaskedPackages(project), { count: 1_201, why: 'no-base' });
  });

  test('are what is declared where nothing changed, or git was not asked', () => {
    for (const lockfileBase of ['same', 'unread'] as const) {
      const project = { lockfile, committedLockfile: undefined, lockfileBase, askedRange: undefined };
      assert.deepEqual([namesOf(project), unaskedPackages(project)], [['declared'], undefined]);
    }
  });

  test('are a part of all of them where the project asks for that', () => {
    const part = {
      lockfile,
      committedLockfile,
      lockfileBase: 'other',
      askedRange: { from: 1, to: 3 },
    } as const;
    assert.deepEqual([namesOf(part), unaskedPackages(part)], [['old', 'new-0'], undefined]);
  });
});
