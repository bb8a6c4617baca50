import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeTerm, reviewTerms } from '../../../../server/src/core/judge/policy/review/review-terms.ts';
import { readPolicy } from '../../../../server/src/core/read/policy-file/read-policy.ts';

const URI = 'file:///p/dependency-hygiene.json';
const read = (policy: object) => readPolicy(URI, JSON.stringify(policy));
const reason = 'because';

function review(before: object, after: object) {
  const { deny, allow, loosenings } = reviewTerms(read(before), read(after));
  return {
    deny: deny.map(describeTerm),
    allow: allow.map(describeTerm),
    loosened: loosenings.map(({ key, value, before: was }) => `${key} ${was ?? value}`),
  };
}

test('what a change no longer denies stays denied', () => {
  const before = {
    deny: [
      { name: 'a', range: '<2.0.0', reason },
      { license: 'GPL-*', reason },
    ],
  };
  assert.deepEqual(review(before, { deny: [{ name: 'a', range: '<1.0.0', reason }] }), {
    deny: ['a <1.0.0', 'a <2.0.0', 'license GPL-*'],
    allow: [],
    loosened: ['deny a <2.0.0', 'deny license GPL-*'],
  });
});

test('what a change allows does not count', () => {
  const before = { allow: [{ name: '@ours/*', reason }] };
  const after = {
    allow: [
      { name: ['@ours/a', '@ours/b*'], reason },
      { name: '*', reason },
      { license: 'MIT', reason },
    ],
  };
  assert.deepEqual(review(before, after), {
    deny: [],
    allow: ['@ours/a @ours/b*'],
    loosened: ['allow *', 'allow license MIT'],
  });
});

test('a change may deny more, and give another reason', () => {
  const before = { deny: [{ name: 'a', range: '^1.0.0', reason }], allow: [{ name: 'b', reason }] };
  const after = { deny: [{ name: ['a', 'c'], reason: 'another' }] };
  assert.deepEqual(review(before, after), { deny: ['a c'], allow: [], loosened: [] });
});

test('an entry for production alone, or without the unknown, denies less', () => {
  const before = { deny: [{ license: 'GPL-*', unknownLicense: true, reason }] };
  assert.deepEqual(review(before, { deny: [{ license: 'GPL-*', scope: 'production', reason }] }).loosened, [
    'deny license GPL-*, unknown',
  ]);
  assert.deepEqual(review(before, before).loosened, []);
  const narrow = { deny: [{ license: 'GPL-*', scope: 'production', reason }] };
  assert.deepEqual(review(narrow, before).loosened, []);
});
