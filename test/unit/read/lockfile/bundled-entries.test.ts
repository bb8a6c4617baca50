import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { printLock, readLock } from './npm-lock.ts';

const FLAGGED = { version: '1.0.0', inBundle: true };

/** Returns the keys of the bundled entries. */
function bundled(packages: Readonly<Record<string, object>>): readonly string[] {
  return readLock(printLock(packages))
    .entries.filter((entry) => entry.bundled)
    .map(({ key }) => key);
}

describe('what a package around it bundles', () => {
  test('is what it lists, what that needs, and what lies in that', () => {
    const inside = {
      'node_modules/p/node_modules/a': { ...FLAGGED, dependencies: { b: '1' }, peerDependencies: { c: '1' } },
      'node_modules/p/node_modules/b': FLAGGED,
      'node_modules/p/node_modules/c': FLAGGED,
      'node_modules/p/node_modules/c/node_modules/d': FLAGGED,
    };
    const listed = { version: '1.0.0', bundleDependencies: ['a'] };
    assert.deepEqual(bundled({ 'node_modules/p': listed, ...inside }), Object.keys(inside));
    const all = { version: '1.0.0', bundledDependencies: true, dependencies: { a: '1' } };
    assert.deepEqual(bundled({ 'node_modules/p': all, ...inside }), Object.keys(inside));
  });

  test('may be that of the project or of a member', () => {
    const packages = {
      '': { bundleDependencies: ['a'] },
      'node_modules/a': { ...FLAGGED, dependencies: { b: '1' } },
      'node_modules/b': FLAGGED,
      'packages/m': { bundleDependencies: ['@s/c'] },
      'packages/m/node_modules/@s/c': FLAGGED,
    };
    assert.deepEqual(bundled(packages), ['node_modules/a', 'node_modules/b', 'packages/m/node_modules/@s/c']);
  });

  test('is nothing that only says so', () => {
    assert.deepEqual(bundled({ 'node_modules/a': FLAGGED, 'node_modules/p/node_modules/a': FLAGGED }), []);
    const other = {
      'node_modules/p': { version: '1.0.0', bundleDependencies: ['a'], dependencies: { b: '1' } },
      'node_modules/p/node_modules/a': { version: '1.0.0' },
      'node_modules/p/node_modules/b': FLAGGED,
      'node_modules/q/node_modules/a': FLAGGED,
      'node_modules/a': FLAGGED,
    };
    assert.deepEqual(bundled(other), []);
  });

  test('ends in cycles and in folders of any depth', () => {
    const cycle = {
      'node_modules/p': { version: '1.0.0', bundleDependencies: ['a', 'gone', 1] },
      'node_modules/p/node_modules/a': { ...FLAGGED, dependencies: { b: '1' } },
      'node_modules/p/node_modules/b': { ...FLAGGED, dependencies: { a: '1', p: '1' } },
    };
    assert.equal(bundled(cycle).length, 2);
    assert.deepEqual(bundled({ [`node_modules/${'p/node_modules/'.repeat(100_000)}a`]: FLAGGED }), []);
  });
});
