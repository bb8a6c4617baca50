import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCampaign } from './campaign.ts';
import { FAMILIES } from './source.ts';

/**
 * Changed lockfiles of every format: none makes a reader throw or hang, or is called checked although another parser
 * cannot read it, reads something else, or finds that something is missing. `node test/fuzz/run.ts` tries more of them.
 */
const SEED = 20261124;
const CASES = 40_000;

const result = await runCampaign({ seed: SEED, cases: CASES });

for (const family of FAMILIES) {
  test(`changed lockfiles of ${family}`, () => {
    const { cases, statuses, failures } = result[family];
    assert.deepEqual(failures, []);
    assert.ok(cases > 1000, `${cases} cases`);
    // Otherwise the changes would be too rough or too slight to test anything.
    for (const status of ['checked', 'partial', 'unreadable', 'unsupported'] as const) {
      assert.ok((statuses[status] ?? 0) > 0, `of ${cases} none is ${status}`);
    }
  });
}

test('at least 20,000 are tried', () => {
  assert.ok(FAMILIES.reduce((sum, family) => sum + result[family].cases, 0) >= 20_000);
});
