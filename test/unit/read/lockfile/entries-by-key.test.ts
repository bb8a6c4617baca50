import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { LockEntry } from '../../../../server/src/core/read/lockfile/model/lockfile.ts';
import { printLock, readLock } from './npm-lock.ts';

/** Checks that every entry is found by its key, and depends on the next one, which is found as well. */
function assertAllFound(names: readonly string[]): void {
  const packages: Record<string, object> = { '': { name: 'app', version: '1.0.0' } };
  for (const [number, name] of names.entries()) {
    const next = names[(number + 1) % names.length]!;
    packages[`node_modules/${name}`] = { version: `1.0.${number}`, dependencies: { [next]: '1' } };
  }
  const lock = readLock(printLock(packages));
  assert.equal(lock.status, 'checked', lock.reason);
  assert.equal(lock.entries.length, names.length);
  for (const [number, name] of names.entries()) {
    const entry = lock.entry(`node_modules/${name}`) as LockEntry;
    assert.equal(entry.version?.value, `1.0.${number}`, name);
    const [edge] = entry.edges;
    assert.equal(lock.follow(entry, edge!), lock.entry(`node_modules/${edge!.name}`));
  }
  assert.equal(lock.entry('node_modules/none'), undefined);
}

describe('entries of packages are found by their keys', () => {
  test('of many kinds', () => {
    assertAllFound(['a', 'ms', '@s/ms', '@t/ms', 'lodash', 'lodash.get', '__proto__', 'constructor', 'é-é']);
  });

  test('where a thousand keys are alike but for their start', () => {
    const names = Array.from({ length: 1000 }, (_, at) => `${String(at).padStart(4, 'x')}-the-same-end`);
    assertAllFound(names);
  });

  test('where the quote at the end of a key is missing', () => {
    const text = printLock({
      '': {},
      'node_modules/fooa': { version: '1.0.0' },
      'node_modules/foob': { version: '2.0.0' },
    });
    const broken = readLock(text.replace('fooa"', 'fooa\n    ').replace('foob"', 'foob\n    '));
    const found = broken.entries.map((entry) => [entry.key, broken.entry(entry.key) === entry]);
    assert.deepEqual(found, [
      ['node_modules/fooa', true],
      ['node_modules/foob', true],
    ]);
    assert.equal(broken.status, 'partial');
  });

  test('where a name is escaped', () => {
    const text = printLock({
      '': { dependencies: { a: '1' } },
      'node_modules/a': { version: '1.0.0', dependencies: { b: '1' } },
      'node_modules/b': { version: '2.0.0' },
    });
    const escaped = readLock(text.replace('node_modules/b"', 'node_modules/\\u0062"'));
    assert.equal(escaped.status, 'checked', escaped.reason);
    assert.equal(escaped.entry('node_modules/b')?.version?.value, '2.0.0');
    const twice = readLock(text.replace('node_modules/b"', 'node_modules/\\u0061"'));
    assert.equal(twice.status, 'partial');
    assert.match(twice.reason ?? '', /appears twice/);
  });
});

describe('a package that is needed and not there is missed', () => {
  test('also where another one ends like it', () => {
    const lock = readLock(
      printLock({
        '': { dependencies: { 'abc-end-of-name': '1' } },
        'node_modules/abc-end-of-name': { version: '1.0.0', dependencies: { 'xyz-end-of-name': '1' } },
        'node_modules/xy_-end-of-name': { version: '1.0.0' },
        'node_modules/abc-end-of-name/node_modules/xyy-end-of-name': { version: '1.0.0' },
      }),
    );
    assert.equal(lock.status, 'partial');
    assert.match(lock.reason ?? '', /xyz-end-of-name, which is not in this file/);
  });
});
