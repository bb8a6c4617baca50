import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { StatusParams } from '../../server/src/lsp/messages.ts';
import { commit, type Files, NPM, repository, SHOP, write } from '../cli/changes/changed-code.ts';
import { type BuiltServer, startBuiltServer } from '../registry-servers/support/built-server.ts';
import { makeHome } from '../registry-servers/support/home.ts';

const home = makeHome({ npmrc: '' });

const BASE: Files = {
  ...NPM,
  'package.json': { ...SHOP, scripts: { prepare: 'node tools/setup.js', test: 'a' } },
  'tools/setup.js': "require('./lib')\n",
  'tools/lib.js': 'a\n',
};
const MINE: Files = {
  'package.json': { ...SHOP, scripts: { prepare: 'node tools/setup.js', postinstall: 'mine', test: 'b' } },
  'tools/lib.js': 'b\n',
};

/** Returns the editor's reports about changed code after a while, or as soon as the wanted number is reached. */
async function shown({ client, uri }: BuiltServer, wanted: number): Promise<readonly string[]> {
  const found = async () => {
    const { items: diagnostics = [] } = await client.pull(uri('package.json'));
    return diagnostics
      .filter(({ code }) => code === 'install-code-changed')
      .map(({ message, severity }) => `${severity} ${String(message).split(' since ')[0]}`);
  };
  for (let tries = 0; tries < 100; tries++) {
    if ((await found()).length === wanted) break;
    await setTimeout(100);
  }
  return (await found()).sort();
}

async function opened(folder: string, trusted = true, status = false): Promise<BuiltServer> {
  const server = await startBuiltServer({
    project: folder,
    env: home.env,
    trusted,
    settings: { online: false },
    status,
  });
  await server.client.open(server.uri('package.json'));
  return server;
}

const changed = ({ client, uri }: BuiltServer, path: string) =>
  client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: uri(path), type: 2 }],
  });

const FOUND = ['3 "postinstall" is new', '3 tools/lib.js changed'];

describe('an editor shows changes that are not committed', () => {
  test('when a project is opened, until they are committed', async () => {
    const folder = repository(BASE);
    write(folder, MINE);
    const server = await opened(folder);
    assert.deepEqual(await shown(server, 2), FOUND);
    // A comparison resolves HEAD just before it moves.
    await changed(server, 'package.json');
    await setTimeout(60);
    commit(folder, {});
    await changed(server, '.git/logs/HEAD');
    assert.deepEqual(await shown(server, 0), []);
    await server.stop();
  });

  test('after a file is saved', async () => {
    const folder = repository(BASE);
    const server = await opened(folder);
    await setTimeout(1000);
    assert.deepEqual(await shown(server, 0), []);
    write(folder, { 'tools/lib.js': 'b\n' });
    await changed(server, 'package.json');
    assert.deepEqual(await shown(server, 1), [FOUND[1]]);
    await server.stop();
  });

  test('and says in its status that git could not compare them', async () => {
    const folder = repository(BASE);
    rmSync(join(folder, '.git/HEAD'));
    const server = await opened(folder, true, true);
    const gaps = () => (server.client.statuses.at(-1) as StatusParams | undefined)?.gaps.join('\n') ?? '';
    await server.client.pull(server.uri('package.json'));
    await server.client.until(() => /changes since the last commit: git does not accept its/.test(gaps()));
    await server.stop();
  });

  test('not in a folder that is not trusted', async () => {
    const folder = repository(BASE);
    write(folder, MINE);
    const server = await opened(folder, false);
    await setTimeout(3000);
    assert.deepEqual(await shown(server, 0), []);
    await server.stop();
  });
});
