import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fixOf, openWorkspace } from '../../../workspace.ts';
import { advisory } from './remedy-harness.ts';

const ADVISORIES = [advisory('min', 'GHSA-mmmm-mmmm-mmm2', [['0', '1.2.6']])];
const MESSAGE =
  'The override of "min" is not needed: all dependents already ask for versions without known vulnerabilities. Remove it.';

function npm(override: object, declared: string, locked = '1.2.8', more = ''): string {
  return `-- package.json --
{
  "name": "shop",
  "dependencies": { "a": "^1.0.0"${more} },
  "overrides": ${JSON.stringify(override)}
}
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "a": "^1.0.0"${more} } },
    "node_modules/a": { "version": "1.0.0", "dependencies": { "min": "${declared}" } },
    "node_modules/min": { "version": "${locked}" }
  }
}
`;
}

async function hints(source: string, advisories: readonly object[] = ADVISORIES): Promise<readonly string[]> {
  const workspace = await openWorkspace(source, { advisories });
  return workspace.findings('override-invalid').map(({ severity, message }) => `${severity} ${message}`);
}

describe('an override for a fixed version', () => {
  test('is no longer needed where all that it decides asks for fixed versions itself', async () => {
    assert.deepEqual(await hints(npm({ min: '1.2.6' }, '^1.2.6', '1.2.6')), [`hint ${MESSAGE}`]);
    assert.deepEqual(await hints(npm({ min: '^1.2.6' }, '^1.2.7')), [`hint ${MESSAGE}`]);
    assert.deepEqual(await hints(npm({ a: { min: '1.2.6' } }, '^1.2.6', '1.2.6')), [`hint ${MESSAGE}`]);
    assert.deepEqual(await hints(npm({ 'min@^1': '1.2.6' }, '^1.2.6', '1.2.6')), [`hint ${MESSAGE}`]);
  });

  test('is needed while a range takes in an affected version, or not the locked one', async () => {
    assert.deepEqual(await hints(npm({ min: '1.2.6' }, '^1.2.0', '1.2.6')), []);
    assert.deepEqual(await hints(npm({ min: '1.2.6' }, '*', '1.2.6')), []);
    assert.deepEqual(await hints(npm({ min: '1.2.6' }, '^1.3.0', '1.2.6')), []);
    assert.deepEqual(await hints(npm({ min: '1.2.6' }, 'latest', '1.2.6')), []);
  });

  test('may have another reason: where it begins with no fixed version, or nothing is known of the package', async () => {
    assert.deepEqual(await hints(npm({ min: '1.2.8' }, '^1.2.6')), []);
    assert.deepEqual(await hints(npm({ min: '1.2.6' }, '^1.2.6', '1.2.6'), []), []);
    const again = [...ADVISORIES, advisory('min', 'GHSA-mmmm-mmmm-mmm3', [['1.2.6', '1.2.7']])];
    assert.deepEqual(await hints(npm({ min: '1.2.6' }, '^1.2.6', '1.2.6'), again), []);
  });

  test('is not judged for pnpm, whose lockfile does not keep what packages declare', async () => {
    const source = `-- package.json --
{ "name": "shop", "dependencies": { "a": "^1.0.0" } }
-- pnpm-workspace.yaml --
overrides:
  min: 1.2.6
-- pnpm-lock.yaml --
lockfileVersion: '9.0'

overrides:
  min: 1.2.6

importers:

  .:
    dependencies:
      a:
        specifier: ^1.0.0
        version: 1.0.0

packages:

  a@1.0.0:
    resolution: {integrity: sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA==}

  min@1.2.6:
    resolution: {integrity: sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA==}

snapshots:

  a@1.0.0:
    dependencies:
      min: 1.2.6

  min@1.2.6: {}
`;
    assert.deepEqual(await hints(source), []);
  });

  test('goes with its line', async () => {
    const source = npm({ min: '1.2.6', b: '$a' }, '^1.2.6', '1.2.6');
    const after = await fixOf(source, 'override-invalid', /^Remove the override of "min"$/, {
      advisories: ADVISORIES,
    });
    assert.match(after, /"overrides": \{\s*"b":\s*"\$a"\s*\}/);
  });
});
