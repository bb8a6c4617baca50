import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aboutOf } from '../../../../server/src/core/judge/exposure/about-advisory.ts';
import { weaknessName } from '../../../../server/src/core/know/advisory/osv/weakness-name.ts';

test('a weakness has its official name', () => {
  assert.equal(weaknessName(['CWE-1333']), 'Inefficient Regular Expression Complexity');
  assert.equal(weaknessName(['CWE-999999', 'CWE-23']), 'Relative Path Traversal');
  assert.equal(weaknessName([]), undefined);
  assert.equal(weaknessName(['CWE-23 ', 'x']), undefined);
});

test('an advisory is about its title, else its weakness', () => {
  assert.equal(
    aboutOf({ title: ' Prototype Pollution in x ', cwes: ['CWE-23'] }),
    'Prototype Pollution in x',
  );
  assert.equal(aboutOf({ title: ' ', cwes: ['CWE-23'] }), 'Relative Path Traversal');
  assert.equal(aboutOf({ title: undefined, cwes: [] }), undefined);
});
