import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COUNTING_BYTES, PULLING } from './capabilities.ts';
import { FOLDER, startClient } from './test-client.ts';

const MANIFEST = `${FOLDER}/package.json`;
const ASTRAL = '{ "description": "𝒮𝒽ö𝓅 ✓", "dependencies": { "lodahs": "^4.17.0", "é": "1.0.0" } }\n';

for (const [encoding, capabilities] of [
  ['utf-16', PULLING],
  ['utf-8', COUNTING_BYTES],
] as const) {
  test(`${encoding}: ranges are right behind characters of two, three and four bytes`, async () => {
    const client = await startClient({ files: { 'package.json': ASTRAL }, capabilities });
    assert.equal(client.initialized.capabilities.positionEncoding, encoding);
    await client.open(MANIFEST);
    const { items } = await client.pull(MANIFEST);
    const typo = items!.find(({ code }) => code === 'typosquat-name');
    assert.equal(client.slice(MANIFEST, typo!.range), '"lodahs"');
    await client.close();
  });

  test(`${encoding}: edits in the middle of such lines keep the server's text right`, async () => {
    const client = await startClient({ files: { 'package.json': ASTRAL }, capabilities });
    await client.open(MANIFEST);
    const replace = async (part: string, by: string) => {
      const at = client.textOf(MANIFEST).indexOf(part);
      await client.edit(MANIFEST, at, at + part.length, by);
    };
    await replace('𝓅 ✓', '✓𝒮');
    await replace('𝒮𝒽', 'é𝒽');
    await replace('lodahs', 'reacct');
    const { items } = await client.pull(MANIFEST);
    const typo = items!.find(({ code }) => code === 'typosquat-name');
    assert.equal(client.slice(MANIFEST, typo!.range), '"reacct"');

    const actions = await client.actions(MANIFEST, typo!.range);
    const rename = actions.find(({ title }) => title.includes('"react"'));
    client.apply(rename!.edit!);
    assert.match(client.textOf(MANIFEST), /"é𝒽ö✓𝒮", "dependencies": \{ "react": "\^4\.17\.0"/u);
    await client.close();
  });
}
