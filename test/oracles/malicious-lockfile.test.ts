import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openFiles } from '../workspace.ts';
import { tableRows } from './advisory-data.ts';

const DATA = join(import.meta.dirname, '../../server/data/advisories.bin');
const incidents = tableRows('compromised-incidents.tsv');

if (incidents.length === 0) console.log('no data beside the checkout: no lockfile of incidents is checked');
else {
  test('a lockfile that has every hijacked release reports each as malware, offline', async () => {
    const packages: Record<string, object> = { '': { name: 'shop' } };
    for (const [at, [, , name = '', version = '']] of incidents.entries()) {
      packages[`node_modules/bundle-${at}`] = { version: '1.0.0' };
      packages[`node_modules/bundle-${at}/node_modules/${name}`] = { version };
    }
    const files = new Map([
      ['package.json', '{ "name": "shop" }'],
      ['package-lock.json', JSON.stringify({ lockfileVersion: 3, packages })],
    ]);
    const workspace = await openFiles(files, { advisories: readFileSync(DATA) });
    const errors = workspace.findings('malicious-version').filter(({ severity }) => severity === 'error');
    const reported = new Set(errors.map(({ package: name, version }) => `${name} ${version}`));
    const missed = incidents.filter(([, , name, version]) => !reported.has(`${name} ${version}`));
    assert.deepEqual(missed, []);
  });
}
