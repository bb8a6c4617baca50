import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cvssScore } from '../../../../server/src/core/know/advisory/osv/cvss-score.ts';

test('the scores are those that the standards give as examples', () => {
  assert.equal(cvssScore('CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'), 9.8);
  assert.equal(cvssScore('CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N'), 6.1);
  assert.equal(cvssScore('CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N'), 9.3);
  assert.equal(cvssScore('CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N'), 0);
});

test('how far an exploit is known does not change a base score of version 3', () => {
  assert.equal(cvssScore('CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:U/RL:O'), 9.8);
});

test('what is no whole vector has no score', () => {
  for (const vector of [
    '',
    'CVSS:3.1/',
    'CVSS:3.1/AV:N',
    'CVSS:3.1/AV:Q/AC:L',
    'CVSS:2.0/AV:N',
    'AV:N/AC:L/Au:N/C:P/I:P/A:P',
  ]) {
    assert.equal(cvssScore(vector), undefined, vector);
  }
  assert.equal(cvssScore(`CVSS:4.0/${'AV:N/'.repeat(10_000)}`), undefined);
});
