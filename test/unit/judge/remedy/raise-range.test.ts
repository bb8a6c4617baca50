import assert from 'node:assert/strict';
import { test } from 'node:test';
import { raiseRange } from '../../../../server/src/core/judge/remedy/raise-range.ts';

const RANGES: readonly (readonly [declared: string, version: string, expected: string | undefined])[] = [
  ['^1.2.0', '1.2.8', '^1.2.8'],
  ['~1.2.0', '1.2.8', '~1.2.8'],
  ['>=1.2.0', '1.2.8', '>=1.2.8'],
  ['1.2.5', '1.2.8', '1.2.8'],
  ['=1.2.5', '1.2.8', '=1.2.8'],
  ['^1', '1.2.8', '^1.2.8'],
  ['^1.2', '1.2.8', '^1.2.8'],
  ['~1', '1.2.8', '~1.2.8'],
  ['1', '1.2.8', '^1.2.8'],
  ['1.x', '1.2.8', '^1.2.8'],
  ['1.2.x', '1.2.8', '~1.2.8'],
  ['1.2', '1.2.8', '~1.2.8'],
  ['^1.2.0', '2.0.0', '^2.0.0'],
  ['1.x', '2.0.0', '2.x'],
  ['npm:min@^1.2.0', '1.2.8', 'npm:min@^1.2.8'],
  ['npm:^1.2.0', '1.2.8', 'npm:^1.2.8'],
  ['npm:@s/min@1.x', '1.2.8', 'npm:@s/min@^1.2.8'],
  ['^1.2.5', '1.2.4', '1.2.4'],
  ['npm:min@^1.2.5', '1.2.4', 'npm:min@1.2.4'],
  ['*', '1.2.8', undefined],
  ['latest', '1.2.8', undefined],
  ['^1.0.0 || ^2.0.0', '1.2.8', undefined],
  ['>=1.0.0 <3', '1.2.8', undefined],
  ['latest', '1.2.4', undefined],
];

for (const [declared, version, expected] of RANGES) {
  test(`${declared} without 1.2.5 and from ${version} on is ${expected}`, () => {
    assert.equal(raiseRange(declared, version, '1.2.5'), expected);
  });
}
