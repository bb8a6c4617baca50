import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startClient } from './test-client.ts';

const MANIFEST = '{ "name": "a", "private": true, "dependencies": { "lodahs": "1.0.0" } }';
const SHOP = 'file:///code/shop';
const API = 'file:///code/api';

test('each open folder has its own severities of rules', async () => {
  const client = await startClient({
    files: { [`${SHOP}/package.json`]: MANIFEST, [`${API}/package.json`]: MANIFEST },
    folders: [SHOP, API],
    settings: (folder: string | undefined) => ({
      rules:
        folder === SHOP ? { 'typosquat-name': 'hint' } : folder === API ? { 'typosquat-name': 'off' } : {},
    }),
  });
  const severityIn = async (folder: string) => {
    const { items = [] } = await client.pull(`${folder}/package.json`);
    return items.find(({ code }) => code === 'typosquat-name')?.severity;
  };
  await client.open(`${SHOP}/package.json`);
  await client.open(`${API}/package.json`);
  assert.equal(await severityIn(SHOP), 4);
  assert.equal(await severityIn(API), undefined);

  client.settings = () => ({ rules: { 'typosquat-name': 'error' } });
  const before = client.refreshes;
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  await client.until(() => client.refreshes > before);
  await client.eventually(
    () => severityIn(API),
    (severity) => severity === 1,
  );

  client.settings = (folder: string | undefined) => ({
    rules: folder === undefined ? { 'typosquat-name': 'error' } : { 'typosquat-name': 'information' },
  });
  const removed = { removed: [{ uri: SHOP, name: 'shop' }], added: [] };
  await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event: removed });
  await client.until(() => client.refreshes > before + 1);
  await client.eventually(
    () => severityIn(API),
    (severity) => severity === 1,
  );
  await client.close();
});
