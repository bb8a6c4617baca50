import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openWorkspace } from '../../../workspace.ts';
import { HASH, manifest, messages, RULE } from './out-of-sync.ts';

describe('Bun, which asks whether other packages would be locked', () => {
  const bun = (
    dependencies: Record<string, string>,
  ) => `${manifest({ name: 'shop', dependencies })}-- bun.lock --
{
  "lockfileVersion": 1,
  "workspaces": {
    "": {
      "name": "shop",
      "dependencies": { "left": "npm:real@^5.0.0", "ms": "^2.1.0", "tagged": "latest" },
    },
  },
  "packages": {
    "left": ["real@5.0.1", "", {}, "${HASH}"],
    "ms": ["ms@2.1.3", "", {}, "${HASH}"],
    "tagged": ["tagged@2.0.5", "", {}, "${HASH}"],
  }
}
`;
  const found = async (dependencies: Record<string, string>) =>
    (await openWorkspace(bun(dependencies)))
      .findings(RULE)
      .map(({ severity, message }) => `${severity}: ${message}`);

  test('another range, that the locked version fits', async () => {
    assert.deepEqual(await found({ ms: '^2.0.0', left: 'npm:real@^5.0.1', tagged: '*' }), [
      'information: "ms" is "^2.0.0" here but "^2.1.0" in bun.lock. bun install --frozen-lockfile still installs 2.1.3, which fits. Update the lockfile to record it.',
      'information: "left" is "npm:real@^5.0.1" here but "npm:real@^5.0.0" in bun.lock. bun install --frozen-lockfile still installs 5.0.1, which fits. Update the lockfile to record it.',
      'information: "tagged" is "*" here but "latest" in bun.lock. bun install --frozen-lockfile still installs 2.0.5, which fits. Update the lockfile to record it.',
    ]);
  });

  test('what is not locked', async () => {
    assert.deepEqual(await found({ ms: '^3.0.0', left: 'npm:other@^5.0.0', new: '^1.0.0', tagged: 'next' }), [
      'warning: "ms" is "^3.0.0" here but "^2.1.0" in bun.lock. bun install --frozen-lockfile fails, as 2.1.3 is locked. Update the lockfile.',
      'warning: "left" is "npm:other@^5.0.0" here but "npm:real@^5.0.0" in bun.lock. bun install --frozen-lockfile fails, as real 5.0.1 is locked. Update the lockfile.',
      'warning: "new" is not declared in bun.lock. bun install --frozen-lockfile fails, as no version is locked. Update the lockfile.',
      'warning: "tagged" is "next" here but "latest" in bun.lock. Update the lockfile.',
    ]);
  });

  test('a version that is locked under another name', async () => {
    assert.deepEqual(await found({ real: '^5.0.0' }), [
      'warning: "real" is not declared in bun.lock. Update the lockfile.',
    ]);
  });
});

describe('members in a bun.lock of Bun 1.1', () => {
  const workspace = (
    declared: string,
    locked: string,
  ) => `${manifest({ name: 'shop', workspaces: ['packages/*'] })}-- packages/a/package.json --
{ "name": "a", "dependencies": { "b": "${declared}" } }
-- packages/b/package.json --
{ "name": "b", "version": "1.0.0" }
-- packages/c/package.json --
{ "name": "c", "version": "1.0.0" }
-- bun.lock --
{
  "lockfileVersion": 0,
  "workspaces": {
    "": { "name": "shop" },
    "packages/a": { "name": "a", "dependencies": { "b": "${locked}" } },
    "packages/b": { "name": "b", "version": "1.0.0" },
    "packages/c": { "name": "c", "version": "1.0.0" },
  },
  "packages": {
    "a": ["a@workspace:packages/a", { "dependencies": { "b": "${locked}" } }],
    "b": ["b@workspace:packages/b", {}],
    "c": ["c@workspace:packages/c", {}],
  }
}
`;

  test('their path stands for what asks for them', async () => {
    assert.deepEqual(await messages(workspace('workspace:*', 'packages/b')), []);
    assert.deepEqual(await messages(workspace('workspace:*', 'workspace:*')), []);
    assert.deepEqual(await messages(workspace('^1.0.0', 'packages/b')), []);
  });

  test("another member's path, or one for something else, does not", async () => {
    assert.equal((await messages(workspace('workspace:*', 'packages/c'))).length, 1);
    assert.equal((await messages(workspace('^2.0.0', 'packages/b'))).length, 1);
  });
});
