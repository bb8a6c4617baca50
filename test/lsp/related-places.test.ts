import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StatusParams } from '../../server/src/lsp/messages.ts';
import { osv } from '../unit/judge/rules/osv.ts';
import { indexOf } from '../workspace.ts';
import { FOLDER, startClient } from './test-client.ts';

const MANIFEST = `${FOLDER}/package.json`;
const DEPENDENCIES = { weak: '1.0.0' };
const manifest = `${JSON.stringify({ private: true, dependencies: DEPENDENCIES }, undefined, 2)}\n`;
const lockfile = JSON.stringify({
  lockfileVersion: 3,
  packages: { '': { dependencies: DEPENDENCIES }, 'node_modules/weak': { version: '1.0.0' } },
});

/** Returns the URIs of the places that the vulnerable version leads to. */
async function placesOf(files: Readonly<Record<string, string>>): Promise<readonly string[] | undefined> {
  const client = await startClient({
    files,
    initializationOptions: { status: true },
    ports: {
      advisories: () =>
        indexOf([
          osv('GHSA-2222-3333-4444', 'weak', '0 1.2.0'),
          osv('GHSA-3333-4444-5555', 'weak', '0 1.3.0'),
        ]),
    },
  });
  await client.open(MANIFEST);
  await client.pull(MANIFEST);
  await client.until(() => (client.statuses.at(-1) as StatusParams | undefined)?.working === false);
  const { items = [] } = await client.pull(MANIFEST);
  await client.close();
  const found = items.find(({ code }) => code === 'vulnerable-dependency');
  assert.ok(found);
  return found.relatedInformation?.map(({ location }) => location.uri);
}

test('a finding leads to the entry of the lockfile, and never to its own place', async () => {
  assert.deepEqual(await placesOf({ 'package.json': manifest, 'package-lock.json': lockfile }), [
    `${FOLDER}/package-lock.json`,
  ]);
  assert.equal(await placesOf({ 'package.json': manifest }), undefined);
});
