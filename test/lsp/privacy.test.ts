import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HttpRequest } from '../../server/src/engine/ports.ts';
import { FOLDER, startClient } from './test-client.ts';

const COMMAND = 'dependencyHygiene.server.privacy';
const FILES = {
  'package.json': '{ "name": "shop", "dependencies": { "left-pad": "^1.0.0", "@acme/ui": "1" } }\n',
  'dependency-hygiene.json': '{ "privateScopes": ["@acme"] }\n',
  'docs/package.json': '{ "name": "docs", "dependencies": { "left-pad": "^1.0.0" } }\n',
};

async function privacy(initializationOptions: object, settings: object | null = null) {
  const asked: HttpRequest[] = [];
  const client = await startClient({
    files: FILES,
    settings,
    initializationOptions,
    http: {
      async get(request) {
        asked.push(request);
        return { type: 'failed', detail: 'is not there' };
      },
    },
  });
  const text: string = await client.connection.sendRequest('workspace/executeCommand', { command: COMMAND });
  await client.close();
  return { text, asked };
}

test('the command tells what may be sent to whom from every opened folder, and sends nothing', async () => {
  const { text, asked } = await privacy({ trusted: true });
  assert.match(text, /^workspace \(npm\)\n\n {2}Sent to registry\.public\.example\.test, the public npm/);
  assert.match(text, /1 name from your files: left-pad\n/);
  assert.match(text, /@acme\/ui \(dependency-hygiene\.json line 1\)/);
  assert.match(text, /^docs \(npm\)$/m);
  assert.match(text, /Sent to api\.public\.example\.test, which counts downloads: 1 name/);
  assert.deepEqual(asked, []);
});

test('in a folder that is not trusted, or offline, it says that nothing is sent', async () => {
  const untrusted = await privacy({ trusted: false });
  assert.match(
    untrusted.text,
    /No name is sent to anybody\.\n\n {2}Never sent\n {4}this folder is not trusted:/,
  );
  const offline = await privacy({ trusted: true }, { online: false });
  assert.match(offline.text, /No name is sent to anybody\.\n\n {2}Never sent\n {4}offline:/);
});

test('the command leaves projects that were never opened unchecked', async () => {
  const asked: string[] = [];
  const client = await startClient({
    files: {
      'shop/package.json': '{ "name": "shop", "dependencies": { "left-pad": "^1.0.0" } }\n',
      'docs/package.json': '{ "name": "docs", "dependencies": { "lodahs": "*", "right-pad": "^1.0.0" } }\n',
    },
    initializationOptions: { trusted: true, status: true },
    http: {
      async get({ url }) {
        asked.push(url);
        return { type: 'failed', detail: 'is not there' };
      },
    },
  });
  const manifest = `${FOLDER}/shop/package.json`;
  await client.open(manifest);
  await client.pull(manifest);
  const workspace = async () => {
    const { items } = await client.connection.sendRequest<{ items: { uri: string }[] }>(
      'workspace/diagnostic',
      { previousResultIds: [] },
    );
    return items.map(({ uri }) => uri);
  };
  await client.until(() => asked.length > 0);
  const before = await workspace();
  const text: string = await client.connection.sendRequest('workspace/executeCommand', { command: COMMAND });
  assert.match(text, /right-pad/);
  assert.deepEqual(await workspace(), before);
  await client.pull(manifest);
  assert.deepEqual(
    asked.filter((url) => !url.includes('left-pad')),
    [],
    'no name of a project that is not open was sent',
  );
  const statuses = client.statuses as readonly { readonly projects: number }[];
  assert.equal(statuses.at(-1)?.projects, 1);
  await client.close();
});

test('as Markdown it says the same, and shows names as they are', async () => {
  const client = await startClient({
    files: {
      ...FILES,
      'package.json': '{ "name": "shop", "dependencies": { "a_b*c": "1", "@acme/ui": "1" } }\n',
    },
    initializationOptions: { trusted: true },
  });
  const text: string = await client.connection.sendRequest('workspace/executeCommand', {
    command: COMMAND,
    arguments: [{ format: 'markdown' }],
  });
  await client.close();
  assert.match(text, /^## workspace \(npm\)\n\n### Sent to registry\.public\.example\.test, the public npm/);
  assert.match(text, /^- 1 name from your files: left-pad$/m);
  assert.match(text, /^### Never sent\n\n- .+\n {2}- \\@acme\/ui \(dependency-hygiene\.json line 1\)$/m);
  assert.match(text, /a\\_b\\\*c/);
  assert.match(text, /\n\nThis list was made without a request\./);
});
