import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { SIGNS, type Sign } from '../../../../server/src/core/know/capabilities/capability.ts';
import { CAPABILITY_NAMES, describeSign } from '../../../../server/src/core/know/capabilities/describe.ts';

test('the page has every sign with its weight, and no other', () => {
  const page = readFileSync(
    path.join(import.meta.dirname, '../../../../server/docs/capabilities.md'),
    'utf8',
  );
  const documented = page.split('\n').filter((line) => /^\| [a-z].* \| \d \| [a-z]/.test(line));
  const expected = Object.entries(SIGNS).map(
    ([sign, { weight, takes }]) =>
      `| ${describeSign(sign as Sign)} | ${weight} | ${takes.map((one) => CAPABILITY_NAMES[one]).join(', ')} |`,
  );
  assert.deepEqual(documented.toSorted(), expected.toSorted());
});
