import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCampaign } from './campaign.ts';

/**
 * Changed entries of every lockfile format: `check` and `diff` miss none that fetches something else. `npm run
 * test:long` tries many more.
 */
test('no change of what is fetched, accepted or named is silent', async () => {
  const { cases, differing, silent } = await runCampaign(20261128, 0, 800);
  assert.deepEqual(
    silent.map((one) => `${one.number}: ${one.in} ${one.case.format} ${one.case.changes.join(' + ')}`),
    [],
  );
  // Otherwise the changes would test nothing.
  assert.ok(differing > cases / 2, `${differing} of ${cases}`);
});
