import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_POLICY } from '../../../../server/src/core/read/policy-file/read-policy.ts';
import { isFixtureFile } from '../../../../server/src/core/read/project/fixture-files.ts';
import type { Uri } from '../../../../server/src/core/read/text/paths/uri.ts';

const uri = (path: string) => `file:///w${path}` as Uri;

function fixtures(checkedFolder: string, globs?: readonly string[]) {
  const policy = { ...DEFAULT_POLICY, fixtures: globs };
  return (path: string) =>
    isFixtureFile({ policy, policyBase: uri(''), checkedFolder: uri(checkedFolder) }, uri(path));
}

test('fixtures, examples, templates and benchmarks are known by their folders', () => {
  const is = fixtures('');
  for (const path of [
    '/test/fixtures/a/package.json',
    '/packages/x/__fixtures__/yarn.lock',
    '/packages/x/.fixtures/a/yarn.lock',
    '/__tests__/data/npm/package.json',
    '/internal/testdata/a/package.json',
    '/examples/next/package.json',
    '/packages/create/template-react/package.json',
    '/packages/cli/templates/app/package-lock.json',
    '/benchmarks/package.json',
    '/boilerplate/package.json',
    '/app/tests/mock_packages/a/package.json',
    '/test/mocks/package.json',
  ])
    assert.equal(is(path), true, path);
  for (const path of [
    '/package.json',
    '/packages/examples-kit/package.json',
    '/fixtures.json',
    '/src/test/x.json',
    '/mock-server/package.json',
    '/nestjs-boilerplate/package.json',
  ])
    assert.equal(is(path), false, path);
});

test('the folder that is checked never is one, and what lies below may be', () => {
  const is = fixtures('/examples/next');
  assert.equal(is('/examples/next/package.json'), false);
  assert.equal(is('/examples/next/test/fixtures/package.json'), true);
  const own = fixtures('/examples/next', ['examples/**', '**/demo/**']);
  assert.equal(own('/examples/next/package.json'), false);
  assert.equal(own('/examples/next/demo/package.json'), true);
});

test('the configuration names others instead', () => {
  const is = fixtures('', ['playground/**']);
  assert.equal(is('/playground/a/package.json'), true);
  assert.equal(is('/examples/a/package.json'), false);
  assert.equal(fixtures('', [])('/examples/a/package.json'), false);
});
