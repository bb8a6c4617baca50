import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SourcesPort } from '../../server/src/engine/ports.ts';
import { NODE_TIMERS } from '../../server/src/node/node-timers.ts';
import { PUSHED } from './capabilities.ts';
import { FOLDER, startClient } from './test-client.ts';

const MANIFEST = `${FOLDER}/package.json`;
const RECORD = `${FOLDER}/node_modules/.package-lock.json`;
const packages = (version: string) => ({
  '': { name: 'shop', dependencies: { left: '^1.0.0' } },
  'node_modules/left': { version },
});
const lockfile = (version: string) =>
  JSON.stringify({ name: 'shop', lockfileVersion: 3, packages: packages(version) });
const FILES = {
  'package.json': '{ "name": "shop", "private": true, "dependencies": { "left": "^1.0.0" } }',
  'package-lock.json': lockfile('1.0.1'),
  'node_modules/.package-lock.json': lockfile('1.0.0'),
};

test('an idle editor shows one finding for an outdated install, until something is installed', async () => {
  const timers = {
    nextTurn: NODE_TIMERS.nextTurn,
    after: (milliseconds: number, callback: () => void) =>
      NODE_TIMERS.after(milliseconds >= 4000 ? 20 : milliseconds, callback),
  };
  const sources: SourcesPort = { read: () => ({ type: 'missing' }), pause: () => undefined };
  const client = await startClient({ files: FILES, capabilities: PUSHED, timers, ports: { sources } });
  const shown = () =>
    client.published
      .at(-1)
      ?.diagnostics.filter(({ code }) => code === 'installed-mismatch')
      .map(({ message, severity, range }) => [message, severity, client.slice(MANIFEST, range)]);
  await client.open(MANIFEST);
  await client.until(() => shown()?.length === 1);
  assert.deepEqual(shown(), [
    [
      'node_modules differs from package-lock.json: 1 other version (left 1.0.0). Run "npm ci".',
      3,
      '"dependencies"',
    ],
  ]);

  client.disk.set(RECORD, lockfile('1.0.1'));
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: RECORD, type: 2 }],
  });
  await client.until(() => shown()?.length === 0);
  await client.close();
});
