import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { lockGraphOf } from '../../../../server/src/core/judge/exposure/lock-graph.ts';
import { readLockfile } from '../../../../server/src/core/read/lockfile/detect.ts';
import type { Lockfile } from '../../../../server/src/core/read/lockfile/model/lockfile.ts';
import { hasSameEdges } from '../../../../server/src/core/read/lockfile/same-edges.ts';
import type { LockfileKind } from '../../../../server/src/core/read/manager/model/files.ts';
import type { OverrideEntry } from '../../../../server/src/core/read/project/overrides/overrides.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures/lockfiles');
const PARTS = {
  manager: {
    name: 'npm',
    version: undefined,
    because: 'default',
    versionFrom: undefined,
    generation: undefined,
  },
  overrides: { entries: [], of: (): readonly OverrideEntry[] => [] },
  yarnrcs: [],
  catalogs: { entries: [], has: () => false, get: () => undefined },
} as const;

function read(text: string, kind: LockfileKind = 'package-lock', file = 'package-lock.json'): Lockfile {
  return readLockfile(`file:///workspace/${file}`, text, kind);
}

function textOf(format: string, file: string): string {
  return readFileSync(join(FIXTURES, format, file), 'utf8');
}

/** Returns the text with the first `from` after `after` replaced. */
function changed(text: string, after: string, from: string, to: string): string {
  const at = text.indexOf(from, text.indexOf(after));
  assert.ok(text.includes(after) && at !== -1, `${from} behind ${after}`);
  return text.slice(0, at) + to + text.slice(at + from.length);
}

describe('hasSameEdges', () => {
  const npm = textOf('npm-v3', 'package-lock.json');
  const same = (after: string, text = npm) => hasSameEdges(read(text), read(after));

  test('an edit inside one entry that is not about what it depends on', () => {
    const entry = '"node_modules/js-tokens"';
    assert.ok(same(changed(npm, entry, '"4.0.0"', '"4.0.1"')));
    assert.ok(same(changed(npm, entry, '"4.0.0"', '"4.0."')));
    assert.ok(same(changed(npm, entry, 'integrity": "sha512-', 'integrity": "sha512-x')));
  });

  test('not where a name, an edge, a flag or another entry is touched', () => {
    const odd = '"node_modules/is-odd"';
    assert.ok(!same(changed(npm, odd, '"is-number"', '"is-numbers"')));
    assert.ok(!same(changed(npm, odd, '"is-number": "^4.0.0"', '"is-number": "^5.0.0"')));
    assert.ok(!same(changed(npm, '"node_modules/js-tokens"', 'js-tokens', 'js-token')));
    assert.ok(!same(changed(npm, '"node_modules/kind-of"', '"license"', '"dev": true,\n      "license"')));
    const two = changed(
      changed(npm, odd, '"2.0.0"', '"2.0.1"'),
      '"node_modules/js-tokens"',
      '"4.0.0"',
      '"4.0.1"',
    );
    assert.ok(!same(two));
  });

  test('an edit outside of all entries, but where a format keeps edges there', () => {
    assert.ok(same(changed(npm, '"lockfileVersion"', '3', '2')));
    const pnpm = textOf('pnpm-v9', 'pnpm-lock.yaml');
    const before = read(pnpm, 'pnpm', 'pnpm-lock.yaml');
    const after = read(
      changed(pnpm, 'snapshots:', 'is-number: 5.0.0', 'is-number: 6.0.0'),
      'pnpm',
      'pnpm-lock.yaml',
    );
    assert.ok(!hasSameEdges(before, after));
  });

  test('not where the root declares something else, or an entry is new', () => {
    assert.ok(!same(changed(npm, '"packages"', '"react": "18.2.0"', '"react": "18.2.1"')));
    assert.ok(
      !same(
        npm.replace(
          '"node_modules/js-tokens"',
          '"node_modules/x": { "version": "1.0.0" },\n    "node_modules/js-tokens"',
        ),
      ),
    );
  });

  test('in other formats', () => {
    for (const [format, file, kind, after, from, to] of [
      ['yarn-v1', 'yarn.lock', 'yarn', 'js-tokens@', '"4.0.0"', '"4.0.1"'],
      ['yarn-berry-v10', 'yarn.lock', 'yarn', '"js-tokens@', 'version: 4.0.0', 'version: 4.0.1'],
      ['bun-v2', 'bun.lock', 'bun', '"js-tokens": [', '"sha512-', '"sha512-x'],
    ] as const) {
      const before = textOf(format, file);
      const one = read(before, kind, file);
      assert.ok(hasSameEdges(one, read(changed(before, after, from, to), kind, file)), format);
    }
  });
});

describe('lockGraphOf', () => {
  test('is read once for a lockfile, and again only where edges may be others', () => {
    const text = textOf('npm-v3', 'package-lock.json');
    const one = read(text);
    const graph = lockGraphOf(one, PARTS);
    assert.equal(lockGraphOf(one, PARTS), graph);
    const edited = read(changed(text, '"node_modules/js-tokens"', '"4.0.0"', '"4.0.1"'));
    assert.equal(lockGraphOf(edited, PARTS), graph);
    const again = read(changed(edited.text, '"node_modules/is-odd"', '"is-number": "^4', '"is-number": "^5'));
    assert.notEqual(lockGraphOf(again, PARTS), graph);
    assert.notEqual(lockGraphOf(one, { ...PARTS, yarnrcs: [] }), graph);
  });

  test('knows the entries of its packages by their places', () => {
    for (const [format, file, kind] of [
      ['npm-v1', 'package-lock.json', 'package-lock'],
      ['pnpm-v9', 'pnpm-lock.yaml', 'pnpm'],
      ['yarn-berry-v10', 'yarn.lock', 'yarn'],
    ] as const) {
      const lockfile = read(textOf(format, file), kind, file);
      const { graph, placeOf, nodesAt } = lockGraphOf(lockfile, PARTS);
      for (const [node, { entry }] of graph.packages.entries()) {
        assert.equal(lockfile.entries[placeOf[node]!], entry);
        assert.ok(nodesAt(placeOf[node]!).includes(node));
      }
    }
  });
});
