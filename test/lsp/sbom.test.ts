import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FOLDER, startClient } from './test-client.ts';

const MANIFEST = '{ "name": "shop", "dependencies": { "a": "^1.0.0" } }';
const lockfileOf = (version: string) => `{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "a": "^1.0.0" } },
    "node_modules/a": { "version": "${version}" }
  }
}
`;
const SBOM = `{
  "bomFormat": "CycloneDX",
  "components": [{ "type": "library", "name": "a", "version": "1.0.0", "purl": "pkg:npm/a@1.0.0" }]
}
`;

test('a bill of materials that is open is compared with the lockfile as it is edited', async () => {
  const client = await startClient({
    files: {
      'package.json': MANIFEST,
      'package-lock.json': lockfileOf('1.0.0'),
      'dependency-hygiene.json': '{ "rules": { "sbom-stale": "warning" } }',
      'bom.json': SBOM,
    },
  });
  await client.open(`${FOLDER}/bom.json`, SBOM);
  const found = async () => {
    const { items = [] } = await client.pull(`${FOLDER}/bom.json`);
    return items.map(({ code, message }) => `${code}: ${message}`);
  };
  assert.deepEqual(await found(), []);
  await client.open(`${FOLDER}/package-lock.json`, lockfileOf('1.1.0'));
  assert.deepEqual(await found(), [
    'sbom-stale: a 1.0.0 in bom.json is outdated, as the lockfile has 1.1.0. Run "dephygiene sbom --output bom.json".',
  ]);
  await client.close();
});
