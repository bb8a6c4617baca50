import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkJson, MIRROR, makeProject } from './run-cli.ts';

const INTEGRITY = `sha512-${'A'.repeat(86)}==`;
const HEADS = {
  "'9.0'": 'importers:\n\n  .: {}\n',
  "'6.0'": '',
  '5.4': 'specifiers: {}\n',
} as const;

/** Returns the reports about one key in a file of a version. */
function corrupt(version: keyof typeof HEADS, key: string): readonly string[] {
  const entry = `\npackages:\n\n  '${key}':\n    resolution: {integrity: ${INTEGRITY}}\n    dev: false\n`;
  const snapshots = version === "'9.0'" ? `\nsnapshots:\n\n  '${key}': {}\n` : '';
  return checkJson(
    makeProject({
      'package.json': { name: 'shop' },
      'pnpm-lock.yaml': `lockfileVersion: ${version}\n\n${HEADS[version]}${entry}${snapshots}`,
      'dependency-hygiene.json': MIRROR,
    }),
  )
    .findings.filter(({ rule }) => rule === 'lockfile-corrupt')
    .map(({ message }) => message);
}

test("a key of another version's notation is said to be that", () => {
  const others = [
    ["'9.0'", '/is-positive@3.1.0'],
    ["'9.0'", '/is-positive/3.1.0'],
    ["'9.0'", '/@s/p@1.0.0'],
    ["'9.0'", '/@s/p/1.0.0'],
    ["'6.0'", '/is-positive/3.1.0'],
    ['5.4', '/is-positive@3.1.0'],
    ['5.4', 'is-positive@3.1.0'],
  ] as const;
  for (const [version, key] of others) {
    const [message, ...rest] = corrupt(version, key);
    assert.match(
      message ?? '',
      /is in the notation of another version of pnpm-lock\.yaml/,
      `${version} ${key}`,
    );
    assert.deepEqual(rest, []);
  }
  assert.deepEqual(corrupt("'9.0'", 'is-positive@3.1.0'), []);
});

test('a key that leads elsewhere still is said to do that', () => {
  for (const key of ['/../../x@1.0.0', '../x@1.0.0', '/x/../../y@1.0.0']) {
    assert.match(corrupt("'9.0'", key).join(), /leads out of node_modules/, key);
  }
});
