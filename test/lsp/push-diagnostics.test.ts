import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PUSHED } from './capabilities.ts';
import { FOLDER, startClient } from './test-client.ts';

const MANIFEST = `${FOLDER}/package.json`;
const TYPO = '{\n  "dependencies": {\n    "lodahs": "^4.17.0"\n  }\n}\n';

test('a client that does not ask is sent the diagnostics of open documents, each set once', async () => {
  const client = await startClient({ files: { 'package.json': TYPO }, capabilities: PUSHED });
  assert.equal(client.initialized.capabilities.diagnosticProvider, undefined);
  await client.open(MANIFEST);
  await client.until(() => client.published.length === 1);
  const [first] = client.published;
  assert.equal(first!.uri, MANIFEST);
  assert.equal(first!.version, 1);
  const typo = first!.diagnostics.find(({ code }) => code === 'typosquat-name');
  assert.equal(client.slice(MANIFEST, typo!.range), '"lodahs"');
  assert.ok(first!.diagnostics.every((item) => item.relatedInformation === undefined));
  assert.ok(first!.diagnostics.every((item) => item.codeDescription === undefined));

  const end = client.textOf(MANIFEST).length;
  await client.edit(MANIFEST, end, end, '\n');
  const name = client.textOf(MANIFEST).indexOf('lodahs');
  await client.edit(MANIFEST, name, name + 6, 'lodash');
  await client.until(() => client.published.length === 2);
  const second = client.published[1]!;
  assert.equal(second.version, 3);
  assert.ok(!second.diagnostics.some(({ code }) => code === 'typosquat-name'));

  await client.edit(MANIFEST, name, name + 6, 'lodahs');
  await client.until(() => client.published.length === 3);
  await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: MANIFEST } });
  await client.until(() => client.published.length === 4);
  assert.deepEqual(client.published[3], { uri: MANIFEST, diagnostics: [] });
  assert.equal(client.registrations.size, 0);
  assert.equal(client.refreshes, 0);
  await client.close();
});

test('of changes that come in one go only the last is sent', async () => {
  const client = await startClient({ files: {}, capabilities: PUSHED });
  await client.open(MANIFEST, '{ "dependencies": {  } }');
  await client.until(() => client.published.length === 1);
  const typed = '"lodahs": "^4.0.0"';
  let at = client.textOf(MANIFEST).indexOf('{  }') + 2;
  const sent = [...typed].map((character) => client.edit(MANIFEST, at, at++, character));
  await Promise.all(sent);
  await client.until(() => client.published.at(-1)!.version === 1 + typed.length);
  const typo = client.published.at(-1)!.diagnostics.find(({ code }) => code === 'typosquat-name');
  assert.equal(client.slice(MANIFEST, typo!.range), '"lodahs"');
  assert.ok(client.published.length < typed.length / 2, `${client.published.length} sets were sent`);
  await client.close();
});
