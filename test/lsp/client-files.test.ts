import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CHECK_EDIT_REQUEST,
  type ClientFile,
  type ClientItem,
  type FileParams,
  LIST_FOLDER_REQUEST,
  READ_FILE_REQUEST,
  SERVER_COMMANDS,
  type StatusParams,
} from '../../server/src/lsp/messages.ts';
import { type ClientOptions, startClient, type TestClient } from './test-client.ts';

const FOLDER = 'vscode-vfs://host/repository';
const MANIFEST = '{ "private": true, "dependencies": { "lodahs": "^4.0.0" } }';

const file = (name: string): ClientItem => ({ name, type: 'file', isLink: false });

/** Starts a client that reads the files of a virtual folder, by their names in it. */
async function startVirtual(
  contents: Readonly<Record<string, ClientFile>>,
  items: readonly ClientItem[] = Object.keys(contents).map(file),
  options: Partial<ClientOptions> = {},
): Promise<TestClient> {
  return startClient({
    files: {},
    folders: [FOLDER],
    initializationOptions: { files: 'virtual', status: true },
    ...options,
    prepare(connection) {
      connection.onRequest<ClientFile, never>(
        READ_FILE_REQUEST,
        ({ uri }: FileParams): ClientFile => contents[uri.slice(FOLDER.length + 1)] ?? { type: 'missing' },
      );
      connection.onRequest(LIST_FOLDER_REQUEST, ({ uri }: FileParams) => (uri === FOLDER ? items : null));
      connection.onRequest(CHECK_EDIT_REQUEST, () => null);
    },
  });
}

const text = (content: string): ClientFile => ({ type: 'text', text: content });

test('files of a virtual workspace are read and listed by the client', async () => {
  const lockfile = '{ "lockfileVersion": 3, "packages": { "": {} } }';
  const client = await startVirtual({ 'package.json': text(MANIFEST), 'package-lock.json': text(lockfile) });
  const uri = `${FOLDER}/package.json`;
  await client.open(uri, MANIFEST);
  const { items = [] } = await client.pull(uri);
  assert.ok(items.some(({ code }) => code === 'typosquat-name'));
  assert.ok(!items.some(({ code }) => code === 'lockfile-missing'));
  await client.until(() => client.statuses.length > 0);
  const { gaps, steps } = client.statuses.at(-1) as StatusParams;
  assert.ok(
    gaps.some((gap) => /changes since the last commit, and unused dependencies/.test(gap)),
    `${gaps}`,
  );
  assert.ok(!steps.includes('asDescribed'));
  await client.close();
});

test('a lockfile that is a link is reported as not read, and not as missing', async () => {
  const items = [file('package.json'), { name: 'package-lock.json', type: 'file', isLink: true } as const];
  const reason = 'is a symbolic link, which is not followed here';
  const client = await startVirtual(
    { 'package.json': text(MANIFEST), 'package-lock.json': { type: 'refused', reason } },
    items,
  );
  const uri = `${FOLDER}/package.json`;
  await client.open(uri, MANIFEST);
  const { items: found = [] } = await client.pull(uri);
  assert.ok(!found.some(({ code }) => code === 'lockfile-missing'));
  await client.until(() => client.statuses.length > 0);
  const { gaps } = client.statuses.at(-1) as StatusParams;
  assert.ok(
    gaps.some((gap) => gap.includes(`package-lock.json could not be read: it ${reason}`)),
    `${gaps}`,
  );
  await client.close();
});

test('an edit of a file that the client cannot write is not offered to it', async () => {
  const npmrc = 'registry=https://npm.example.test/\n';
  const client = await startVirtual({ 'package.json': text(MANIFEST), '.npmrc': text(npmrc) });
  client.connection.onRequest(CHECK_EDIT_REQUEST, () => 'cannot be written');
  const uri = `${FOLDER}/package.json`;
  await client.open(uri, MANIFEST);
  await client.pull(uri);
  const result = await client.connection.sendRequest('workspace/executeCommand', {
    command: SERVER_COMMANDS.writeScopeRegistry,
    arguments: [{ uri, scope: '@acme', registry: 'https://npm.acme.example.test/' }],
  });
  assert.match(JSON.stringify(result), /cannot be written/);
  await client.close();
});

test('a client that reads no files is asked for none', async () => {
  const client = await startVirtual({ 'package.json': text(MANIFEST) }, undefined, {
    initializationOptions: { status: true },
    files: { [`${FOLDER}/package.json`]: MANIFEST },
    sent: (message) => assert.doesNotMatch(JSON.stringify(message), /readFile|listFolder/),
  });
  const uri = `${FOLDER}/package.json`;
  await client.open(uri);
  const { items = [] } = await client.pull(uri);
  assert.ok(items.some(({ code }) => code === 'lockfile-missing'));
  await client.close();
});
