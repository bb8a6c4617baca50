import assert from 'node:assert/strict';
import { test } from 'node:test';
import { moveRange } from '../../../../server/src/core/read/manifest/move-range.ts';

test('operator, prefix, precision and wildcards stay', () => {
  const moved: Readonly<Record<string, string>> = {
    '1.0.0': '2.5.1',
    '^1.0.0': '^2.5.1',
    '~1.0.0': '~2.5.1',
    '~> 1.0.0': '~> 2.5.1',
    '>=1.0.0': '>=2.5.1',
    '=v1.0.0': '=v2.5.1',
    v1: 'v2',
    '^1': '^2',
    '^1.0': '^2.5',
    '1.x': '2.x',
    '1.0.x': '2.5.x',
    '1.*': '2.*',
    '^1.0.0-rc.1': '^2.5.1',
    '1.0.0+build': '2.5.1',
    ' ^1.0.0 ': '^2.5.1',
    'npm:^1.0.0': 'npm:^2.5.1',
    'npm:left-pad@^1.0.0': 'npm:left-pad@^2.5.1',
    'npm:@acme/pad@1.0': 'npm:@acme/pad@2.5',
    'NPM:left-pad@1.0.0': 'NPM:left-pad@2.5.1',
  };
  for (const [declared, expected] of Object.entries(moved)) {
    assert.equal(moveRange(declared, '2.5.1'), expected, declared);
  }
});

test('what has no single version to move stays as it is', () => {
  for (const declared of [
    ...['', '*', 'x', 'latest', 'next', '^1 || ^2', '>=1 <2', '1.0.0 - 1.5.0', '<2.0.0', '>1.0.0', '<=1.0.0'],
    ...[
      'npm:left-pad',
      'npm:left-pad@latest',
      'npm:@acme/pad',
      'workspace:^1.0.0',
      'github:a/b#v1.0.0',
      '1.0.0.0',
    ],
  ]) {
    assert.equal(moveRange(declared, '2.5.1'), undefined, declared);
  }
});

test('a prerelease is written only where the whole version stands', () => {
  assert.equal(moveRange('^1.0.0', '2.0.0-rc.1'), '^2.0.0-rc.1');
  assert.equal(moveRange('^1', '2.0.0-rc.1'), undefined);
  assert.equal(moveRange('1.x', '2.0.0-rc.1'), undefined);
  assert.equal(moveRange('^1.0.0', 'no version'), undefined);
});
