import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { NpmV1Entry } from '../../../../server/src/core/read/lockfile/npm-v1/npm-v1-entry.ts';
import { readV1 } from './npm-v1-lock.ts';

type Written = Record<string, { version: string; requires?: Record<string, string>; dependencies?: Written }>;

const print = (dependencies: Written) =>
  `${JSON.stringify({ lockfileVersion: 1, requires: true, dependencies }, undefined, 2)}\n`;

/** Checks that every package requires the next one, and is found by its path and from the previous one. */
function assertAllFound(names: readonly string[]): void {
  const dependencies: Written = {};
  const nextOf = (number: number) => names[(number + 1) % names.length]!;
  for (const [number, name] of names.entries()) {
    const copy = { version: `2.0.${number}` };
    dependencies[name] = {
      version: `1.0.${number}`,
      requires: { [nextOf(number)]: '1' },
      // Every third one has a copy of its own of its dependency.
      ...(number % 3 === 0 ? { dependencies: { [nextOf(number)]: copy } } : {}),
    };
  }
  const lock = readV1(print(dependencies));
  assert.equal(lock.status, 'checked', lock.reason);
  assert.equal(lock.entries.length, names.length + Math.ceil(names.length / 3));
  for (const [number, name] of names.entries()) {
    const key = `node_modules/${name}`;
    const entry = lock.entry(key) as NpmV1Entry;
    assert.equal(entry.version?.value, `1.0.${number}`, name);
    assert.equal(entry.folder, name);
    assert.equal(lock.resolve('', name), entry);
    const inner = `${number % 3 === 0 ? `${key}/` : ''}node_modules/${nextOf(number)}`;
    const target = lock.entry(inner) as NpmV1Entry;
    assert.equal(lock.follow(entry, entry.edges[0]!), target);
    assert.equal(target.parent, number % 3 === 0 ? entry : undefined);
  }
  assert.equal(lock.entry('node_modules/none'), undefined);
  assert.equal(lock.entry(`node_modules/${names[0]}/node_modules/none`), undefined);
  assert.equal(lock.resolve('', 'none'), undefined);
}

describe('nested packages are found by their names', () => {
  test('of many kinds', () => {
    assertAllFound(['a', 'ms', '@s/ms', '@t/ms', 'lodash', 'lodash.get', '__proto__x', 'constructor', 'é-é']);
  });

  test('where thousands are alike but for some letters', () => {
    assertAllFound(
      Array.from({ length: 3000 }, (_, at) => `${String(at).padStart(5, 'x')}-the-same-middle-and-end`),
    );
  });

  test('where one is missing whose name ends like that of another', () => {
    const lock = readV1(
      print({
        'abc-end-of-name': { version: '1.0.0', requires: { 'xyz-end-of-name': '1' } },
        'xy_-end-of-name': { version: '1.0.0', dependencies: { 'xyz-end-of-name': { version: '1.0.0' } } },
      }),
    );
    assert.equal(lock.status, 'partial');
    assert.match(
      lock.reason ?? '',
      /abc-end-of-name@1\.0\.0 depends on xyz-end-of-name, which is not in this file/,
    );
  });

  test('where a name is escaped', () => {
    const text = print({
      a: { version: '1.0.0', requires: { b: '1' } },
      b: { version: '2.0.0', dependencies: { a: { version: '3.0.0' } } },
    });
    const escaped = readV1(text.replace('"b": {', '"\\u0062": {'));
    assert.equal(escaped.status, 'checked', escaped.reason);
    assert.equal(escaped.entry('node_modules/b')?.version?.value, '2.0.0');
    assert.equal(escaped.entry('node_modules/b/node_modules/a')?.version?.value, '3.0.0');
    const twice = readV1(text.replace('"b": {', '"\\u0061": {'));
    assert.match(twice.reason ?? '', /appears twice/);
    assert.deepEqual(
      twice.entries.map(({ key }) => key),
      ['node_modules/a', 'node_modules/a/node_modules/a'],
    );
  });

  test('of one that appears twice, the last and what is in it', () => {
    const inner = (version: string) =>
      `{ "version": "${version}", "dependencies": { "b": { "version": "${version}" } } }`;
    const lock = readV1(
      `{ "lockfileVersion": 1, "dependencies": { "a": ${inner('1.0.0')}, "a": ${inner('2.0.0')} } }`,
    );
    assert.deepEqual(
      lock.entries.map(({ key, version }) => [key, version?.value]),
      [
        ['node_modules/a', '2.0.0'],
        ['node_modules/a/node_modules/b', '2.0.0'],
      ],
    );
    assert.equal(lock.entry('node_modules/a/node_modules/b')?.version?.value, '2.0.0');
    assert.equal(lock.status, 'partial');
  });
});
