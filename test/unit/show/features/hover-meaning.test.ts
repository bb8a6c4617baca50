import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Fact } from '../../../../server/src/core/know/registry/documents/fact.ts';
import type { Packument } from '../../../../server/src/core/know/registry/documents/packument.ts';
import { plain } from './hover-harness.ts';

const PENDING: Fact<Packument> = { state: 'pending' };
const URL = 'https://npm.acme.example.test/';

const lines = async (...parameters: Parameters<typeof plain>) =>
  (await plain(...parameters))?.split('\n') ?? [];
const registryOf = async (source: string, needle: string, options?: Parameters<typeof plain>[3]) =>
  (await lines(source, needle, PENDING, options))
    .find((line) => line.startsWith('Registry'))
    ?.replace(/^Registry +/, '');

describe('what a dependency means', () => {
  test('by a catalog, with the line that says it', async () => {
    const source = `-- package.json --
{ "packageManager": "pnpm@11.0.0", "dependencies": { "a": "catalog:" } }
-- pnpm-workspace.yaml --
catalog:
  b: ^1.0.0
  a: npm:real@^1.2.3
`;
    const [, header] = await lines(source, '"a"', PENDING);
    assert.equal(
      header,
      'a an alias of real · no lockfile · declares catalog: · means npm:real@^1.2.3 (pnpm-workspace.yaml line 3)',
    );
  });

  test('by an override, with its line in package.json', async () => {
    const source = `-- package.json --
{
  "packageManager": "yarn@4.18.1",
  "resolutions": { "a": "1.5.0" },
  "workspaces": ["m"]
}
-- m/package.json --
{ "name": "m", "dependencies": { "a": "^1.0.0" } }
`;
    const [, header] = await lines(source, '"a"', PENDING, { path: 'm/package.json' });
    assert.match(header ?? '', /declares \^1\.0\.0 · means 1\.5\.0 \(package\.json line 3\)/);
  });

  test('nothing, where pnpm takes it out', async () => {
    const source = `-- package.json --
{ "packageManager": "pnpm@11.0.0", "dependencies": { "a": "^1.0.0" } }
-- pnpm-workspace.yaml --
overrides:
  a: '-'
`;
    const [, header] = await lines(source, '"a"', PENDING);
    assert.match(header ?? '', /means nothing, as an override removes it \(pnpm-workspace\.yaml line 2\)/);
  });

  test('a folder, by a catalog', async () => {
    const source = `-- package.json --
{ "packageManager": "bun@1.4.5", "catalog": { "a": "file:./a" }, "dependencies": { "a": "catalog:" } }
`;
    assert.ok(
      (await lines(source, '"a": "catalog', PENDING)).includes('Source       a local folder: file:./a'),
    );
  });
});

describe('which registry serves it, and which line says so', () => {
  const shop = (manager: string) =>
    `-- package.json --\n{ "packageManager": "${manager}", "dependencies": { "@acme/ui": "1", "left": "1" } }\n`;
  const served = (by: string) => `served by npm.acme.example.test (${by}); this name is sent nowhere else`;

  test('in .yarnrc.yml', async () => {
    const source = `${shop('yarn@4.18.1')}-- .yarnrc.yml --\n# ours\nnpmScopes:\n  acme:\n    npmRegistryServer: "${URL}"\n`;
    assert.equal(await registryOf(source, '"@acme/ui"'), served('.yarnrc.yml line 4'));
    assert.equal(await registryOf(source, '"left"'), "the public npm registry (Yarn's default)");
  });

  test('in .yarnrc, pnpm-workspace.yaml and bunfig.toml', async () => {
    const classic = `${shop('yarn@1.22.22')}-- .yarnrc --\n"@acme:registry" "${URL}"\n`;
    assert.equal(await registryOf(classic, '"@acme/ui"'), served('.yarnrc line 1'));
    const pnpm = `${shop('pnpm@11.0.0')}-- pnpm-workspace.yaml --\nregistries:\n  '@acme': ${URL}\n`;
    assert.equal(await registryOf(pnpm, '"@acme/ui"'), served('pnpm-workspace.yaml line 2'));
    const bun = `${shop('bun@1.4.5')}-- bunfig.toml --\n[install.scopes]\nacme = "${URL}"\n`;
    assert.equal(await registryOf(bun, '"@acme/ui"'), served('bunfig.toml line 2'));
  });

  test('nowhere: which files could say it', async () => {
    const words = async (manager: string) => registryOf(shop(manager), '"@acme/ui"');
    const rule = (manager: string, files: string) =>
      `the public npm registry (${manager}'s default; no rule for @acme in ${files})`;
    assert.equal(await words('yarn@4.18.1'), rule('Yarn', '.yarnrc.yml'));
    assert.equal(await words('yarn@1.22.22'), rule('Yarn', '.npmrc or .yarnrc'));
    assert.equal(await words('pnpm@11.0.0'), rule('pnpm', '.npmrc or pnpm-workspace.yaml'));
    assert.equal(await words('bun@1.4.5'), rule('Bun', '.npmrc or bunfig.toml'));
  });

  test('in a folder that is not trusted it is told, and not used', async () => {
    const source = `${shop('yarn@4.18.1')}-- .yarnrc.yml --\nnpmRegistryServer: "${URL}"\n`;
    assert.equal(
      await registryOf(source, '"left"', { trusted: false }),
      'npm.acme.example.test (.yarnrc.yml line 1); it is not used',
    );
  });
});
