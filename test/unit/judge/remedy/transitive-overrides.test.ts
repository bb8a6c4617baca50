import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseWorkspace } from '../../../workspace.ts';
import { advisory, changedBy, packageOf, remediesIn } from './remedy-harness.ts';
import { ADVISORIES, BAD, titles } from './transitive-project.ts';

describe('overrides of other package managers', () => {
  const bun = (version: string | undefined, lockfileVersion: number) => `-- package.json --
{
  "name": "shop",${version === undefined ? '' : `\n  "packageManager": "bun@${version}",`}
  "dependencies": { "a": "^1.0.0", "b": "^1.0.0" }
}
-- bun.lock --
{
  "lockfileVersion": ${lockfileVersion},
  "workspaces": { "": { "name": "shop", "dependencies": { "a": "^1.0.0", "b": "^1.0.0" } } },
  "packages": {
    "a": ["a@1.0.0", "", { "dependencies": { "min": "1.0.0" } }, ""],
    "b": ["b@1.0.0", "", { "dependencies": { "min": "^2.0.0" } }, ""],
    "min": ["min@1.0.0", "", {}, ""],
    "b/min": ["min@2.0.0", "", {}, ""],
  }
}
`;
  const registry = {
    min: packageOf({ '1.0.0': {}, '1.1.0': { at: '2026-01-02' }, '2.0.0': { at: '2026-01-04' } }),
  };

  test('Bun has keys with ranges since 1.4', async () => {
    assert.deepEqual(await titles(bun('1.4.5', 1), registry), ['Override min@^1 with ^1.1.0 in "overrides"']);
    assert.deepEqual(await titles(bun(undefined, 2), registry), [
      'Override min@^1 with ^1.1.0 in "overrides"',
    ]);
    assert.deepEqual(await titles(bun('1.3.5', 1), registry), []);
    assert.deepEqual(await titles(bun(undefined, 1), registry), []);
  });

  test('of Bun before 1.4 that cross a major version of others are a major step', async () => {
    const source = bun('1.3.5', 1)
      .replace('"min": "^2.0.0"', '"min": "^0.5.0"')
      .replace('min@2.0.0', 'min@0.5.0');
    const again = [advisory('min', 'GHSA-mmmm-mmmm-mmm2', [['0', '1.1.0']])];
    assert.deepEqual(await titles(source, undefined, again), [
      'Override min with ^1.1.0 in "overrides" (major; not looked up in the registry)',
    ]);
  });

  test('Bun before 1.4 overrides what it cannot update alone', async () => {
    const inRange = (version: string, format: number) =>
      bun(version, format)
        .replace('"min": "1.0.0"', '"min": "^1.0.0"')
        .replace('"min": "^2.0.0"', '"min": "^1.0.0"')
        .replace('    "b/min": ["min@2.0.0", "", {}, ""],\n', '');
    assert.deepEqual(await titles(inRange('1.4.5', 2), registry), ['Copy "bun update min --ignore-scripts"']);
    assert.deepEqual(await titles(inRange('1.3.5', 1), registry), [
      'Override min with ^1.1.0 in "overrides"',
    ]);
  });

  test('Bun before 1.4 has the command for what the project declares as well', async () => {
    const source = bun('1.3.5', 1)
      .replaceAll('"b": "^1.0.0"', '"min": "^1.0.0"')
      .replace('"min": "1.0.0"', '"min": "^1.0.0"')
      .replace(/ {4}"b(?:\/min)?": .*\n/g, '');
    const [remedy] = await remediesIn(source, BAD, { advisories: ADVISORIES, registry });
    const command = 'bun install --lockfile-only --ignore-scripts';
    // A raised range alone would leave the old version to the other dependents.
    assert.deepEqual(
      [remedy?.kind, remedy?.title, remedy?.command],
      ['override', 'min → ^1.1.0, and override min with ^1.1.0 in "overrides"', command],
    );
  });

  const pnpm = (workspace: string, version = '12.21.0') => `-- package.json --
{ "name": "shop", "packageManager": "pnpm@${version}", "dependencies": { "a": "^1.0.0" } }
${workspace === '' ? '' : `-- pnpm-workspace.yaml --\n${workspace}`}-- pnpm-lock.yaml --
lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      a:
        specifier: ^1.0.0
        version: 1.0.0

packages:

  a@1.0.0:
    resolution: {integrity: sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA==}

  min@1.0.0:
    resolution: {integrity: sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA==}

snapshots:

  a@1.0.0:
    dependencies:
      min: 1.0.0

  min@1.0.0: {}
`;
  const written = async (source: string, path: string) => {
    const [remedy] = await remediesIn(source, BAD, { advisories: ADVISORIES, registry });
    return remedy === undefined ? undefined : changedBy(remedy, parseWorkspace(source).files).get(path);
  };

  test('pnpm has them in pnpm-workspace.yaml, whatever that looks like', async () => {
    const forms: readonly (readonly [string, string])[] = [
      ['', 'overrides:\n  min: ^1.1.0\n'],
      ['packages: []\n', 'packages: []\n\noverrides:\n  min: ^1.1.0\n'],
      [
        'overrides:\n    # why\n    b: 1.0.0 # kept\n\nhoist: false\n',
        'overrides:\n    # why\n    b: 1.0.0 # kept\n    min: ^1.1.0\n\nhoist: false\n',
      ],
      ['overrides:\nhoist: false\n', 'overrides:\n  min: ^1.1.0\nhoist: false\n'],
      ['overrides: {}\n', 'overrides: { min: ^1.1.0 }\n'],
      ["overrides: { b: '1' }\n", "overrides: { b: '1', min: ^1.1.0 }\n"],
      ["overrides:\n  min: '1.0.0' # old\n", "overrides:\n  min: '1.1.0' # old\n"],
    ];
    for (const [before, after] of forms) {
      assert.equal(await written(pnpm(before), 'pnpm-workspace.yaml'), after);
    }
    assert.equal(await written(pnpm('overrides: [1]\n'), 'pnpm-workspace.yaml'), undefined);
    assert.equal(await written(pnpm('a: [\noverrides:\n'), 'pnpm-workspace.yaml'), undefined);
  });

  test('pnpm up to 10.4 has them in package.json', async () => {
    const text = await written(pnpm('', '9.15.9'), 'package.json');
    assert.deepEqual(JSON.parse(text!).pnpm, { overrides: { min: '^1.1.0' } });
  });

  test('pnpm declares ranges in the registry only: what it does not say is not taken for granted', async () => {
    assert.deepEqual(await titles(pnpm('')), [
      'Override min with ^1.1.0 in "overrides" of pnpm-workspace.yaml (not looked up in the registry)',
    ]);
    const a = packageOf({ '1.0.0': { dependencies: { min: '^1.0.0' } } });
    assert.deepEqual(await titles(pnpm(''), { ...registry, a }), ['Copy "pnpm update min --ignore-scripts"']);
  });
});
