import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  isPermitted,
  parseLicense,
} from '../../../../../server/src/core/judge/policy/terms/license-expression.ts';

const permits = (text: string, ...ids: readonly string[]) => {
  const expression = parseLicense(text);
  return expression === undefined
    ? undefined
    : isPermitted(expression, (names) => names.some((one) => ids.includes(one)));
};

test('a choice is permitted if one of its licenses is, a combination if each is', () => {
  assert.equal(permits('MIT', 'MIT'), true);
  assert.equal(permits('(MIT OR GPL-3.0-only)', 'MIT'), true);
  assert.equal(permits('MIT and GPL-3.0-only', 'MIT'), false);
  // AND binds more strongly.
  assert.equal(permits('MIT OR ISC AND GPL-2.0+', 'ISC', 'GPL-2.0+'), true);
  assert.equal(permits('(MIT OR ISC) AND GPL-2.0+', 'MIT'), false);
  assert.equal(permits('Apache-2.0 WITH LLVM-exception', 'Apache-2.0'), true);
});

test('an exception belongs to its license, which can be named with and without it', () => {
  const stated = 'GPL-2.0-only WITH Classpath-exception-2.0';
  assert.equal(permits(stated, stated), true);
  assert.equal(permits(stated, 'GPL-2.0-only'), true);
  assert.equal(permits('GPL-2.0-only', stated), false);
  assert.equal(permits('Apache-2.0 WITH', 'Apache-2.0'), undefined);
});

test('the GNU licenses have names of before and after SPDX 3.0', () => {
  assert.equal(permits('GPL-2.0', 'GPL-2.0-only'), true);
  assert.equal(permits('GPL-2.0-only', 'GPL-2.0'), true);
  assert.equal(permits('LGPL-3.0+', 'LGPL-3.0-or-later'), true);
  assert.equal(permits('AGPL-3.0-or-later', 'AGPL-3.0+'), true);
  assert.equal(permits('GPL-2.0-or-later', 'GPL-2.0'), false);
  assert.equal(permits('MPL-2.0', 'MPL-2.0-only'), false);
});

test('free text and broken expressions are unknown', () => {
  for (const text of [
    'SEE LICENSE IN LICENSE.md',
    'Apache License 2.0',
    '(MIT',
    'MIT OR',
    'MIT)',
    'WITH MIT',
    'MIT/X11',
    '',
    '('.repeat(400),
  ])
    assert.equal(parseLicense(text), undefined, text);
});
