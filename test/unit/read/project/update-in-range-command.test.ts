import assert from 'node:assert/strict';
import { test } from 'node:test';
import { updateInRangeCommand } from '../../../../server/src/core/read/project/manager/update-in-range-command.ts';
import { openWorkspace } from '../../../workspace.ts';

test('pnpm updates a dependency of any member, also of one that only the lockfile has', async () => {
  const command = async (importers: readonly string[]) => {
    const lock = `lockfileVersion: '9.0'\n\nimporters:\n${importers.map((path) => `\n  ${path}: {}\n`).join('')}`;
    const workspace = await openWorkspace(
      `-- package.json --\n{ "name": "shop", "packageManager": "pnpm@10.0.0" }\n-- pnpm-lock.yaml --\n${lock}`,
    );
    return updateInRangeCommand(workspace.snapshot.projects[0]!.project, 'left');
  };
  assert.equal(await command(['.']), 'pnpm update left --ignore-scripts');
  assert.equal(await command(['.', 'submodules/a']), 'pnpm update -r left --ignore-scripts');
});
