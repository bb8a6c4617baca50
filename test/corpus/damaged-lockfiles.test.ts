import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutUser } from '../unit/node/cli/run-command.ts';
import { readCorpus } from './corpus.ts';
import { damageLockfile } from './damage-campaign.ts';

const rows = readCorpus();
if (rows.length === 0) console.log('no corpus');

withoutUser();
for (const row of rows) {
  test(`${row.folder}: no damage of its lockfile is called clean`, async () => {
    const { damaged, projects, faults } = await damageLockfile(row, 1, 1);
    assert.deepEqual(faults, []);
    assert.ok(damaged >= 5 && projects >= 1, `${damaged} ${projects}`);
  });
}
