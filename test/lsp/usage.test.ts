import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SourcesPort } from '../../server/src/engine/ports.ts';
import { NODE_TIMERS } from '../../server/src/node/node-timers.ts';
import { PUSHED } from './capabilities.ts';
import { FOLDER, startClient } from './test-client.ts';

const MANIFEST = `${FOLDER}/package.json`;
const FILES = {
  'package.json': '{ "private": true, "dependencies": { "left-pad": "^1.3.0", "react": "^19.0.0" } }',
  'index.js': 'import "react";\n',
};

/** Waits of the idle editor take no time, and are counted. */
function quickTimers() {
  let waits = 0;
  return {
    get waits() {
      return waits;
    },
    nextTurn: NODE_TIMERS.nextTurn,
    after(milliseconds: number, callback: () => void) {
      if (milliseconds >= 4000) waits++;
      return NODE_TIMERS.after(milliseconds >= 4000 ? 20 : milliseconds, callback);
    },
  };
}

test('an idle editor shows unused dependencies, and searches again when sources change', async () => {
  let reads = 0;
  const sources: SourcesPort = {
    read(uri) {
      reads++;
      const text = client.disk.get(uri);
      return text === undefined ? { type: 'missing' } : { type: 'text', text };
    },
    pause: () => undefined,
  };
  const client = await startClient({
    files: FILES,
    capabilities: PUSHED,
    settings: { preset: 'all' },
    ports: { sources },
    timers: quickTimers(),
  });
  const unused = () =>
    client.published
      .at(-1)
      ?.diagnostics.filter(({ code }) => code === 'unused-dependency')
      .map(({ range }) => client.slice(MANIFEST, range));
  await client.open(MANIFEST);
  await client.until(() => unused()?.join() === '"left-pad"');
  const before = reads;
  await client.until(() => reads === before);

  client.disk.set(`${FOLDER}/index.js`, 'import "left-pad";\n');
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: `${FOLDER}/index.js`, type: 2 }],
  });
  await client.until(() => unused()?.join() === '"react"');
  await client.close();
});

test('nothing is searched while no rule asks for it', async () => {
  let reads = 0;
  const timers = quickTimers();
  const sources: SourcesPort = {
    read() {
      reads++;
      return { type: 'missing' };
    },
    pause: () => undefined,
  };
  const client = await startClient({ files: FILES, capabilities: PUSHED, ports: { sources }, timers });
  await client.open(MANIFEST);
  await client.until(() => client.published.length === 1);
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.ok(timers.waits > 0);
  assert.equal(reads, 0);
  await client.close();
});

for (const isReadable of [true, false]) {
  test(`sources are ${isReadable ? '' : 'not '}searched where they can${isReadable ? '' : 'not'} be read`, async () => {
    let reads = 0;
    const timers = quickTimers();
    const sources: SourcesPort = {
      reads: () => isReadable,
      read() {
        reads++;
        return { type: 'missing' };
      },
      pause: () => undefined,
    };
    const client = await startClient({
      files: FILES,
      capabilities: PUSHED,
      settings: { preset: 'all' },
      ports: { sources },
      timers,
    });
    await client.open(MANIFEST);
    await client.until(() => client.published.length > 0 && timers.waits > 0);
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(reads > 0, isReadable);
    await client.close();
  });
}
